import { type Command, Option } from 'commander'
import { platformIdOf } from '../inventory/platform-names.ts'
import { Trouble } from '../model/trouble.ts'
import { describeDevice } from '../report/facts.ts'
import { withExamples } from './examples.ts'
import type { Io } from './io.ts'
import { offering } from './shape.ts'
import type { Verb } from './verb.ts'

/** `facts`: what the parser makes of one configuration. */
export const factsVerb: Verb = (program: Command, io: Io, done) => {
  withExamples(program.command('facts'), 'facts core1.cfg', 'facts core1.cfg --platform cisco-ios --format json')
    .argument('<file>', 'a configuration')
    .description('print what one configuration says about gateways and relays')
    .addOption(
      offering(new Option('--platform <id>', 'the platform, where the text does not give it away').default('auto'), async () => [
        'auto',
        ...(await import('../platforms.ts')).platforms.map(p => p.id),
      ]),
    )
    .addOption(new Option('-f, --format <name>', 'how to print it').choices(['text', 'json']).default('text'))
    .action(async (file: string, { platform, format }: { platform: string; format: 'text' | 'json' }) => {
      const { platforms, readFacts } = await import('../reading.ts')
      const id = platformIdOf(platform) ?? platform
      if (id !== 'auto' && !platforms.some(p => p.id === id))
        throw new Trouble('usage', `there is no platform "${platform}"; valid are auto, ${platforms.map(p => p.id).join(', ')}`)
      const device = readFacts(file, id)
      io.out(format === 'json' ? `${JSON.stringify(device, null, 2)}\n` : describeDevice(device))
      done(0)
    })
}
