// A change before it is made: the network as it is and as it would be, judged, and what differs.
import { accepting } from './accepting.ts'
import { rules } from './analyze/rules/index.ts'
import { touchedBy } from './analyze/touched.ts'
import { type Difference, difference } from './audit/difference.ts'
import { aboutEach } from './audit/findings.ts'
import { type Look, look } from './audit/look.ts'
import { type Part, together } from './audit/read.ts'
import type { Side } from './audit/shown.ts'
import type { Baseline, Waiver } from './model/accepted.ts'
import type { Inventory, PxePoint } from './model/inventory.ts'
import type { Network } from './model/network.ts'
import type { Result, Severity, Summary } from './model/result.ts'
import { type Timings, untimed } from './model/timings.ts'
import { type Tolerance, toleratesOpen } from './model/tolerance.ts'
import type { DeviceChange, DeviceSide, TriedChange, Validation } from './model/validation.ts'
import { readSides, type Sides, type SidesOptions } from './sides.ts'

/** What to validate, and how to judge it. */
export interface ValidateOptions extends Omit<SidesOptions, 'inventory' | 'warn' | 'keep'> {
  /** Devices, PXE points, host names and waivers. Without one, `points` are what the folders are judged for. */
  readonly inventory?: Inventory | null
  readonly points?: readonly PxePoint[]
  /** Findings that stand on both sides are told only where the change touches what they are about. */
  readonly changedOnly: boolean
  /** The least severity of an introduced finding that makes the exit code 1; `none` for never. */
  readonly failOn: Severity | 'none'
  /** How many verdicts may be open on what the change touches, if none of them was known before. */
  readonly maxUnknown?: Tolerance | null
  /** False for none at all; else these, besides those of the inventory. */
  readonly waivers?: readonly Waiver[] | false
  readonly baseline?: Baseline | null
  readonly version: string
  /** Measures the stages. */
  readonly timings?: Timings
  /** Takes what the user should know besides the result. */
  readonly warn?: (sentence: string) => void
}

export { rules } from './analyze/rules/index.ts'

/** The rules there are: waivers name them. */
export const ruleIds: readonly string[] = rules.map(r => r.id)

/** Judges a change. Throws one sentence where it cannot even be read. */
export async function validate(options: ValidateOptions): Promise<Validation> {
  const { inventory = null, warn = () => {}, version, started, failOn, changedOnly, timings = untimed } = options
  const sides = await timings.during('read and parse', () => readSides({ ...options, inventory, keep: !changedOnly, warn }))
  const points = inventory?.points ?? options.points ?? []
  const sideOf = (parts: readonly Part[], name: string, earlier?: Look): Side => {
    const reading = together(parts)
    const hosts = inventory?.hosts
    const seen = look(reading, { points, rules, assume: { pairs: false }, hosts, timings, earlier })
    return { name, reading, results: reading.results, look: seen, waived: [] }
  }
  const was = sideOf(sides.before, sides.names.current)
  const is = sideOf(sides.after, sides.names.proposed, was.look)
  const [before, after] = accepted([was, is], { ...options, inventory, warn })
  const what = timings.during('compare', () => difference(before, after, { ...sides, changedOnly }))
  const devices = deviceChanges(before, after, sides)
  const open = openVerdicts(what, options.maxUnknown ?? null)
  const incomplete = [...sides.untried, ...gaps({ what, open }, devices, sides, after)]
  const rank = { none: -1, error: 0, warning: 1, info: 2 } as const
  const failing = what.findings.introduced.some(f => f.after?.waived === null && rank[f.after.severity] <= rank[failOn])
  return {
    schema_version: 1,
    kind: 'validation',
    tool: { name: 'iphelper-audit', version },
    started_at: started.toISOString(),
    exit_code: failing ? 1 : incomplete.length > 0 ? 3 : 0,
    scope: changedOnly ? 'changed' : 'all',
    points: points.map(({ name, kind, addresses }): Result['points'][number] => ({ name, kind, addresses })),
    current: { from: options.current, summary: summaryOf(before) },
    proposed: { from: options.proposed ?? options.current, summary: summaryOf(after) },
    changes: sides.tried.map(
      ({ device, file, refused }): TriedChange => ({
        device,
        file,
        refused: refused.map(({ line, text }) => ({ line, text })),
        effect: hasEffect(device, before.look.network, after.look.network),
      }),
    ),
    devices,
    segments: what.segments,
    verdicts: what.verdicts,
    findings: what.findings,
    incomplete: open?.tolerated ? [...incomplete, open.text] : incomplete,
  }
}

