// An audit as the formats for pipelines tell it.
import type { Result } from '../model/result.ts'
import type { Account, Notice } from './account.ts'
import { concernsOf, gatheredConcerns, OPEN_RULES, troubleOf } from './concerns.ts'
import { provenFixes } from './fixes.ts'
import { headline } from './headline.ts'
import { pairsOf } from './places.ts'

/** The account of an audit. */
export function accountOf(result: Result): Account {
  const { tool, started_at, exit_code, devices } = result
  const { verdict, lede, tone } = headline(result, pairsOf(result))
  const clean = tone === 'single'
  const said = `${verdict} ${lede}`.trim()
  const unread = devices
    .filter(d => troubleOf(d) !== null)
    .map(({ name, reason, file }): Notice => ({ level: 'error', text: `${name}: ${reason ?? 'not read whole'}`, file }))
  return {
    tool,
    started_at,
    exit_code,
    title: 'PXE relay audit',
    category: tool.name,
    verdict: said,
    clean,
    concerns: concernsOf(result),
    gathered: gatheredConcerns(result),
    openRules: OPEN_RULES,
    fixes: provenFixes(result),
    notices: [{ level: clean ? 'info' : 'warning', text: said, file: null }, ...unread],
  }
}
