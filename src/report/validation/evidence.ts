// The lines of a finding as the reviewer of a change wants them: where they stand in the checkout, those of the change first.
import type { Evidence, Finding } from '../../model/result.ts'
import type { FindingChange, Validation } from '../../model/validation.ts'
import { roseText } from '../validation.ts'

/**
 * The path of a file in the checkout of a pipeline. A revision cites its files as git names them (`main:configs/r1.cfg`, from the root
 * of the repository); pipelines annotate `configs/r1.cfg`.
 */
export function inCheckout({ current, proposed }: Pick<Validation, 'current' | 'proposed'>): (file: string) => string {
  const revisions = [...new Set([current.from, proposed.from].map(from => `${from.replace(/:.*$/s, '')}:`))]
  return file => {
    const revision = revisions.find(r => file.startsWith(r))
    const path = revision === undefined ? file : file.slice(revision.length)
    // A drive of Windows is no revision.
    return /^[/\\]/.test(path) || path === '' ? file : path
  }
}

/** The verdict of a segment on a PXE point as findings name it. */
export const subjectOf = ({ segment, point }: { readonly segment: string; readonly point: string }): string =>
  `${segment} ${point}`

/**
 * The lines that an introduced finding rests on. The first one is where it is shown, and code scanning shows it in a pull request only
 * where the change has that line. So lines of a snippet come first, then those of routers that changed; among them first what was not
 * cited before.
 */
export function changedFirst(validation: Validation): (change: FindingChange) => readonly Evidence[] {
  const snippets = new Set(validation.changes.map(c => c.file))
  const changed = new Set(validation.devices.filter(d => d.after !== null).map(d => d.name))
  const verdicts = new Map(validation.verdicts.map(v => [subjectOf(v), v]))
  return ({ before, after, subject }) => {
    const earlier = [...(before?.evidence ?? []), ...(verdicts.get(subject)?.before?.reasons ?? [])]
    const cited = new Set(earlier.map(e => keyOf(e.device, e.text)))
    const rank = ({ device, file, text }: Evidence) =>
      2 * (snippets.has(file) ? 0 : changed.has(device) ? 1 : 2) + (cited.has(keyOf(device, text)) ? 1 : 0)
    return [...(after?.evidence ?? [])].sort((a, b) => rank(a) - rank(b))
  }
}

const keyOf = (device: string | null, text: string | null) => `${device}\n${text?.trim()}`

/** A device and the snippet whose lines are counted: they are not lines of its configuration. */
export const snippetOf = (device: string, file: string): string => `${device} (${file.slice(file.lastIndexOf('/') + 1)})`

/** What stands after a change, with its lines in the checkout; null for a finding that does not. */
export function standing(validation: Validation): (change: FindingChange) => Finding | null {
  const path = inCheckout(validation)
  const lines = changedFirst(validation)
  const snippets = new Set(validation.changes.map(c => c.file))
  return change => {
    const { after } = change
    if (!after) return null
    const message = `${after.message}${roseText(change)}`
    const evidence = lines(change).map(e => ({
      ...e,
      device: snippets.has(e.file) ? snippetOf(e.device, e.file) : e.device,
      file: path(e.file),
    }))
    return { ...after, message, evidence }
  }
}