/** Both sides with what is accepted on them: a waiver that fits on either is in use. */
function accepted(
  [before, after]: readonly [Side, Side],
  { inventory, waivers = [], baseline = null, started, warn = () => {} }: ValidateOptions,
): [Side, Side] {
  const all = waivers === false ? [] : [...(inventory?.waivers ?? []), ...waivers]
  if (all.length === 0 && baseline === null) return [before, after]
  const abouts = [before, after].map(({ look: { remarks, network } }) => aboutEach(remarks, network))
  const reasons = accepting({ waivers: all, baseline, started, warn })(abouts.flat())
  const split = before.look.remarks.length
  return [
    { ...before, waived: reasons.slice(0, split) },
    { ...after, waived: reasons.slice(split) },
  ]
}

/** Verdicts are counted per segment and PXE point, as in an audit. */
function summaryOf({ look: { network, judgements }, results }: Side): Summary {
  const counts = { duplicate: 0, single: 0, none: 0, unknown: 0 }
  for (const { verdict } of judgements) counts[verdict.verdict]++
  const failed = results.filter(r => r.state === 'failed').length
  return { segments: network.segments.length, ...counts, devices: results.length, failed }
}

function hasEffect(device: string, before: Network, after: Network): boolean {
  const { devices, interfaces } = touchedBy(before, after, new Set([device]))
  return devices.size + interfaces.size > 0
}

/** Devices that are not the same on both sides, in the order in which they were read. */
function deviceChanges(before: Side, after: Side, { changed, removed }: Sides): DeviceChange[] {
  const was = new Map(before.results.map(r => [r.name, r]))
  const is = new Map(after.results.map(r => [r.name, r]))
  const side = (r: Result['devices'][number] | undefined): DeviceSide | null =>
    r ? { state: r.state, file: r.file, reason: r.reason, complete: r.complete } : null
  const whole = (s: DeviceSide | null) => s?.state === 'collected' && s.complete !== false
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name): DeviceChange[] => {
    const [old, now] = [side(was.get(name)), side(is.get(name))]
    const site = (is.get(name) ?? was.get(name))?.site ?? ''
    const change =
      removed.has(name) && !now
        ? 'removed'
        : !old
          ? 'appeared'
          : whole(old) && !whole(now)
            ? 'lost'
            : !whole(old) && whole(now)
              ? 'regained'
              : changed.has(name)
                ? 'changed'
                : null
    return change === null ? [] : [{ name, site, change, before: old, after: now }]
  })
}

/** Why a change could not be judged whole, in sentences. */
function* gaps(
  { what, open }: { readonly what: Difference; readonly open: OpenVerdicts | null },
  devices: readonly DeviceChange[],
  { tried }: Sides,
  after: Side,
): Generator<string> {
  for (const { file, refused } of tried)
    for (const { line, text, as } of refused)
      yield `line ${line} of ${file} was not understood${as === null ? '' : `, for it is ${as}`}: ${text}`
  for (const { name, change, after: now } of devices) {
    if (change === 'lost') yield `${name} was read before and cannot be judged by now: ${now?.reason ?? 'it is missing'}`
    if (change === 'appeared' && now?.state === 'failed') yield `${name} is new and could not be read: ${now.reason}`
  }
  if (what.regressed > 0) yield `${verdicts(what.regressed, 'was')} known before and cannot be given now`
  if (open && !open.tolerated) yield open.text
  const lost = what.findings.unjudged.length
  if (lost > 0) yield `${lost} ${lost === 1 ? 'finding is' : 'findings are'} gone and not known to be fixed`
  if (!after.look.judgements.some(j => j.verdict.verdict !== 'unknown'))
    yield 'no verdict at all can be given on the proposed network'
}

/** Verdicts that stay open on what a change touches, as a sentence, and whether they are tolerated. */
interface OpenVerdicts {
  readonly text: string
  readonly tolerated: boolean
}

/** Null where none stays open. What a change takes away from what is known is never tolerated. */
function openVerdicts({ open, near, regressed }: Difference, tolerance: Tolerance | null): OpenVerdicts | null {
  if (open === 0) return null
  const text = `${verdicts(open, 'is')} on segments that the change touches and cannot be given`
  if (tolerance === null) return { text, tolerated: false }
  const said = `--max-unknown ${tolerance.text}`
  const tolerated = regressed === 0 && toleratesOpen(tolerance, open, near)
  if (tolerated) return { text: `${text}, which ${said} tolerates: none of them was known before`, tolerated }
  const why =
    regressed > 0
      ? `${said} does not hold where a verdict was known before`
      : open === near
        ? `${said} does not hold where nothing is known of what the change touches`
        : `of ${near} that it touches, that is more than ${said} tolerates`
  return { text: `${text}; ${why}`, tolerated }
}

const verdicts = (n: number, verb: 'is' | 'was') =>
  `${n} ${n === 1 ? `verdict ${verb}` : `verdicts ${verb === 'is' ? 'are' : 'were'}`}`
