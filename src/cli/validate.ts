import { type Command, Option } from 'commander'
import type { PxePoint } from '../model/inventory.ts'
import type { Severity } from '../model/result.ts'
import type { Tolerance } from '../model/tolerance.ts'
import { Trouble } from '../model/trouble.ts'
import type { Validation } from '../model/validation.ts'
import { AUDIT_FORMATS, changeFormats } from '../report/validation/formats.ts'
import type { ValidateOptions } from '../validation.ts'
import { type ChangeReportOptions, writeChangeReports } from './change-report.ts'
import { exitZeroOption, failOnOption, maxUnknownOption } from './fail.ts'
import { complain, type ExitCode, type Io } from './io.ts'
import { pointOption } from './points.ts'
import { offering } from './shape.ts'
import { junitUnknownOption, namesText, targetOption } from './target.ts'
import type { Verb } from './verb.ts'
import { version } from './version.ts'

interface Options extends ChangeReportOptions {
  readonly current?: string
  readonly proposed?: string
  readonly change?: ValidateOptions['changes']
  readonly removed?: readonly string[]
  readonly inventory?: string
  readonly pxe?: readonly PxePoint[]
  readonly changedOnly?: true
  /** False for `--no-waivers`. */
  readonly waivers?: string | false
  readonly baseline?: string
  readonly failOn: Severity | 'none'
  readonly maxUnknown?: Tolerance
  readonly exitZero?: true
}

const FORMATS = `${namesText(changeFormats)}; text when nothing is said; repeatable, with a file each but for one`
const formatOption = targetOption(Object.keys(changeFormats), AUDIT_FORMATS)

/** `DEVICE=FILE`, one after the other. */
function changeOption(value: string, before: ValidateOptions['changes'] = []): ValidateOptions['changes'] {
  const equals = value.indexOf('=')
  if (equals < 1 || equals === value.length - 1)
    throw new Trouble('usage', `--change ${value}: write DEVICE=FILE, the name of a device and a file with the lines for it`)
  return [...before, { device: value.slice(0, equals), file: value.slice(equals + 1) }]
}

/** `validate`: a change before it is made. */
export const validateVerb: Verb = (program: Command, io: Io, done) => {
  program
    .command('validate')
    .description('judge a change before it is made: what it introduces, fixes and leaves')
    .option('--current <where>', 'the network as it is: a folder, or a git revision (main, main:configs)')
    .option('--proposed <where>', 'the network as it would be: the same')
    .option('--change <device=file>', 'lines that would be typed on a device; repeatable, in order', changeOption)
    .option('--removed <device...>', 'devices that the change takes out of service: that they are missing is no loss')
    .option('-i, --inventory <file>', 'devices, sites and PXE points; see inventory.example.yaml')
    .option('--pxe <address...>', 'PXE server: ADDRESS, or NAME=ADDRESS,ADDRESS for one server with several', pointOption)
    .option('--changed-only', 'tell just of the segments that the change touches; all their routers are read')
    .option('--waivers <file>', 'accepted findings, besides those under waivers: in the inventory')
    .option('--no-waivers', 'accept nothing that a waiver names')
    .option('--baseline <file>', 'accept the findings that baseline write put into this file')
    .addOption(
      offering(new Option('-f, --format <name[=file]>', FORMATS).argParser(formatOption), () => Object.keys(changeFormats)),
    )
    .addOption(junitUnknownOption())
    .addOption(failOnOption('error', 'introduced findings from which the exit code is 1'))
    .addOption(
      maxUnknownOption(
        'how many unknown verdicts the change may touch before the exit code is 3, if none of them was known before (default: 0)',
      ),
    )
    .addOption(exitZeroOption())
    .option('--all', 'also show what is one too many of its kind, and all evidence')
    .option('--show-waived', 'also show accepted findings, with the reason')
    .addHelpText(
      'after',
      `
Exit codes:
  0  nothing introduced   1  something introduced   2  wrong usage
  3  the change could not be judged whole           4  internal error

Examples:
  iphelper-audit validate --current main --proposed configs/ --pxe 10.9.9.5
  iphelper-audit validate --current configs/ --change core1=new.txt -i inv.yaml
  iphelper-audit validate --current main:configs --proposed HEAD:configs \\
    -i inventory.yaml --changed-only --format markdown=comment.md
  iphelper-audit validate --current origin/main:configs --proposed configs \\
    -i inventory.yaml -f github -f sarif=change.sarif -f junit=change.xml
  iphelper-audit validate --current main --proposed configs -i inventory.yaml \\
    --format json=change.json --max-unknown 2`,
    )
    .action(async (options: Options) => {
      const validation = await perform(options, io)
      await writeChangeReports(validation, options, io, options.exitZero === true)
      done(options.exitZero ? 0 : (validation.exit_code as ExitCode))
    })
}

/** Loads what is heavy only where it is wanted: most changes are two configurations, judged before a push. */
async function perform(options: Options, io: Io): Promise<Validation> {
  const {
    current,
    proposed,
    change,
    inventory: file,
    pxe,
    waivers,
    baseline,
    failOn,
    changedOnly,
    removed = [],
    maxUnknown,
  } = options
  if (current === undefined)
    throw new Trouble('usage', 'what is the network as it is? Name a folder or a git revision: --current configs/')
  if (proposed !== undefined && change)
    throw new Trouble('usage', '--proposed and --change are two ways to say what is proposed; use one of them')
  if (proposed === undefined && !change)
    throw new Trouble(
      'usage',
      'what is proposed? Name whole configurations (--proposed FOLDER), or lines for a device (--change DEVICE=FILE)',
    )
  if (change && removed.length > 0)
    throw new Trouble('usage', '--removed goes with --proposed; a change to a device does not take it away')
  if (file !== undefined && pxe)
    throw new Trouble('usage', '--pxe goes without -i; the inventory names its PXE points itself under pxe_points:')
  if (file === undefined && !pxe)
    throw new Trouble(
      'usage',
      'which PXE server? Name an inventory (-i inventory.yaml), or every address that answers boot requests (--pxe ADDRESS)',
    )
  const { ruleIds, validate } = await import('../validation.ts')
  const started = new Date()
  const warn = (sentence: string) => complain(io, sentence)
  const checks = { rules: ruleIds, ...(waivers === false ? {} : { now: started }), warn }
  const inventory =
    file === undefined ? null : (await (await import('../inventory-file.ts')).readInventory(file, checks)).inventory
  return validate({
    current,
    proposed: proposed ?? null,
    changes: change ?? [],
    removed,
    inventory,
    points: pxe ?? [],
    changedOnly: changedOnly === true,
    failOn,
    maxUnknown: maxUnknown ?? null,
    waivers:
      typeof waivers === 'string'
        ? (await import('../inventory/waivers.ts')).loadWaivers(waivers, checks)
        : waivers === false
          ? false
          : [],
    baseline: baseline === undefined ? null : (await import('../inventory/baseline.ts')).readBaseline(baseline),
    cwd: process.cwd(),
    started,
    version: version(),
    ...(io.timings && { timings: io.timings }),
    warn,
  })
}
