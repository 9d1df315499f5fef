// `--state` and what goes with it: audits that remember, and tell when something has changed.
import { isAbsolute, relative, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { Comparison, Keep, Webhook } from '../history.ts'
import { milliseconds } from '../inventory/max-age.ts'
import type { Listener } from '../model/history.ts'
import type { Result, Severity } from '../model/result.ts'
import { Trouble } from '../model/trouble.ts'
import { prometheus } from '../report/prometheus.ts'
import { complain, type ExitCode, type Io } from './io.ts'
import { writeWhole } from './write.ts'

/** The options of a scheduled audit. */
export interface StateOptions {
  readonly state?: string
  readonly keep?: Keep
  readonly onChange?: string
  readonly webhook?: string
  readonly webhookWithEvidence?: true
  readonly prometheus?: string
  /** The folder of configurations, where they are read from one. */
  readonly configs?: string
}

/** Results that are kept where nothing is said. */
const KEPT: Keep = { results: 30 }
/** Seconds for the command of `--on-change`. */
const COMMAND_TIME = 60

function keepOption(value: string): Keep {
  if (/^[1-9]\d{0,5}$/.test(value)) return { results: Number(value) }
  const age = milliseconds(value)
  if (age === null) throw new Trouble('usage', `--keep ${value} is neither a number nor a duration; write 30, 36h, 90d or 52w`)
  return { milliseconds: age }
}

/** Adds the options of scheduled audits. */
export const withState = (command: Command): Command =>
  command
    .option('--state <folder>', 'remember every run there, and report what is new, standing or resolved')
    .option('--keep <number|duration>', 'how long results stay there: so many, or 36h, 90d, 52w (30)', keepOption)
    .option('--on-change <command>', 'run it in a shell when something has changed, with the result as JSON on its input')
    .option('--webhook <url>', 'post to it when something has changed: an address, env:NAME or file:PATH')
    .option('--webhook-with-evidence', 'let the webhook have lines of configurations, too')
    .addOption(new Option('--prometheus <file>', 'write metrics for the textfile collector (FILE.prom)'))

/** Runs an audit with what goes with it. `report` writes the reports that were asked for. */
export async function scheduled(
  options: StateOptions & { readonly failOn: Severity | 'none'; readonly exitZero?: true },
  io: Io,
  audit: () => Promise<Result>,
  report: (result: Result) => Promise<void>,
): Promise<ExitCode> {
  const hook = await check(options, io)
  const troubles: Trouble[] = []
  const trying = async (act: () => void | Promise<void>) => {
    try {
      await act()
    } catch (error) {
      if (!(error instanceof Trouble)) throw error
      troubles.push(error)
    }
  }
  const metrics = async (result: Result) => {
    const { prometheus: file } = options
    if (file !== undefined) await trying(() => writeWhole(file, prometheus(result, new Date()), 'file of metrics'))
  }
  const end = ({ exit_code }: Result): ExitCode => {
    for (const { message } of troubles) complain(io, message)
    return troubles.length > 0 ? 2 : options.exitZero ? 0 : (exit_code as ExitCode)
  }
  if (options.state === undefined) {
    const result = await audit()
    await trying(() => report(result))
    await metrics(result)
    return end(result)
  }
  const listeners: Listener[] = [
    ...(options.onChange === undefined ? [] : ['command' as const]),
    ...(hook ? ['webhook' as const] : []),
  ]
  const history = await import('../history.ts')
  const run = history.openState(options.state, {
    keep: options.keep ?? KEPT,
    failOn: options.failOn,
    listeners,
    warn: sentence => complain(io, sentence),
  })
  const stop = giveBack(run.release)
  try {
    const audited = await audit()
    const comparison = run.compare(audited, new Date())
    const lost = run.record(comparison)
    if (lost) troubles.push(lost)
    await trying(() => report(comparison.result))
    await metrics(comparison.result)
    for (const listener of comparison.line.tell)
      if (await tell(listener, comparison, options, hook, io)) run.told(listener, comparison.line.run)
    return end(comparison.result)
  } finally {
    stop()
    run.release()
  }
}

/** What can be wrong is said before anything is collected. */
async function check(options: StateOptions, io: Io): Promise<Webhook | null> {
  const { state, keep, onChange, webhook: address, webhookWithEvidence, configs } = options
  const needy = [
    [keep, '--keep'],
    [onChange, '--on-change'],
    [address, '--webhook'],
  ] as const
  for (const [value, name] of needy)
    if (value !== undefined && state === undefined)
      throw new Trouble('usage', `${name} goes with --state FOLDER: it takes the runs before to see what has changed`)
  // What lies there would be read as configurations from the second run on.
  const within = state === undefined || configs === undefined ? '..' : relative(resolve(configs), resolve(state))
  if (!/^\.\.(?![^/\\])/.test(within) && !isAbsolute(within))
    throw new Trouble(
      'usage',
      `--state ${state} lies in the folder of --configs, and would be read with it; name a folder beside it`,
    )
  if (webhookWithEvidence && address === undefined) throw new Trouble('usage', '--webhook-with-evidence goes with --webhook URL')
  if (onChange?.trim() === '') throw new Trouble('usage', '--on-change names no command; write one, or leave it out')
  if (address === undefined) return null
  return (await import('../history.ts')).addressOf(address, io.env)
}

/** Tells a listener; true when it need not be told again. */
async function tell(
  listener: Listener,
  comparison: Comparison,
  options: StateOptions,
  hook: Webhook | null,
  io: Io,
): Promise<boolean> {
  const history = await import('../history.ts')
  const news = history.newsFor(listener, comparison, listener === 'webhook' && options.webhookWithEvidence === true)
  if (listener === 'webhook') {
    if (!hook) return true
    const delivery = await history.post(hook, JSON.stringify(news))
    if (delivery.delivered) return true
    complain(
      io,
      `the webhook at ${hook.shown} ${delivery.why}; ${delivery.again ? 'the next run tells it again' : 'it is not told again: check its address'}`,
    )
    return !delivery.again
  }
  const { counts, exit_code, previous_exit_code, run } = news
  const said = {
    NEW: counts.new,
    RESOLVED: counts.resolved,
    STANDING: counts.standing,
    NOT_JUDGED: counts.not_judged,
    ACCEPTED: counts.accepted,
    EXIT_CODE: exit_code,
    PREVIOUS_EXIT_CODE: previous_exit_code ?? '',
    RUN: run,
    STATE: options.state ?? '',
    CHANGES: news.changes.join('; '),
  }
  const why = await history.runCommand(options.onChange ?? '', {
    env: {
      ...io.env,
      // With IPHELPER_AUDIT_ in front they would set options of runs that the command starts.
      ...Object.fromEntries(Object.entries(said).map(([name, value]) => [`IPHELPER_${name}`, String(value)])),
    },
    input: `${JSON.stringify(comparison.result)}\n`,
    seconds: COMMAND_TIME,
    err: io.err,
  })
  if (why !== null) complain(io, `the command of --on-change ${why}`)
  // It was told, whatever it made of that.
  return true
}

/** A scheduler that ends the run finds the state free; the signal then does what it does. Returns what ends this. */
function giveBack(release: () => void): () => void {
  const stop = (signal: NodeJS.Signals) => {
    release()
    process.kill(process.pid, signal)
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  return () => void process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop)
}
