// Two captures of one router that say different things, where nothing tells which of them is newer.
import type { Device, Interface } from '../model/device.ts'
import { containsSubnet } from '../model/ip.ts'
import type { DuplicateCapture, Network, Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'
import { facesClients, isPlaced, subnetsOf } from './join.ts'
import { interfacesThatDiffer } from './touched.ts'

/** One such pair: what differs, and where that may stand. */
interface Rival {
  readonly capture: DuplicateCapture
  readonly site: string
  /** Interfaces of the capture that counts; all where the device as a whole differs. */
  readonly own: ReadonlySet<string> | null
  /** Subnets of the interfaces as the capture has them that was left out; null where one of them may stand in any. */
  readonly subnets: readonly string[] | null
}

/** Copying a folder, or checking it out, gives files times that say nothing of the routers: then either capture may be the one that holds. */
export function recaptureFinder({ captures, devices }: Network): (segment: Segment) => readonly Reason[] {
  const siteOf = new Map(devices.map(({ device, site }) => [device.device, site]))
  const rivals = captures.flatMap((capture): Rival[] => {
    const site = siteOf.get(capture.kept.device)
    const differ = differing(capture)
    return site === undefined || differ?.size === 0
      ? []
      : [{ capture, site, own: differ, subnets: placesOf(capture.left, differ) }]
  })
  if (rivals.length === 0) return () => []
  return segment => rivals.filter(rival => concerns(rival, segment)).map(reasonOf)
}

const NONE: ReadonlySet<string> = new Set()

/** Whether what its router does today may be what the capture says that was left out. */
export const isRivalled = (capture: DuplicateCapture): boolean => differing(capture)?.size !== 0

/**
 * The interfaces of which the two say different things, where the newer one is not known; null for all. One that is cut short says
 * nothing of what it does not show.
 */
function differing({ kept, left, timed }: DuplicateCapture): ReadonlySet<string> | null {
  if (timed) return NONE
  const differ = interfacesThatDiffer({ ...kept, complete: true, observed: [] }, { ...left, complete: true, observed: [] })
  if (differ === null || left.complete !== false) return differ
  const shown = new Set(left.interfaces.map(i => i.name))
  return new Set([...differ].filter(name => shown.has(name)))
}

function placesOf({ interfaces }: Device, differ: ReadonlySet<string> | null): Rival['subnets'] {
  const own = interfaces.filter(i => facesClients(i) && (differ?.has(i.name) ?? true))
  const isAnywhere = (i: Interface) => i.relays.some(r => r.live && !isPlaced(i, r.family))
  return own.some(isAnywhere) ? null : own.flatMap(subnetsOf)
}

const concerns = ({ capture, site, own, subnets }: Rival, segment: Segment): boolean =>
  segment.site === site &&
  (subnets === null ||
    segment.attachments.some(a => a.device.device === capture.kept.device && (own?.has(a.interface.name) ?? true)) ||
    segment.subnets.some(here => subnets.some(there => containsSubnet(here, there) || containsSubnet(there, here))))

const reasonOf = ({ capture: { hostname, kept, left } }: Rival): Reason => ({
  code: 'stale',
  message: `${kept.file} and ${left.file} are captures of one router, ${hostname}, which differ in what concerns this segment, and the times of files do not tell which is newer; remove the older one`,
  device: kept.device,
  line: null,
})
