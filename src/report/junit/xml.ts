// Test cases as XML 1.0.
import { legibleText } from '../legible.ts'

/** How a case ended; `type` is a word for machines, `message` a line, `text` everything. */
export type Outcome =
  | { readonly kind: 'pass'; readonly text: string }
  | { readonly kind: 'failure' | 'error' | 'skipped'; readonly type: string; readonly message: string; readonly text: string }

/** One test case. */
export interface TestCase {
  readonly classname: string
  readonly name: string
  readonly outcome: Outcome
}

/** A suite around cases that are XML already. */
export function suiteXml(
  name: string,
  counts: Readonly<Record<'tests' | 'failures' | 'errors' | 'skipped', number>> & { readonly timestamp: string },
  cases: readonly string[],
): string {
  const { tests, failures, errors, skipped, timestamp } = counts
  const attributes = { name, tests, failures, errors, skipped, time: 0, timestamp }
  return `  <testsuite${attributesXml(attributes)}>\n${cases.join('')}  </testsuite>\n`
}

/** One case. */
export function caseXml({ classname, name, outcome }: TestCase): string {
  const open = `    <testcase${attributesXml({ classname, name, time: 0 })}`
  const inner = outcomeXml(outcome)
  return inner === '' ? `${open}/>\n` : `${open}>\n      ${inner}\n    </testcase>\n`
}

function outcomeXml(outcome: Outcome): string {
  if (outcome.kind === 'pass') return outcome.text === '' ? '' : `<system-out>${xml(outcome.text)}</system-out>`
  const { kind, type, message, text } = outcome
  // A reason for skipping has no type in most readers' schemas.
  const attributes = kind === 'skipped' ? { message } : { message, type }
  return `<${kind}${attributesXml(attributes)}>${xml(text)}</${kind}>`
}

const attributesXml = (attributes: Readonly<Record<string, string | number>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${xml(`${value}`).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`)
    .join('')

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/**
 * Text as it may stand in XML. Control characters, lone surrogates and noncharacters are forbidden there even when escaped (XML
 * 1.0, 2.2), so they are spelled out; `>` is escaped because of `]]>`.
 */
const xml = (text: string): string =>
  legibleText(text)
    .replace(/[\uFFFE\uFFFF]/g, c => `[U+${c.charCodeAt(0).toString(16).toUpperCase()}]`)
    .replace(/[&<>"]/g, c => ENTITIES[c] ?? c)
