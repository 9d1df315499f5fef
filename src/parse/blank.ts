// Lines are quoted in results and reports, which travel further than configurations: without the secrets in them.
import { TOKENS } from './redacted.ts'
import type { Secrets } from './secret-forms.ts'
import { secretSpans } from './secret-spans.ts'

/** Shown in place of a secret, and of several words of one. */
const SHOWN = '<removed>'
const REPEATED = /<removed>(?:\s+<removed>)+/g

/**
 * A line as it may be shown; the same for one that was redacted when it was stored. `prose`: it is no statement, so no word
 * tells of a secret behind it.
 */
export function blank(line: string, secrets: Secrets, prose = false): string {
  const parts: string[] = []
  let at = 0
  for (const { start, end } of secretSpans(line, secrets, { prose })) {
    parts.push(line.slice(at, start), SHOWN)
    at = end
  }
  parts.push(line.slice(at))
  return parts.join('').replace(TOKENS, SHOWN).replace(REPEATED, SHOWN)
}
