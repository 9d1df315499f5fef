// From collected text to devices: which platform, which site, and what could not be read.
import type { Device } from '../model/device.ts'
import { type Collected, type CollectedText, NO_SITE } from '../model/inventory.ts'
import type { DuplicateCapture, Gap, PlacedDevice } from '../model/network.ts'
import type { DeviceResult } from '../model/result.ts'
import { readDevice } from '../parse/assemble.ts'
import { contradiction, detect, type Stranger } from '../parse/detect.ts'
import type { Platform } from '../parse/platform.ts'
import { citableIn, type Lines, quoter } from './citable.ts'
import { contentHash } from './content.ts'
import { fewLatest } from './latest.ts'
import { type Freshness, staleness } from './stale.ts'
import { leftOut, recaptures } from './twins.ts'

/** Everything read, and the way back from a device to its text. */
export interface Reading {
  readonly devices: readonly PlacedDevice[]
  readonly gaps: readonly Gap[]
  /** Captures of routers that another capture is audited of. */
  readonly captures: readonly DuplicateCapture[]
  /** Routers that the inventory does not list. */
  readonly strangers: readonly PlacedDevice[]
  readonly results: readonly DeviceResult[]
  readonly sources: ReadonlyMap<string, ReadSource>
}
export interface ReadSource {
  readonly device: Device
  readonly platform: Platform
  /** The configuration; read again where it stands in a file. Null when that has changed since. */
  text(): string | null
  /** Lines that findings may cite, where they were kept: then the text need not be read again for them. */
  readonly lines?: Lines
}

export interface Known {
  readonly platforms: readonly Platform[]
  readonly strangers: readonly Stranger[]
}

/** What became of one configuration. */
export interface Part {
  readonly result: DeviceResult
  /** What it holds, and where its text is; null where it could not be read. */
  readonly read: { readonly placed: PlacedDevice; readonly source: ReadSource; readonly from: CollectedText } | null
  /** Nobody knows at which site it stands. */
  readonly adrift?: true
  /** No inventory lists it: what became of it is no result of the audit. */
  readonly stranger?: true
}

/** One that could be read. */
export type ReadPart = Part & { readonly read: NonNullable<Part['read']> }

/** Parses all there is. A configuration that cannot be read is a gap with a reason; it never stops the rest. */
export function readAll(collected: Iterable<Collected>, known: Known, fresh?: Freshness): Reading {
  const readOne = reader(known, fresh)
  return together(Array.from(collected, c => readOne(c)))
}

/**
 * Reads one configuration after the other. `before` is what became of an earlier capture of the same device: where nothing about it
 * has changed, it is not parsed again. `keep`: many findings are going to be quoted, so that the lines are kept that they may cite.
 */
export function reader(known: Known, fresh?: Freshness, keep = false): (c: Collected, before?: Part) => Part {
  const recent = fewLatest<string | null>()
  const linesOf = quoter()
  const readOne = (c: Collected, before: Part | undefined): Part => {
    if (c.state === 'failed') return { result: failedResult(c, c.reason), read: null, ...(c.adrift && { adrift: true }) }
    // What stands in files beside a configuration is cited from there, so it is read again.
    const again = before?.read && !c.companions && sameCapture(before.read.from, c) ? before.read.source : undefined
    const text = again ? '' : c.unread ? (c.reread?.() ?? null) : c.text
    // Taken for an empty text, a capture that was proven whole before would be a router without a single relay.
    if (text === null) return { result: failedResult(c, `${c.file} has changed while it was read; run it again`), read: null }
    const platform = again?.platform ?? platformFor(c.platform, text, known)
    if ('reason' in platform)
      return { result: failedResult(c, `the platform of ${c.file} cannot be told: ${platform.reason}`), read: null }
    const { device: name, site, file, sha256, collected_at, incomplete, whole, companions = [] } = c
    // One object for both sides, as far as they agree: what follows from it alone need not be found out twice.
    const device = again ? again.device : readDevice(platform, { device: name, file, text, incomplete, whole, companions })
    const stale = fresh ? staleness(collected_at, fresh, c.attempt) : null
    return {
      result: {
        name,
        platform: platform.id,
        site,
        state: 'collected',
        reason:
          [device.incomplete, stale, ...companions.map(({ file }) => unheard(device, file))].filter(Boolean).join('; ') || null,
        file,
        sha256,
        collected_at,
        // What stands in a file is the same file or another one.
        ...(file.startsWith(OVER_SSH) ? { content_sha256: contentHash(c.text) } : {}),
        complete: device.complete,
        ...(stale === null ? {} : { stale: true as const }),
      },
      read: {
        placed: { device, site, stale },
        source: {
          device,
          platform,
          text: textOf(c, recent),
          ...(again?.lines ? { lines: again.lines } : keep ? { lines: linesOf(text, citableIn(device), platform) } : {}),
        },
        // Without the text: it need not be kept.
        from: { ...c, text: '' },
      },
    }
  }
  return (c, before) => {
    const part = readOne(c, before)
    return c.state === 'collected' && c.stranger ? { ...part, stranger: true } : part
  }
}

