import type { Command } from 'commander'
import { choose, type Limit } from '../inventory/limit.ts'
import { untimed } from '../model/timings.ts'
import { Trouble } from '../model/trouble.ts'
import { accessLines } from '../report/access.ts'
import { failureLines } from '../report/failures.ts'
import { count } from '../report/words.ts'
import { compileSparingly } from './compiling.ts'
import { interruptible } from './interrupt.ts'
import { type Io, textContext } from './io.ts'
import { limitOption } from './limit.ts'
import { duration, progress } from './progress.ts'
import { type ReachOptions, reaching, withReach } from './reach.ts'
import type { Verb } from './verb.ts'
import { version } from './version.ts'

interface Options extends ReachOptions {
  readonly inventory?: string
  readonly output?: string
  readonly limit?: Limit
  readonly resume?: true
  readonly allowSmaller?: true
  readonly record?: string
  readonly explainAccess?: true
}

/** `collect`: configurations into a folder, for audits to come. */
export const collectVerb: Verb = (program: Command, io: Io, done) => {
  withReach(program.command('collect'))
    .description('collect configurations over SSH into a snapshot, without their secrets')
    .option('-i, --inventory <file>', 'devices; see inventory.example.yaml')
    .option('-o, --output <folder>', 'the snapshot: a new folder, or one to bring up to date')
    .addOption(limitOption())
    .option('--resume', 'collect what the last run did not get to, or failed to get')
    .option('--allow-smaller', 'take configurations that are less than half of the last good ones')
    .option('--record <folder>', 'store every session, without secrets, for tests to replay')
    .option('--explain-access', 'list everything that may ever be sent to a device, and stop')
    .addHelpText(
      'after',
      `
Exit codes: 0 all collected, 2 wrong usage or inventory, 3 some devices failed.

Examples:
  iphelper-audit collect -i inventory.yaml -o snapshot/
  iphelper-audit collect -i inventory.yaml -o snapshot/ --resume
  iphelper-audit audit --configs snapshot/ --pxe 10.9.9.5`,
    )
    .action(async (options: Options) => {
      if (options.explainAccess) {
        const { accessPages } = await import('../access-pages.ts')
        io.out(`${accessLines(accessPages(), textContext(io, false).width).join('\n')}\n`)
        return done(0)
      }
      done(await take(options, io))
    })
}

async function take({ inventory: file, output, ...options }: Options, io: Io): Promise<0 | 3> {
  if (!file) throw new Trouble('usage', 'which devices? Name an inventory: -i inventory.yaml')
  if (!output) throw new Trouble('usage', 'where to? Name a folder for the snapshot: -o snapshot/')
  compileSparingly()
  const [{ readInventory }, { collectSnapshot }] = await Promise.all([import('../inventory-file.ts'), import('../collection.ts')])
  const bar = progress(io, 'collecting')
  const { timings = untimed } = io
  const { inventory } = await timings.during('inventory', () => readInventory(file, { warn: bar.say }))
  const devices = choose(inventory.devices, options.limit, bar.say).taken
  if (devices.length === 0) throw new Trouble('inventory', `${file} names no device that is in use: there is nothing to collect`)
  const interrupt = interruptible('interrupted; run it again with --resume', () =>
    bar.say('interrupted; what was collected is kept, and --resume collects the rest'),
  )
  const started = performance.now()
  try {
    const snapshot = {
      ...reaching(options, io, bar, interrupt.signal),
      devices,
      dir: output,
      version: version(),
      resume: options.resume === true,
      allowSmaller: options.allowSmaller === true,
      record: options.record,
      onStart: (total: number) => bar.start(total),
      onDone: ({ failure }: { readonly failure: unknown }) => bar.step(failure !== null),
    }
    const { saved, before, manifest } = await timings.during('collect', () => collectSnapshot(inventory, snapshot))
    bar.end()
    const failed = saved.flatMap(({ device, failure, kept }) =>
      failure ? [{ device, reason: failure.failed, kind: failure.kind, kept: kept?.slice(0, 10) ?? null }] : [],
    )
    const context = textContext(io, false)
    const place = manifest.devices.map(d => d.name)
    const order = new Map(place.map((name, n) => [name, n]))
    failed.sort((a, b) => (order.get(a.device) ?? 0) - (order.get(b.device) ?? 0))
    const took = duration((performance.now() - started) / 1000)
    const resumed = before > 0 ? `; ${before} ${before === 1 ? 'was' : 'were'} there already` : ''
    const lines = failureLines(failed, context)
    if (saved.length === 0) {
      io.out(`Nothing is left to collect: ${before === 1 ? 'the one device is' : `all ${before} devices are`} in ${output}.\n`)
      return 0
    }
    io.out(
      `Collected ${saved.length - failed.length} of ${count(saved.length, 'device')} into ${output} in ${took}${resumed}.\n${lines.length > 0 ? `\n${lines.join('\n')}\n` : ''}`,
    )
    return failed.length > 0 ? 3 : 0
  } finally {
    bar.end()
    interrupt.end()
  }
}
