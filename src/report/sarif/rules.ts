// The rules as SARIF descriptors (2.1.0, 3.49), with their pages for help.
import type { Severity } from '../../model/result.ts'
import type { Concern, OpenRule } from '../concern.ts'
import { legibleText } from '../legible.ts'
import type { RuleExample, RulePage } from '../rule-page.ts'
import { LEVEL } from './results.ts'

/** GitHub's own scale, beside the level. */
const PROBLEM = { error: 'error', warning: 'warning', info: 'recommendation' } as const satisfies Record<Severity, string>
/** At most 20 tags for a rule; GitHub shows ten. */
const TAGS = ['network', 'dhcp', 'pxe']

/** All rules, those of the reports among them; and by its name alone any other, which a result of another version may hold. */
export function ruleDescriptors(
  rules: readonly RulePage[],
  open: Readonly<Record<string, OpenRule>>,
  concerns: readonly Concern[],
) {
  const known = [
    ...rules.map(rule => descriptor(rule, markdownHelp(rule))),
    ...Object.entries(open).map(([id, { title, rationale }]) =>
      descriptor({ id, title, severity: 'warning', rationale }, rationale),
    ),
  ]
  const ids = new Set(known.map(k => k.id))
  const others = [...new Set(concerns.map(c => c.rule))].filter(id => !ids.has(id))
  return [
    ...known,
    ...others.map(id => descriptor({ id, title: legibleText(id), severity: 'warning', rationale: legibleText(id) }, id)),
  ]
}

function descriptor({ id, title, severity, rationale }: Omit<RulePage, 'examples'>, markdown: string) {
  return {
    id,
    name: id
      .split('-')
      .map(word => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
      .join(''),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: unwrapped(rationale) },
    help: { text: unwrapped(rationale), markdown },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: { tags: TAGS, 'problem.severity': PROBLEM[severity] },
  }
}

/** Paragraphs on one line each. */
const unwrapped = (text: string): string =>
  text
    .split('\n\n')
    .map(paragraph => paragraph.replace(/\s*\n\s*/g, ' '))
    .join('\n\n')

const markdownHelp = ({ rationale, examples }: RulePage): string =>
  [
    unwrapped(rationale),
    ...examples.bad.map(example => exampleText('Reported', example)),
    ...examples.good.map(example => exampleText('Accepted', example)),
  ].join('\n\n')

/** Configurations of an example, in blocks of code; they are our own and hold no fence. */
const exampleText = (heading: string, { shows, configs }: RuleExample): string =>
  [
    `**${heading}:** ${shows}`,
    ...Object.entries(configs).map(([device, text]) => `\`${device}\`\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\``),
  ].join('\n\n')
