// A rule as its own page tells it: what SARIF prints as help.
import type { Severity } from '../model/result.ts'

/** One example of a rule: configurations by device name. */
export interface RuleExample {
  readonly shows: string
  readonly configs: Readonly<Record<string, string>>
}

/** What reports need to know of a rule. */
export interface RulePage {
  readonly id: string
  readonly title: string
  readonly severity: Severity
  /** Why it matters, in Markdown. */
  readonly rationale: string
  readonly examples: { readonly bad: readonly RuleExample[]; readonly good: readonly RuleExample[] }
}