/** Where the text is to be had. A function of its own, or the closure would keep the text that is not needed. */
function textOf({ device, file, text, reread }: CollectedText, recent: Recent): ReadSource['text'] {
  return reread ? rereading(`${device}\n${file}`, reread, recent) : () => text
}
const rereading = (key: string, reread: () => string | null, recent: Recent) => () => recent(key, reread)
type Recent = (key: string, make: () => string | null) => string | null

/** Whether a capture says what an earlier one said; one is as whole as the other then. */
export const sameCapture = (a: CollectedText, b: CollectedText): boolean =>
  a.sha256 !== '' && a.sha256 === b.sha256 && a.device === b.device && a.platform === b.platform && said(a) === said(b)

const said = ({ companions = [] }: CollectedText): string => companions.map(c => `${c.text.length}\n${c.text}`).join('\n')

/** Everything that was read, in the order in which it was. */
export function together(all: readonly Part[]): Reading {
  const parts = all.filter(p => !p.stranger)
  const strangers = all.flatMap(p => (p.read && p.stranger ? [p.read.placed] : []))
  const results = parts.map(p => p.result)
  const devices = parts.flatMap(p => (p.read ? [p.read.placed] : []))
  const sources = new Map(parts.flatMap(p => (p.read ? [[p.result.name, p.read.source] as const] : [])))
  const gaps = parts.flatMap(({ read, adrift, result: { name: device, site } }): Gap[] => {
    if (read) return []
    const reason = `${device} could not be read, and may stand here too`
    return [{ device, site: adrift ? NO_SITE : site, kind: 'not-collected', vlan: null, reason }]
  })
  let froms: ReadonlyMap<string, CollectedText> | undefined
  const fromOf = (device: string) => {
    froms ??= new Map(parts.flatMap(p => (p.read ? [[p.result.name, p.read.from] as const] : [])))
    return froms.get(device)
  }
  const captures = recaptures(devices, results, fromOf)
  const twins = leftOut(captures, results, fromOf)
  return {
    devices: devices.filter(d => !twins.results.has(d.device.device)),
    gaps: [...gaps, ...twins.gaps],
    captures,
    strangers,
    results: results.map(r => twins.results.get(r.name) ?? r),
    sources,
  }
}

/** Said of operational output that taught nothing; null where it did. */
const unheard = (device: Device, companion: string): string | null =>
  device.observed.some(o => o.file === companion)
    ? null
    : `${companion} tells the state of no group of ${device.device} in a form that this version reads`

/** What the place of a device begins with that was read over SSH. */
export const OVER_SSH = 'ssh://'

const failedResult = (c: Collected, reason: string): DeviceResult => ({
  name: c.device,
  platform: c.platform === 'auto' ? null : c.platform,
  site: c.site,
  state: 'failed',
  reason,
  file: c.file,
  sha256: c.state === 'collected' ? c.sha256 : null,
  collected_at: c.state === 'collected' ? c.collected_at : null,
  complete: false,
})

/** The platform the inventory names, or the one the text gives away. */
export function platformFor(
  named: string,
  text: string,
  { platforms, strangers }: Known,
): Platform | { readonly reason: string } {
  if (named !== 'auto') {
    const page = platforms.find(p => p.id === named)
    const other = page && contradiction(text, page, platforms)
    if (other) return { reason: `it is named ${named} and reads like ${other.id}; correct its platform` }
    return page ?? { reason: `this version has no platform ${named}` }
  }
  const { platform, reason } = detect(text, platforms, strangers)
  return platform ?? { reason: reason ?? '' }
}
