import { type Command, Option } from 'commander'
import type { Watched } from '../asking.ts'
import { choose, type Limit } from '../inventory/limit.ts'
import type { Inventory, InventoryDevice } from '../model/inventory.ts'
import { Trouble } from '../model/trouble.ts'
import type { Reaching } from '../reaching.ts'
import { failureLines } from '../report/failures.ts'
import { loginLines, probeLines } from '../report/reach.ts'
import { withExamples } from './examples.ts'
import { interruptible } from './interrupt.ts'
import { type Io, textContext } from './io.ts'
import { limitOption } from './limit.ts'
import { progress } from './progress.ts'
import { type ReachOptions, reaching, withConcurrency, withReach } from './reach.ts'
import type { Verb } from './verb.ts'

interface Options extends ReachOptions {
  readonly inventory?: string
  readonly limit?: Limit
  readonly format: 'text' | 'json'
}

const withDevices = (command: Command): Command =>
  command
    .option('-i, --inventory <file>', 'devices; see inventory.example.yaml')
    .addOption(limitOption())
    .addOption(new Option('-f, --format <name>', 'how to print it').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExit codes: 0 all well, 2 wrong usage or inventory, 3 some devices failed.')

/** `probe`: what devices offer before anybody logs in. */
export const probeVerb: Verb = (program: Command, io: Io, done) => {
  withExamples(
    withDevices(withConcurrency(program.command('probe'))),
    'probe -i inventory.yaml',
    'probe -i inventory.yaml --limit site=ams',
  )
    .description('ask devices for host keys and algorithms; none is logged in to, but for jump hosts on the way')
    .action(async (options: Options) => {
      const probed = await asking(options, io, library => library.probeDevices)
      const failed = probed.flatMap(({ device, failure, distrust }) => {
        const wrong = failure ?? (distrust?.kind === 'host-key-changed' ? distrust : null)
        return wrong ? [failedOf(device, wrong)] : []
      })
      if (options.format === 'json') io.out(`${JSON.stringify(probed, null, 2)}\n`)
      else io.out(`${[...probeLines(probed, textContext(io, false)), ...table(failed, io)].join('\n')}\n`)
      done(failed.length > 0 ? 3 : 0)
    })
}

/** `login`: whether devices take the credentials. */
export const loginVerb: Verb = (program: Command, io: Io, done) => {
  withExamples(
    withDevices(withReach(program.command('login'))),
    'login -i inventory.yaml',
    'login -i inventory.yaml --format json',
  )
    .description('log in to devices and out again, to check credentials; no command is sent, nor the password for enable')
    .action(async (options: Options) => {
      const tried = await asking(options, io, library => library.logIn)
      const failed = tried.flatMap(({ device, failure }) => (failure ? [failedOf(device, failure)] : []))
      if (options.format === 'json') io.out(`${JSON.stringify(tried, null, 2)}\n`)
      else io.out(`${[...loginLines(tried, textContext(io, false)), ...table(failed, io)].join('\n')}\n`)
      done(failed.length > 0 ? 3 : 0)
    })
}

type Ask<T> = (inventory: Inventory, devices: readonly InventoryDevice[], how: Reaching & Watched<T>) => Promise<T[]>

/** Asks the devices that the options name, with a bar meanwhile; Ctrl-C ends it with what there is. */
async function asking<T extends { readonly failure: unknown }>(
  options: Options,
  io: Io,
  way: (library: typeof import('../asking.ts')) => Ask<T>,
): Promise<T[]> {
  if (!options.inventory) throw new Trouble('usage', 'which devices? Name an inventory: -i inventory.yaml')
  const bar = progress(io, 'asking')
  const { readInventory } = await import('../inventory-file.ts')
  const { inventory } = await readInventory(options.inventory, { warn: bar.say })
  const { taken } = choose(inventory.devices, options.limit, bar.say)
  if (taken.length === 0)
    throw new Trouble('inventory', `${options.inventory} names no device that is in use: there is nobody to ask`)
  const files = taken.filter(d => 'file' in d.from).length
  if (files === taken.length) throw new Trouble('usage', 'no device is left to ask: all of them are read from files')
  if (files > 0) bar.say(`${files} of ${taken.length} devices are read from files, and not asked`)
  const interrupt = interruptible('interrupted; run it again', () => bar.say('interrupted'))
  try {
    const ask = way(await import('../asking.ts'))
    return await ask(inventory, taken, {
      ...reaching(options, io, bar, interrupt.signal),
      ...(io.live ? { onStart: bar.start, onDone: (done: T) => bar.step(done.failure !== null) } : {}),
    })
  } finally {
    bar.end()
    interrupt.end()
  }
}

const failedOf = (device: string, { failed, kind }: { readonly failed: string; readonly kind: string }) => ({
  device,
  reason: failed,
  kind,
  kept: null,
})

const table = (failed: Parameters<typeof failureLines>[0], io: Io) =>
  failed.length === 0 ? [] : ['', ...failureLines(failed, textContext(io, false))]
