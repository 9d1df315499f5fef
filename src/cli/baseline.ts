import { existsSync } from 'node:fs'
import { Argument, type Command } from 'commander'
import type { Result, Severity } from '../model/result.ts'
import type { Tolerance } from '../model/tolerance.ts'
import { Trouble } from '../model/trouble.ts'
import { comparisonText, gaps } from '../report/baseline.ts'
import { type InputOptions, perform, withInput } from './audit.ts'
import { withExamples } from './examples.ts'
import { failOnOption, maxUnknownOption, sayTolerated } from './fail.ts'
import { complain, type ExitCode, type Io, textContext } from './io.ts'
import { readResult } from './saved.ts'
import type { Verb } from './verb.ts'
import { writeWhole } from './write.ts'

interface Options extends InputOptions {
  readonly result?: string
  readonly baseline: string
  readonly allowStale?: true
  readonly failOn: Severity | 'none'
  readonly maxUnknown?: Tolerance
}

/** `baseline`: accepts what stands today, so that only what is new fails from tomorrow on. */
export const baselineVerb: Verb = (program: Command, io: Io, done) => {
  const command = program
    .command('baseline')
    .description('accept the findings of today, and tell those of tomorrow from them')
    .addArgument(
      new Argument(
        '<action>',
        'write: put all findings into the file; check: exit 1 for those that are not in it; prune: drop entries whose finding is gone',
      ).choices(['write', 'check', 'prune']),
    )
  withInput(command)
    .option('--result <file>', 'take the findings from a result that audit --format json=FILE wrote')
    .option('--baseline <file>', 'the file', 'baseline.json')
    .option('--allow-stale', 'check: do not fail for entries whose finding is gone')
    .addOption(failOnOption('info', 'check: new findings from which the exit code is 1'))
    .addOption(maxUnknownOption())
    .action(async (action: 'write' | 'check' | 'prune', options: Options) => {
      if (action !== 'check')
        for (const [key, name] of [
          ['allowStale', '--allow-stale'],
          ['failOn', '--fail-on'],
          ['maxUnknown', '--max-unknown'],
        ] as const)
          if (command.getOptionValueSource(key) === 'cli') throw new Trouble('usage', `${name} goes with baseline check only`)
      done(await ACTIONS[action](options, io))
    })
  withExamples(
    command,
    'baseline write -i inventory.yaml',
    'baseline check -i inventory.yaml --fail-on error',
    'baseline prune --result result.json --baseline baseline.json',
  )
}

const ACTIONS: Readonly<Record<'write' | 'check' | 'prune', (options: Options, io: Io) => Promise<ExitCode>>> = {
  async write(options, io) {
    // A file that is no baseline may be anything, and is not written over.
    const { baselineOf, baselineText, readBaseline } = await import('../api.ts')
    if (existsSync(options.baseline)) readBaseline(options.baseline)
    const result = await findings(options, io)
    const baseline = baselineOf(result, new Date())
    writeWhole(options.baseline, baselineText(baseline), 'baseline')
    io.out(`Wrote ${options.baseline}: ${number(baseline.findings.length)}.\n`)
    for (const sentence of gaps(result.summary, result.devices)) complain(io, sentence)
    return 0
  },

  async check(options, io) {
    const { compare, exitCode, readBaseline } = await import('../api.ts')
    const baseline = readBaseline(options.baseline)
    const { summary, devices, ...result } = await findings(options, io)
    const comparison = compare(result, baseline)
    const allowed = options.allowStale === true
    io.out(comparisonText(comparison, { summary, devices }, textContext(io, false), allowed))
    sayTolerated({ summary, devices }, options.maxUnknown, io)
    const code = exitCode(comparison.fresh, summary, devices, options.failOn, options.maxUnknown) as ExitCode
    return comparison.stale.length > 0 && !allowed ? 1 : code
  },

  async prune(options, io) {
    const { baselineText, compare, prune, readBaseline } = await import('../api.ts')
    const baseline = readBaseline(options.baseline)
    const result = await findings(options, io)
    const comparison = compare(result, baseline)
    if (comparison.stale.length > 0) writeWhole(options.baseline, baselineText(prune(baseline, comparison)), 'baseline')
    io.out(
      `Dropped ${number(comparison.stale.length)} from ${options.baseline}; ${number(baseline.findings.length - comparison.stale.length)} left.\n`,
    )
    for (const sentence of gaps(result.summary, result.devices)) complain(io, sentence)
    return 0
  },
}

const number = (n: number): string => `${n} ${n === 1 ? 'finding' : 'findings'}`

/** The audit that is held against the baseline: a new one, or one that was saved. */
async function findings(options: Options, io: Io): Promise<Result> {
  const { result, inventory, configs, pxe, waivers, limit } = options
  if (result === undefined) return perform({ ...options, baseline: undefined, failOn: 'none' }, io)
  if (inventory !== undefined || configs !== undefined || pxe !== undefined || waivers !== undefined || limit)
    throw new Trouble('usage', '--result has its findings and waivers already; name it alone, or audit again without it')
  return readResult(result)
}
