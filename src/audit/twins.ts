// Captures of one router, and what becomes of the one that is left out.
import { capturesIn } from '../analyze/captures.ts'
import type { DuplicateCapture, PlacedDevice } from '../model/network.ts'
import type { DeviceResult } from '../model/result.ts'
import { filedAs } from './filed.ts'

/** Every two captures of one router; `filed` are devices whose time is that of a file on disk. */
export function recaptures(
  devices: readonly PlacedDevice[],
  results: readonly DeviceResult[],
  filed: ReadonlySet<string>,
): DuplicateCapture[] {
  const collectedAt = new Map(results.map(r => [r.name, r.collected_at]))
  const as = filedAs(results)
  return capturesIn(devices, d => collectedAt.get(d.device) ?? null).map(c => {
    const timed = [c.kept, c.left].every(d => !filed.has(d.device))
    return { ...c, kept: as(c.kept), left: as(c.left), timed }
  })
}

/** The results of left-out captures, as failed ones. The capture that was kept counts, so they leave no gap. */
export function leftOut(captures: readonly DuplicateCapture[], results: readonly DeviceResult[]): Map<string, DeviceResult> {
  const resultOf = new Map(results.map(r => [r.name, r]))
  return new Map(
    captures.flatMap(({ hostname, kept, left, timed }): [string, DeviceResult][] => {
      const result = resultOf.get(left.device)
      if (!result) return []
      const reason = `${left.file} is another capture of ${hostname}, which ${kept.file} holds too; the newer one${timed ? '' : ' by the times of the files'} was audited, remove the other`
      return [[left.device, { ...result, state: 'failed', reason, complete: false }]]
    }),
  )
}
