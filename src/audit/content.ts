// Whether a device still has the configuration that was audited, where its text is printed anew every time.
import { hash } from 'node:crypto'

/**
 * Lines that differ from one print to the next though nothing was configured: comments, in which devices write the time
 * (`!Time:`, `! Last configuration change at`, `## Last commit:`), and the clock that old IOS trims by itself.
 */
const FLEETING = /^\s*([!#].*|ntp clock-period \d+\s*|)$/

/** SHA-256, in hex, of the lines that say something. */
export const contentHash = (text: string): string =>
  hash(
    'sha256',
    text
      .split('\n')
      .map(line => line.trimEnd())
      .filter(line => !FLEETING.test(line))
      .join('\n'),
  )
