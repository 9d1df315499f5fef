// A change as the formats for pipelines tell it.
import type { Validation } from '../../model/validation.ts'
import type { Account } from '../account.ts'
import { oneLine } from '../brevity.ts'
import { legibleText } from '../legible.ts'
import { verdictOf, withoutEffect } from '../validation.ts'
import { CHANGE_RULES, changeConcerns, gatheredChangeConcerns } from './concerns.ts'

/**
 * The account of a change.
 *
 * SARIF has states for all that a comparison tells (`baselineState`, 3.27.24), and here are only `new` and `updated` ones: code
 * scanning of GitHub does not read the state, so that `unchanged` results of a pull request would be alerts that it raises, and
 * `absent` ones alerts for what it fixes. How many there are is in the first notification; csv, ndjson and json list them. For the
 * same reason the category is not that of audits: beside one of those, all that is not listed here would count as fixed.
 */
export function changeAccount(validation: Validation): Account {
  const { tool, started_at, exit_code, findings, incomplete, changes, current, proposed } = validation
  const using = changes.length > 0 ? `with ${[...new Set(changes.map(c => c.file))].join(', ')}` : `against ${proposed.from}`
  const said = [verdictOf(validation), ...withoutEffect(validation), `(${current.from} ${using})`]
  const verdict = oneLine(legibleText(said.join(' ')))
  const faults = findings.introduced.filter(f => f.after?.waived === null && f.after.severity !== 'info').length
  const clean = faults === 0 && incomplete.length === 0
  return {
    tool,
    started_at,
    exit_code,
    title: 'PXE relay change',
    category: `${tool.name}/validate`,
    verdict,
    clean,
    concerns: changeConcerns(validation),
    gathered: gatheredChangeConcerns(validation),
    openRules: CHANGE_RULES,
    fixes: new Map(),
    notices: [
      { level: clean ? 'info' : 'warning', text: verdict, file: null },
      ...incomplete.map(text => ({ level: 'warning' as const, text, file: null })),
    ],
  }
}
