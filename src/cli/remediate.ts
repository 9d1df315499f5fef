import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { STRATEGIES, type StrategyId } from '../model/remedy.ts'
import { Trouble } from '../model/trouble.ts'
import type { Pack } from '../remediation.ts'
import { count } from '../report/words.ts'
import { absent, fixing } from './fixing.ts'
import { interruptible } from './interrupt.ts'
import { complain, type ExitCode, type Io } from './io.ts'
import { progress } from './progress.ts'
import { type ReachOptions, reaching, withReach } from './reach.ts'
import { readResult } from './saved.ts'
import type { Verb } from './verb.ts'
import { version } from './version.ts'

interface Options extends ReachOptions {
  readonly output?: string
  readonly finding?: readonly string[]
  readonly strategy?: StrategyId | 'server'
  readonly prefer?: readonly string[]
  readonly templates?: string
  readonly configs?: string
  readonly inventory?: string
}

/** `remediate`: a saved result becomes files to enter on the routers. */
export const remediateVerb: Verb = (program: Command, io: Io, done) => {
  withReach(program.command('remediate'))
    .argument('<result.json>', 'a result that `audit --format json=FILE` wrote')
    .description('make a change pack of the duplicates of a result: files per device, the way back, a plan')
    .option('-o, --output <folder>', 'the pack: a new or empty folder, or a pack to replace')
    .option('--finding <fingerprint...>', 'only these duplicates')
    .addOption(
      new Option('--strategy <name>', 'which way comes first; server: leave the network alone, change the boot server').choices([
        ...STRATEGIES,
        'server',
      ]),
    )
    .option('--prefer <device...>', 'routers that shall go on relaying; settles what a person must choose')
    .option('--templates <folder>', 'templates of your own for fixes: <platform>/<action>.hbs; they are proven like ours')
    .option('--configs <folder>', 'where the configurations are now; they must be those that were audited')
    .option('-i, --inventory <file>', 'how to reach devices that were read over SSH: they are read again')
    .addHelpText(
      'after',
      `
Exit codes: 0 every duplicate has its files, 2 wrong usage, 3 something was
refused or withheld, or is left for a person to choose.

Examples:
  iphelper-audit audit --configs configs/ --pxe 10.9.9.5 -f json=result.json
  iphelper-audit remediate result.json -o pack/
  iphelper-audit remediate result.json -o pack/ --prefer ams-dist-1`,
    )
    .action(async (file: string, options: Options) => done(await make(file, options, io)))
}

async function make(file: string, { output, strategy, prefer = [], templates, ...options }: Options, io: Io): Promise<ExitCode> {
  if (output === undefined) throw new Trouble('usage', 'where to? Name a folder for the pack: -o pack/')
  const result = await readResult(file)
  const { checkFolder, writePack } = await import('./pack-folder.ts')
  checkFolder(output)
  const strangers = absent(
    { prefer },
    result.devices.map(d => d.name),
  )
  if (strangers.length > 0)
    throw new Trouble('usage', `--prefer ${strangers.join(' ')}: the result has no device of that name; check the spelling`)
  const bar = progress(io, 'reading')
  const interrupt = interruptible('interrupted; nothing was written', () => bar.say('interrupted; nothing is written'))
  try {
    const { remediate } = await import('../remediation.ts')
    const made = await remediate({
      ...reaching(options, io, bar, interrupt.signal),
      ...fixing({ strategy: strategy === 'server' ? undefined : strategy, prefer, templates }),
      result,
      resultFile: file,
      resultHash: createHash('sha256').update(readFileSync(file)).digest('hex'),
      findings: options.finding ?? [],
      serverOnly: strategy === 'server',
      configs: options.configs,
      inventory: options.inventory,
      version: version(),
      now: new Date(),
      warn: bar.say,
    })
    bar.end()
    if (!made) {
      io.out(`${file} has no duplicate to fix; nothing was written.\n`)
      return 0
    }
    if (interrupt.signal.aborted) throw new Trouble('usage', 'interrupted; nothing was written')
    writePack(output, made.files)
    return tell(made.pack, output, io)
  } finally {
    bar.end()
    interrupt.end()
  }
}

/** What is in the pack, and on standard error what is not. */
function tell({ outcomes, change, strategy }: Pack, output: string, io: Io): ExitCode {
  const open = outcomes.filter(o => ['choice', 'withheld', 'refused'].includes(o.state))
  for (const { about, reason } of open)
    complain(io, `${about.segment.subnets.join(' ') || about.segment.id} (${about.point}, ${about.fingerprint}): ${reason}`)
  const devices = new Set(change.fixes.flatMap(f => [...f.candidate.changes.keys()]))
  const fixed = outcomes.filter(o => o.state === (strategy === 'server' ? 'server' : 'change')).length
  const what = strategy === 'server' ? 'the boot server' : count(devices.size, 'device')
  io.out(
    `Wrote ${output}: changes to ${what} for ${fixed} of ${count(outcomes.length, 'duplicate')}. Read PLAN.md there first.\n`,
  )
  return open.length > 0 ? 3 : 0
}
