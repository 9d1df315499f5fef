import { type Command, Option } from 'commander'
import { logIn, probeDevices, readInventory } from '../api.ts'
import { choose, type Limit } from '../inventory/limit.ts'
import { Trouble } from '../model/trouble.ts'
import { failureLines } from '../report/failures.ts'
import { loginLines, probeLines } from '../report/reach.ts'
import { type Io, textContext } from './io.ts'
import { limitOption } from './limit.ts'
import { progress } from './progress.ts'
import { type ReachOptions, reaching, withReach } from './reach.ts'
import type { Verb } from './verb.ts'

interface Options extends ReachOptions {
  readonly inventory?: string
  readonly limit?: Limit
  readonly format: 'text' | 'json'
}

const withDevices = (command: Command): Command =>
  withReach(command)
    .option('-i, --inventory <file>', 'devices; see inventory.example.yaml')
    .addOption(limitOption())
    .addOption(new Option('-f, --format <name>', 'how to print it').choices(['text', 'json']).default('text'))

/** `probe`: what devices offer before anybody logs in. */
export const probeVerb: Verb = (program: Command, io: Io, done) => {
  withDevices(program.command('probe'))
    .description('ask devices for their host keys and algorithms; no credential is sent')
    .action(async (options: Options) => {
      const { inventory, devices, how } = await prepare(options, io)
      const probed = await probeDevices(inventory, devices, how)
      const failed = probed.flatMap(({ device, failure }) => (failure ? [failedOf(device, failure)] : []))
      if (options.format === 'json') io.out(`${JSON.stringify(probed, null, 2)}\n`)
      else io.out(`${[...probeLines(probed, textContext(io, false)), ...table(failed, io)].join('\n')}\n`)
      done(failed.length > 0 ? 3 : 0)
    })
}

/** `login`: whether devices take the credentials. */
export const loginVerb: Verb = (program: Command, io: Io, done) => {
  withDevices(program.command('login'))
    .description('log in to devices and out again, to check credentials; no command is sent')
    .action(async (options: Options) => {
      const { inventory, devices, how } = await prepare(options, io)
      const tried = await logIn(inventory, devices, how)
      const failed = tried.flatMap(({ device, failure }) => (failure ? [failedOf(device, failure)] : []))
      if (options.format === 'json') io.out(`${JSON.stringify(tried, null, 2)}\n`)
      else io.out(`${[...loginLines(tried, textContext(io, false)), ...table(failed, io)].join('\n')}\n`)
      done(failed.length > 0 ? 3 : 0)
    })
}

async function prepare(options: Options, io: Io) {
  if (options.inventory === undefined) throw new Trouble('usage', 'which devices? Name an inventory: -i inventory.yaml')
  const { say } = progress(io, 'asking')
  const { inventory } = await readInventory(options.inventory, { warn: say })
  return { inventory, devices: choose(inventory.devices, options.limit).taken, how: reaching(options, io, say) }
}

const failedOf = (device: string, { failed, kind }: { readonly failed: string; readonly kind: string }) => ({
  device,
  reason: failed,
  kind,
  kept: null,
})

const table = (failed: Parameters<typeof failureLines>[0], io: Io) =>
  failed.length === 0 ? [] : ['', ...failureLines(failed, textContext(io, false))]
