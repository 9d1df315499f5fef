import type { Command } from 'commander'
import { LEFT_OUT, type Limit } from '../inventory/limit.ts'
import { milliseconds } from '../inventory/max-age.ts'
import type { Collected, MaxAge, PxePoint } from '../model/inventory.ts'
import type { Result, Severity } from '../model/result.ts'
import type { Tolerance } from '../model/tolerance.ts'
import { Trouble } from '../model/trouble.ts'
import { oneLine } from '../report/brevity.ts'
import { withExamples } from './examples.ts'
import { exitZeroOption, failOnOption, maxUnknownOption, sayTolerated } from './fail.ts'
import { absent, type FixOptions, fixing, withFixes } from './fixing.ts'
import { type FormatOptions, withFormats, writeReports } from './format.ts'
import { complain, type Io } from './io.ts'
import { limitOption } from './limit.ts'
import { pointOption } from './points.ts'
import { progress } from './progress.ts'
import { type ReachOptions, reaching, withReach } from './reach.ts'
import { type StateOptions, scheduled, withState } from './state.ts'
import type { Verb } from './verb.ts'
import { version } from './version.ts'

/** Where an audit gets its evidence from, and what is accepted. */
export interface InputOptions extends ReachOptions {
  readonly inventory?: string
  readonly configs?: string
  readonly pxe?: readonly PxePoint[]
  /** False for `--no-waivers`. */
  readonly waivers?: string | false
  readonly assumePairs?: true
  readonly maxAge?: MaxAge
  readonly limit?: Limit
}

interface Options extends InputOptions, FormatOptions, FixOptions, StateOptions {
  readonly failOn: Severity | 'none'
  readonly maxUnknown?: Tolerance
  readonly exitZero?: true
  readonly baseline?: string
}

const ageOption = (value: string): MaxAge => {
  const age = milliseconds(value)
  if (age === null) throw new Trouble('usage', `--max-age ${value} is no duration; write 30m, 36h, 7d or 2w`)
  return { milliseconds: age, said: `--max-age is ${value}` }
}

/** Adds the options that say what to audit. */
export const withInput = (command: Command): Command =>
  withReach(command)
    .option('-i, --inventory <file>', 'devices and PXE points; see inventory.example.yaml')
    .option('--configs <folder>', 'read configurations from a folder instead of collecting them')
    .option('--pxe <address...>', 'PXE server: ADDRESS, or NAME=ADDRESS,ADDRESS for one server with several', pointOption)
    .option('--waivers <file>', 'accepted findings, besides those under waivers: in the inventory')
    .option('--no-waivers', 'accept nothing that a waiver names')
    .option('--assume-pairs', 'take two routers on a segment for all there are, even where a device of the site was not read')
    .option('--max-age <duration>', 'how old a capture may be: 30m, 36h, 7d, 2w; what is older is not relied upon', ageOption)
    .addOption(limitOption())

/** `audit`: the main job. */
export const auditVerb: Verb = (program: Command, io: Io, done) => {
  const command = withState(withFormats(withFixes(withInput(program.command('audit')))))
    .description('collect (or read) configurations, judge every segment, report')
    .option('--baseline <file>', 'accept the findings that baseline write put into this file')
    .addOption(failOnOption('error'))
    .addOption(maxUnknownOption())
    .addOption(exitZeroOption())
    .action(async (options: Options) => {
      const report = (result: Result) => writeReports(result, options, io, options.exitZero === true)
      const judged = async () => {
        const result = await perform(options, io)
        sayTolerated(result, options.maxUnknown, io)
        return result
      }
      done(await scheduled(options, io, judged, report))
    })
  withExamples(
    command,
    'audit --configs configs/ --pxe 10.9.9.5',
    'audit -i inventory.yaml --configs snapshot/ --max-age 7d',
    'audit -i inventory.yaml --format text --format html=report.html',
    'audit -i inventory.yaml --fail-on warning --max-unknown 5%',
    'audit -i inventory.yaml --state history/ --on-change ./tell.sh',
    'audit -i inventory.yaml --prometheus /var/lib/node/pxe.prom',
  )
}

/** What to audit, and how to judge it. */
interface Job extends InputOptions, FixOptions {
  readonly failOn: Severity | 'none'
  readonly maxUnknown?: Tolerance
  readonly baseline?: string | undefined
}

/** Audits what the options name; what could not be read is said on standard error. */
export async function perform(job: Job, io: Io): Promise<Result> {
  const result = await auditInput(job, io)
  const left = result.devices.filter(d => d.reason === LEFT_OUT).length
  if (left > 0)
    complain(
      io,
      `${left} of ${result.devices.length} devices are left out by --limit and count as not read: their sites stay open`,
    )
  for (const { name, state, complete, stale, reason } of result.devices.filter(d => d.reason !== LEFT_OUT))
    if (state === 'failed' || stale || (complete === true && reason !== null)) complain(io, oneLine(`${name}: ${reason}`))
  const strangers = absent(
    job,
    result.devices.map(d => d.name),
  )
  if (strangers.length > 0) complain(io, `--prefer ${strangers.join(' ')}: the audit has no device of that name`)
  return result
}

async function auditInput(
  { inventory, configs, pxe, waivers, baseline, failOn, maxUnknown, assumePairs, maxAge, limit, ...rest }: Job,
  io: Io,
): Promise<Result> {
  // A bar that moves; where nothing moves, an audit is silent until it has something to say.
  const bar = progress(io, 'collecting')
  const warn = (sentence: string) => bar.say(sentence)
  const common = {
    ...fixing(rest),
    version: version(),
    failOn,
    maxUnknown: maxUnknown ?? null,
    ...(io.timings && { timings: io.timings }),
    assume: { pairs: assumePairs === true },
    started: new Date(),
    waivers,
    baseline,
    maxAge: maxAge ?? null,
    warn,
  }
  if (inventory !== undefined) {
    if (pxe) throw new Trouble('usage', '--pxe goes with --configs; the inventory names its PXE points itself under pxe_points:')
    const { auditInventory } = await import('../auditing.ts')
    try {
      return await auditInventory(inventory, {
        ...common,
        ...reaching(rest, io, bar),
        folder: configs,
        limit,
        ...(io.live ? { onStart: bar.start, onDone: (result: Collected) => bar.step(result.state === 'failed') } : {}),
      })
    } finally {
      bar.end()
    }
  }
  if (limit) throw new Trouble('usage', '--limit goes with -i: of a folder alone nothing is known to choose devices by')
  if (configs === undefined)
    throw new Trouble(
      'usage',
      'nothing to audit; name an inventory (-i inventory.yaml), or a folder and a PXE server (--configs FOLDER --pxe ADDRESS)',
    )
  if (!pxe) throw new Trouble('usage', 'which PXE server? Name every address that answers boot requests: --pxe ADDRESS')
  const { auditFolder } = await import('../auditing.ts')
  return auditFolder(configs, pxe, common)
}
