// A configuration that is suddenly much smaller than the last good one.
import type { ManifestDevice } from '../model/snapshot.ts'
import { type Failure, failure } from './failure.ts'

/** A configuration with less than this part of the last good one is more likely cut than tidied up. */
const SMALLER = 0.5
/** Below this many bytes a configuration may well halve. */
const SMALL = 2048

/** Why a configuration of so many bytes is not taken for the next one; null when nothing speaks against it. */
export function shrunk(bytes: number, { bytes: before, collected_at }: ManifestDevice): Failure | null {
  if (before === null || before < SMALL || bytes >= before * SMALLER) return null
  return failure(
    'smaller',
    `it has ${bytes} bytes, and the last good one of ${collected_at.slice(0, 10)} has ${before}; if that is right, collect it with --allow-smaller`,
  )
}
