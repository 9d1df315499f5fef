// What SARIF says of the run itself: what it did not see.
import type { Result } from '../../model/result.ts'
import { cutText, oneLine } from '../brevity.ts'
import { troubleOf } from '../concerns.ts'
import { headline } from '../headline.ts'
import { legibleText } from '../legible.ts'
import { pairsOf } from '../places.ts'
import { type ArtifactLocation, artifactOf } from './artifacts.ts'

/** A notification object (SARIF 2.1.0, 3.58). */
export interface Notification {
  readonly level: 'error' | 'warning' | 'note'
  readonly message: { readonly text: string }
  readonly locations?: readonly { readonly physicalLocation: { readonly artifactLocation: ArtifactLocation } }[]
}

const LONGEST = 2_000

/** The verdict on the whole, then the devices that were not read, or not whole. */
export function notificationsOf(result: Result, folder: string): Notification[] {
  const { verdict, lede, tone } = headline(result, pairsOf(result))
  const whole = { level: tone === 'single' ? 'note' : 'warning', message: { text: `${verdict} ${lede}`.trim() } } as const
  const unread = result.devices
    .filter(d => troubleOf(d) !== null)
    .map(({ name, reason, file }): Notification => {
      const text = cutText(oneLine(legibleText(`${name}: ${reason ?? 'not read whole'}`)), LONGEST)
      const artifactLocation = artifactOf(file, folder)
      return {
        level: 'error',
        message: { text },
        ...(artifactLocation && { locations: [{ physicalLocation: { artifactLocation } }] }),
      }
    })
  return [whole, ...unread]
}
