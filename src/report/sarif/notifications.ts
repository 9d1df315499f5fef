// What SARIF says of the run itself: what it did not see.
import type { Account } from '../account.ts'
import { cutText, oneLine } from '../brevity.ts'
import { legibleText } from '../legible.ts'
import { type ArtifactLocation, artifactOf } from './artifacts.ts'
import { LEVEL } from './results.ts'

/** A notification object (SARIF 2.1.0, 3.58). */
export interface Notification {
  readonly level: 'error' | 'warning' | 'note'
  readonly message: { readonly text: string }
  readonly locations?: readonly { readonly physicalLocation: { readonly artifactLocation: ArtifactLocation } }[]
}

const LONGEST = 2_000

/** The verdict on the whole, then what was not seen. */
export const notificationsOf = ({ notices }: Account, folder: string): Notification[] =>
  notices.map(({ level, text, file }, n) => {
    const artifactLocation = file === null ? null : artifactOf(file, folder)
    return {
      level: LEVEL[level],
      // The first one is our own.
      message: { text: n === 0 ? text : cutText(oneLine(legibleText(text)), LONGEST) },
      ...(artifactLocation && { locations: [{ physicalLocation: { artifactLocation } }] }),
    }
  })
