// Findings besides the duplicates: a card for each, under the rule that says it.
import type { Finding } from '../../model/result.ts'
import { findingId } from '../places.ts'
import { SEVERITIES } from '../words.ts'
import { lineView } from './evidence.ts'
import { prose } from './prose.ts'
import type { Survey } from './survey.ts'
import { type Child, code, el, foreign, type Tree, tag } from './tree.ts'
import { waysView } from './ways.ts'

/** More findings for information of one rule than this hide what matters: they are folded away. */
export const MOST_INFO = 10

/** Findings by severity and rule, in the order of the result, which is worst first. */
export function byRule(findings: readonly Finding[]): readonly (readonly [rule: string, findings: readonly Finding[]])[] {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const group = groups.get(`${finding.severity} ${finding.rule}`)
    if (group) group.push(finding)
    else groups.set(`${finding.severity} ${finding.rule}`, [finding])
  }
  return [...groups.values()].map(own => [own[0]?.rule ?? '', own] as const)
}

/** What a rule is about, above its findings. */
export const ruleHead = (rule: string, id: string, number: number, survey: Survey): Child => {
  const about = survey.rules.get(rule)
  return [
    el(
      'h3',
      { id, class: 'rule' },
      about ? [about.title, ' ', code(rule)] : code(rule),
      ' ',
      el('span', { class: 'number' }, number),
    ),
    about && el('details', { class: 'more rationale' }, el('summary', {}, 'Why it matters'), prose(about.rationale)),
  ]
}

/** A finding with its lines. */
export function findingCard(finding: Finding, survey: Survey): Tree {
  const { fingerprint, waived, severity, message, subject, evidence } = finding
  const tone = waived === null ? SEVERITIES[severity].tone : 'none'
  const fixes = survey.fixes.get(fingerprint) ?? []
  return el(
    'article',
    { 'class': `finding ${tone}`, 'id': findingId(finding), 'data-finding': fingerprint, 'tabindex': -1 },
    tag(tone, '', waived === null ? SEVERITIES[severity].label : 'Accepted'),
    el(
      'div',
      {},
      el('h4', {}, foreign(message)),
      el(
        'p',
        { class: 'soft' },
        foreign(subject),
        ' ',
        el('a', { 'href': `#${findingId(finding)}`, 'aria-label': 'Permanent link to this finding' }, '#'),
      ),
      waived !== null && el('p', { class: 'note none' }, el('strong', {}, 'Accepted:'), ' ', foreign(waived)),
      evidence.length > 0 &&
        el(
          'details',
          { class: 'more', open: evidence.length < 3 },
          el('summary', {}, evidence.length === 1 ? 'The line' : `${evidence.length} lines`),
          el(
            'div',
            { class: 'columns' },
            evidence.map(e => el('div', { class: 'panel' }, el('h5', {}, foreign(e.device)), lineView(e))),
          ),
        ),
      fixes.length > 0 && [el('h5', {}, 'Fix'), waysView(fixes, fingerprint, survey.live)],
    ),
  )
}
