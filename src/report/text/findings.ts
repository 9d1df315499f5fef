// The findings, with the lines they rest on and the fix.
import type { Finding, Remediation, Result } from '../../model/result.ts'
import { oneLine } from '../brevity.ts'
import { columns, wrap } from '../columns.ts'
import { legibleText } from '../legible.ts'
import type { Style, TextContext } from '../text.ts'
import { count } from '../words.ts'
import { fixLines } from './fixes.ts'

/** Evidence beyond this says nothing new on a terminal; JSON and HTML have it all. */
const MOST_EVIDENCE = 6
/** Findings for information are many on a big network, and more of one rule than this hide what matters. */
const MOST_INFO = 10

/** Every finding, but for those for information that are one too many of their rule: these are counted. */
export function findingsLines({ findings, remediations }: Result, context: TextContext): string[] {
  const { paint, all } = context
  const out: string[] = []
  for (const rule of new Set(findings.map(f => `${f.severity} ${f.rule}`))) {
    const own = findings.filter(f => `${f.severity} ${f.rule}` === rule)
    const shown = all || own[0]?.severity !== 'info' ? own : own.slice(0, MOST_INFO)
    for (const finding of shown) out.push(...findingLines(finding, remediations, context), '')
    const hidden = own.length - shown.length
    if (hidden === 0) continue
    const rest = count(hidden, `more ${own[0]?.rule} finding`)
    out.push(...wrap(`${rest}; --all shows ${hidden === 1 ? 'it' : 'them'}`, context.width).map(line => paint('dim', line)), '')
  }
  return out
}

function findingLines(finding: Finding, remediations: readonly Remediation[], context: TextContext): string[] {
  const { paint, width, all } = context
  const style: Style = finding.severity === 'error' ? 'red' : finding.severity === 'warning' ? 'yellow' : 'cyan'
  const label = finding.waived === null ? paint(style, finding.severity) : paint('dim', 'accepted')
  const out = [`${label} ${paint('bold', finding.rule)} ${paint('dim', finding.fingerprint)}`]
  out.push(...wrap(legibleText(finding.message), width, '  '))
  if (finding.waived !== null) out.push(...wrap(legibleText(`Accepted: ${finding.waived}`), width, '  '))
  const shown = all ? finding.evidence : finding.evidence.slice(0, MOST_EVIDENCE)
  const rows = shown.map(e => [
    `    ${e.file.startsWith('ssh:') ? oneLine(legibleText(e.device)) : fileName(e.file)}:${e.line}`,
    legibleText(e.text.trim()),
  ])
  if (rows.length > 0) out.push(...columns(rows, width).map(line => paint('dim', line)))
  if (shown.length < finding.evidence.length) out.push(paint('dim', `    and ${finding.evidence.length - shown.length} more`))
  out.push(
    ...fixLines(
      remediations.filter(r => r.fingerprint === finding.fingerprint),
      context,
    ),
  )
  return out
}

const fileName = (file: string) => oneLine(legibleText(file.slice(file.lastIndexOf('/') + 1)))
