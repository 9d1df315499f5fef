// One finding as a SARIF result (2.1.0, 3.27).
import type { Evidence, Severity } from '../../model/result.ts'
import { cutText, oneLine } from '../brevity.ts'
import type { Concern } from '../concern.ts'
import type { Fix } from '../fixes.ts'
import { legibleText } from '../legible.ts'
import { artifactOf } from './artifacts.ts'

/** `note` is what SARIF calls information. */
export const LEVEL = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>

/** Code scanning shows so many locations of a result, and refuses those with more than 1,000. */
const MOST_LOCATIONS = 100
/** Peer lines that the message links to: GitHub shows related locations only where it does. */
const MOST_LINKS = 10
const LONGEST = 4_000
const LONGEST_SNIPPET = 1_000

/** Where results stand, and what else is known of this one. */
export interface ResultContext {
  readonly folder: string
  /** Its place among the rules of the driver. */
  readonly ruleIndex: number
  /** The way to fix it; undefined where none is proven. */
  readonly fix: Fix | undefined
}

/** A result: the first line of evidence is its location, the others are related to it. */
export function sarifResult(concern: Concern, { folder, ruleIndex, fix }: ResultContext) {
  const { rule, level, fingerprint, subject, message, accepted, evidence, open, since } = concern
  const [first, ...peers] = evidence
  const kept = peers.slice(0, MOST_LOCATIONS - 1)
  const related = kept.flatMap((e, n) => {
    const location = physical(e, folder)
    return location ? [{ id: n + 1, ...location, message: { text: plain(e.note || e.device) }, of: e }] : []
  })
  const links = related.slice(0, MOST_LINKS).map(({ id, of }) => `[${linkText(of)}](${id})`)
  const more = peers.length - links.length
  const also = links.length > 0 ? ` See also ${links.join(', ')}${more > 0 ? ` and ${more} more` : ''}.` : ''
  const location = first ? physical(first, folder) : null
  return {
    ruleId: rule,
    ruleIndex,
    // A kind other than `fail` takes the level `none` (3.27.10).
    kind: open ? 'open' : 'fail',
    level: open ? 'none' : LEVEL[level],
    ...(since && { baselineState: since }),
    message: { text: `${sentence(plain(message))}${also}` },
    // Code scanning wants a location for everything: what stands in no file is shown under the name of the program.
    locations: [
      {
        ...(location ?? { physicalLocation: { artifactLocation: { uri: 'iphelper-audit' }, region: { startLine: 1 } } }),
        logicalLocations: [{ fullyQualifiedName: shown(subject) }],
      },
    ],
    ...(related.length > 0 && { relatedLocations: related.map(({ of: _, ...r }) => r) }),
    partialFingerprints: {
      'iphelperAudit/v1': fingerprint,
      // The one that GitHub uses; without it, it would be that of a line, and move with it.
      primaryLocationLineHash: `${fingerprint}:1`,
    },
    ...(accepted !== null && {
      suppressions: [{ kind: 'external', status: 'accepted', justification: cutText(legibleText(accepted), LONGEST) }],
    }),
    ...(fix && { properties: { fix: fixOf(fix) } }),
  }
}

/** In our own words: a `fix` object of SARIF replaces text of a file, and these are commands to enter. */
const fixOf = ({ plan, caution, steps }: Fix) => ({
  plan,
  caution,
  steps: steps.map(({ device, apply, rollback }) => ({ device, apply, rollback })),
})

function physical({ file, line, text }: Evidence, folder: string) {
  const artifactLocation = artifactOf(file, folder)
  if (!artifactLocation) return null
  const snippet = text === '' ? {} : { snippet: { text: cutText(legibleText(text), LONGEST_SNIPPET) } }
  // Code scanning wants a line for everything; the whole file is shown at its first.
  return { physicalLocation: { artifactLocation, region: { startLine: Math.max(1, line), ...snippet } } }
}

const shown = (text: string): string => cutText(oneLine(legibleText(text)), LONGEST)

/** Text of a message: what looks like a link to it (3.11.6) is none. */
const plain = (text: string): string => shown(text).replace(/\[(?=[^\]]*\]\()/g, '\\[')

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`)

/** Text of a link: brackets end it (3.11.6). */
const linkText = ({ device, line }: Evidence): string =>
  cutText(oneLine(legibleText(line > 0 ? `${device}:${line}` : device)), 80).replace(/[[\]\\]/g, '\\$&')
