// What the reviewer of a change has to look at: what it introduces, and what could not be judged. What it fixes or leaves as it was is
// no concern of theirs: a pipeline would take it for one more failure.
import type { Evidence } from '../../model/result.ts'
import type { UnjudgedFinding, Validation } from '../../model/validation.ts'
import { type Concern, gathered, type Open, type OpenRule, ofFinding, ordered } from '../concern.ts'
import { doubtsOf, OPEN_RULES } from '../concerns.ts'
import { placeText } from '../validation.ts'
import { DOUBTS } from '../words.ts'
import { inCheckout, snippetOf, standing, subjectOf } from './evidence.ts'

/** Rules of the reports alone: they say what could not be judged. */
export const CHANGE_RULES = {
  'unknown-verdict': OPEN_RULES['unknown-verdict'],
  'incomplete-change': {
    title: 'A change could not be judged whole',
    rationale:
      'A line of it was not understood, a router that was read before cannot be read now, or a verdict cannot be given. What the change does there is unknown: this is not a pass.',
  },
} as const satisfies Readonly<Record<string, OpenRule>>

/** Everything, worst first; what is open in the order: the change, findings that are gone, verdicts. */
export const changeConcerns = (validation: Validation): Concern[] =>
  ordered(introduced(validation), [
    ...incompleteChange(validation),
    ...unjudgedFindings(validation),
    ...unknownVerdicts(validation),
  ])

/** The same, where all that waits for one and the same thing is one concern. */
export const gatheredChangeConcerns = (validation: Validation): Concern[] =>
  ordered(introduced(validation), [
    ...incompleteChange(validation),
    ...gathered([...unjudgedFindings(validation), ...unknownVerdicts(validation)]),
  ])

function introduced(validation: Validation): Concern[] {
  const stands = standing(validation)
  return validation.findings.introduced.flatMap(change => {
    const finding = stands(change)
    return finding ? [{ ...ofFinding(finding), since: change.before ? ('updated' as const) : ('new' as const) }] : []
  })
}

/** Sentences at the line or file that they are about; all others, which count what is told one by one, as one. */
function incompleteChange(validation: Validation): Open[] {
  const { incomplete, changes, devices } = validation
  const path = inCheckout(validation)
  const lines = changes.flatMap(({ device, file, refused }) =>
    refused.map(({ line, text }) => ({
      begins: `line ${line} of ${file} `,
      subject: `${device} ${file}:${line}`,
      evidence: { device: snippetOf(device, file), file: path(file), line, text, note: 'not understood' },
    })),
  )
  const files = devices.flatMap(({ name, before, after }) => {
    const file = (before ?? after)?.file
    return file
      ? [{ begins: `${name} `, subject: name, evidence: { device: name, file: path(file), line: 0, text: '', note: name } }]
      : []
  })
  const told = (subject: string, why: string, evidence: readonly Evidence[]): Open => ({
    concern: { rule: 'incomplete-change', level: 'warning', subject, accepted: null, evidence, since: 'new' },
    place: '',
    why,
  })
  // By their first word: a whole folder may be gone.
  const known = new Map<string, (typeof lines)[number][]>()
  for (const at of [...lines, ...files]) {
    const there = known.get(firstWord(at.begins))
    if (there) there.push(at)
    else known.set(firstWord(at.begins), [at])
  }
  const others: string[] = []
  const placed = incomplete.flatMap(sentence => {
    const at = known.get(firstWord(sentence))?.find(({ begins }) => sentence.startsWith(begins))
    if (at) return [told(at.subject, sentence, [at.evidence])]
    others.push(sentence)
    return []
  })
  return others.length > 0 ? [...placed, told('the change', others.join('; '), [])] : placed
}

const firstWord = (text: string): string => text.slice(0, text.indexOf(' '))

/** Why a finding that is gone is no fixed one, in words. */
export const unjudgedText = ({ why }: Pick<UnjudgedFinding, 'why'>): string => `it is gone, and not known to be fixed: ${why}`

/** They keep rule and fingerprint: what follows findings from run to run must not take them for solved. */
function unjudgedFindings(validation: Validation): Open[] {
  const path = inCheckout(validation)
  return validation.findings.unjudged.flatMap(({ before, why }): Open[] => {
    if (!before) return []
    const { rule, severity, fingerprint, subject, waived, evidence } = before
    // The lines are those of the network before; of the one proposed only the files are sure.
    const files = new Map(
      evidence.map(e => [e.device, { ...e, file: path(e.file), line: 0, text: '', note: `before: ${e.text.trim()}` }]),
    )
    const level = severity === 'info' ? 'info' : 'warning'
    const concern = { rule, level, fingerprint, subject, accepted: waived, evidence: [...files.values()] } as const
    return [{ concern: { ...concern, since: 'updated' }, place: subject, why: unjudgedText({ why }) }]
  })
}

function unknownVerdicts(validation: Validation): Open[] {
  const path = inCheckout(validation)
  return validation.verdicts.flatMap((change): Open[] => {
    const { before, after } = change
    if (after?.verdict !== 'unknown') return []
    const known = before !== null && before.verdict !== 'unknown'
    const evidence = after.reasons
      .filter(r => r.code in DOUBTS)
      .flatMap(({ device, file, line, text, message }) =>
        file === null ? [] : [{ device: device ?? '', file: path(file), line: line ?? 0, text: text ?? '', note: message }],
      )
    const concern = { rule: 'unknown-verdict', level: 'warning', subject: subjectOf(change), accepted: null, evidence } as const
    return [
      {
        concern: { ...concern, since: before && !known ? 'updated' : 'new' },
        place: `${placeText(change)}${known ? ` (was ${before.verdict})` : ''}`,
        why: doubtsOf(after),
      },
    ]
  })
}
