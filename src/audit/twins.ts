// What becomes of a capture that is left out.
import type { DuplicateCapture } from '../model/network.ts'
import type { DeviceResult } from '../model/result.ts'

/** The results of left-out captures, as failed ones. The capture that was kept counts, so they leave no gap. */
export function leftOut(captures: readonly DuplicateCapture[], results: readonly DeviceResult[]): Map<string, DeviceResult> {
  const resultOf = new Map(results.map(r => [r.name, r]))
  return new Map(
    captures.flatMap(({ hostname, kept, left }): [string, DeviceResult][] => {
      const result = resultOf.get(left.device)
      if (!result) return []
      const reason = `${left.file} is another capture of ${hostname}, which ${kept.file} holds too; the newer one was audited, remove the other`
      return [[left.device, { ...result, state: 'failed', reason, complete: false }]]
    }),
  )
}
