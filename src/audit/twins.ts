// Captures of one router, and what becomes of the one that is left out.
import { capturesIn } from '../analyze/captures.ts'
import type { CollectedText } from '../model/inventory.ts'
import type { DuplicateCapture, Gap, PlacedDevice } from '../model/network.ts'
import type { DeviceResult } from '../model/result.ts'
import { filedAs } from './filed.ts'

/** What a device was read from. */
type FromOf = (device: string) => CollectedText | undefined

/** Every two captures of one router. */
export function recaptures(
  devices: readonly PlacedDevice[],
  results: readonly DeviceResult[],
  fromOf: FromOf,
): DuplicateCapture[] {
  const collectedAt = new Map(results.map(r => [r.name, r.collected_at]))
  const as = filedAs(results)
  return capturesIn(devices, d => collectedAt.get(d.device) ?? null).map(c => {
    const timed = [c.kept, c.left].every(d => fromOf(d.device)?.filed !== true)
    return { ...c, kept: as(c.kept), left: as(c.left), timed }
  })
}

/** Left-out captures as results, and the gaps that they leave. */
export interface LeftOut {
  readonly results: ReadonlyMap<string, DeviceResult>
  readonly gaps: readonly Gap[]
}

/**
 * The results of left-out captures, as failed ones. Where they are files that lie there, the one that was kept counts, and there is no
 * gap. Two that an inventory or a manifest tells apart are two routers: then one of them answered in place of the other, or stands there
 * twice, and nothing is known of the other.
 */
export function leftOut(captures: readonly DuplicateCapture[], results: readonly DeviceResult[], fromOf: FromOf): LeftOut {
  const resultOf = new Map(results.map(r => [r.name, r]))
  const named = (device: string) => fromOf(device)?.named === true
  const gaps: Gap[] = []
  const failed = captures.flatMap(({ hostname, kept, left, timed }): [string, DeviceResult][] => {
    const result = resultOf.get(left.device)
    if (!result) return []
    if (named(left.device) && named(kept.device)) {
      const reason = `what was read as ${left.device} is the configuration of ${kept.device}, ${hostname}, and nothing is known of ${left.device}; correct its address, or take it out of the inventory if they are one router`
      gaps.push({
        device: left.device,
        site: result.site,
        kind: 'not-collected',
        vlan: null,
        reason: `${left.device} could not be read, and may stand here too`,
      })
      // Nothing of it was relied upon.
      return [[left.device, { ...result, state: 'failed', reason, complete: false, sha256: null }]]
    }
    const reason = `${left.file} is another capture of ${hostname}, which ${kept.file} holds too; the newer one${timed ? '' : ' by the times of the files'} was audited, remove the other`
    return [[left.device, { ...result, state: 'failed', reason, complete: false }]]
  })
  return { results: new Map(failed), gaps }
}
