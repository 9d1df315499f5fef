// The table of devices.
import type { DeviceResult } from '../../model/result.ts'
import { deviceId } from '../places.ts'
import { timeText } from '../words.ts'

/** A device and whether its configuration could be read, whole and in time. */
export const deviceRow = (
  { name, platform, site, state, reason, file, sha256, collected_at, complete, stale }: DeviceResult,
  n: number,
) => {
  const tone = state === 'failed' ? 'duplicate' : complete === true && !stale ? 'single' : 'unknown'
  return {
    id: deviceId(n),
    name,
    platform: platform ?? 'not known',
    site,
    file,
    tone,
    symbol: state === 'failed' ? '×' : complete === false || stale ? '!' : complete === null ? '?' : '✓',
    state:
      state === 'failed'
        ? 'Not read'
        : [complete === false ? 'Cut short' : 'Collected', complete === null && 'completeness not provable', stale && 'too old']
            .filter(word => word)
            .join('; '),
    reason: reason ?? '',
    sha256: sha256?.slice(0, 12) ?? '',
    collected: collected_at === null ? null : { iso: collected_at, text: timeText(collected_at) },
  }
}
