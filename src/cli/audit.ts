import { type Command, Option } from 'commander'
import { auditFolder, auditInventory } from '../api.ts'
import { milliseconds } from '../inventory/max-age.ts'
import type { MaxAge, PxePoint } from '../model/inventory.ts'
import type { Result, Severity } from '../model/result.ts'
import { Trouble } from '../model/trouble.ts'
import { formatOption, type Target, writeReports } from './format.ts'
import { complain, type ExitCode, type Io } from './io.ts'
import { pointOption } from './points.ts'
import type { Verb } from './verb.ts'
import { templatesFolder, version } from './version.ts'

interface Options {
  readonly inventory?: string
  readonly configs?: string
  readonly pxe?: readonly PxePoint[]
  readonly format?: readonly Target[]
  readonly failOn: Severity | 'none'
  readonly exitZero?: true
  readonly all?: true
  readonly assumePairs?: true
  readonly concurrency: number
  readonly maxAge?: MaxAge
}

const atLeastOne = (value: string): number => {
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new Trouble('usage', `--concurrency ${value} is no number from 1 to 9999`)
  return Number(value)
}

const ageOption = (value: string): MaxAge => {
  const age = milliseconds(value)
  if (age === null) throw new Trouble('usage', `--max-age ${value} is no duration; write 30m, 36h, 7d or 2w`)
  return { milliseconds: age, said: `--max-age is ${value}` }
}

/** `audit`: the main job. */
export const auditVerb: Verb = (program: Command, io: Io, done) => {
  program
    .command('audit')
    .description('collect (or read) configurations, judge every segment, report')
    .option('-i, --inventory <file>', 'devices and PXE points; see inventory.example.yaml')
    .option('--configs <folder>', 'read configurations from a folder instead of collecting them')
    .option('--pxe <address...>', 'PXE server: ADDRESS, or NAME=ADDRESS,ADDRESS for one server with several', pointOption)
    .option('-f, --format <name[=file]>', 'text (default), json or html; repeatable, with a file each but for one', formatOption)
    .addOption(
      new Option('--fail-on <severity>', 'findings from which the exit code is 1')
        .choices(['error', 'warning', 'info', 'none'])
        .default('error'),
    )
    .option('--exit-zero', 'exit 0 whatever was found (the report keeps the real code)')
    .option('--all', 'also show segments that relay nothing, and all evidence')
    .option('--max-age <duration>', 'how old a capture may be: 30m, 36h, 7d, 2w; what is older is not relied upon', ageOption)
    .option('--assume-pairs', 'take two routers on a segment for all there are, even where a device of the site was not read')
    .option('--concurrency <n>', 'SSH sessions at once', atLeastOne, 32)
    .action(async (options: Options) => {
      const result = await perform(options, io)
      for (const device of result.devices) if (device.state === 'failed') complain(io, `${device.name}: ${device.reason}`)
      writeReports(result, options.format ?? [{ format: 'text', path: null }], io, options.all === true)
      done(options.exitZero ? 0 : (result.exit_code as ExitCode))
    })
}

async function perform({ inventory, configs, pxe, failOn, concurrency, assumePairs, maxAge }: Options, io: Io): Promise<Result> {
  const common = {
    templates: templatesFolder(),
    version: version(),
    failOn,
    assume: { pairs: assumePairs === true },
    started: new Date(),
    maxAge: maxAge ?? null,
    warn: (sentence: string) => complain(io, sentence),
  }
  if (inventory !== undefined) {
    if (pxe) throw new Trouble('usage', '--pxe goes with --configs; the inventory names its PXE points itself under pxe_points:')
    return auditInventory(inventory, { ...common, folder: configs, concurrency })
  }
  if (configs === undefined)
    throw new Trouble(
      'usage',
      'nothing to audit; name an inventory (-i inventory.yaml), or a folder and a PXE server (--configs FOLDER --pxe ADDRESS)',
    )
  if (!pxe) throw new Trouble('usage', 'which PXE server? Name every address that answers boot requests: --pxe ADDRESS')
  return auditFolder(configs, pxe, common)
}
