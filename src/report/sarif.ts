// SARIF 2.1.0, as code scanners and editors read it: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
import { gzipSync } from 'node:zlib'
import type { Account } from './account.ts'
import type { Concern } from './concern.ts'
import type { ReportContext } from './formats.ts'
import { type Notification, notificationsOf } from './sarif/notifications.ts'
import { sarifResult } from './sarif/results.ts'
import { ruleDescriptors } from './sarif/rules.ts'
import { count } from './words.ts'

/**
 * GitHub refuses files with more results in a run, or more bytes when compressed; it shows the first 5,000 of a run, by severity.
 * https://docs.github.com/code-security/reference/code-scanning/sarif-files/troubleshoot-sarif-uploads
 */
const MOST_RESULTS = 25_000
const SHOWN_RESULTS = 5_000
const MOST_BYTES = 10_000_000

/**
 * One run. Findings are results of kind `fail`; accepted ones carry a suppression. What could not be judged is of kind `open`,
 * under rules of its own (`openRules`) or that of an earlier finding, because readers that do not know the kind take every result for a problem. Results
 * are sorted worst first, and those that do not fit are left out from the end, which a notification then says.
 */
export function sarif(account: Account, context: Pick<ReportContext, 'folder' | 'rules'>): string {
  const { concerns } = account
  let kept = Math.min(concerns.length, MOST_RESULTS)
  for (;;) {
    const text = render(account, concerns.slice(0, kept), concerns.length, context)
    const bytes = text.length > MOST_BYTES ? gzipSync(text).length : text.length
    if (bytes <= MOST_BYTES || kept === 0) return text
    // A little less than the share that fits, so that a second round is rare.
    kept = Math.floor(Math.min(kept - 1, kept * (MOST_BYTES / bytes) * 0.95))
  }
}

function render(
  account: Account,
  kept: readonly Concern[],
  all: number,
  { folder, rules }: Pick<ReportContext, 'folder' | 'rules'>,
) {
  const descriptors = ruleDescriptors(rules, account.openRules, kept)
  const indexes = new Map(descriptors.map(({ id }, n) => [id, n]))
  const { tool, started_at, exit_code, category, fixes } = account
  const run = {
    tool: {
      driver: { name: tool.name, semanticVersion: tool.version, rules: descriptors },
    },
    // What GitHub calls the category stands before the slash, the run behind it.
    automationDetails: { id: `${category}/${started_at}` },
    invocations: [
      {
        executionSuccessful: true,
        startTimeUtc: started_at,
        exitCode: exit_code,
        toolExecutionNotifications: [...limits(kept.length, all), ...notificationsOf(account, folder)],
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: kept.map(concern =>
      sarifResult(concern, { folder, ruleIndex: indexes.get(concern.rule) ?? -1, fix: fixes.get(concern.fingerprint) }),
    ),
  }
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }
  return `${JSON.stringify(log, null, 2)}\n`
}

function limits(kept: number, all: number): Notification[] {
  const cut = `${count(all - kept, 'result')} of ${all} ${all - kept === 1 ? 'is' : 'are'} left out, the least severe ones, because code scanning takes no more than ${MOST_RESULTS} in a run and ${MOST_BYTES} bytes when compressed.`
  const hidden = `Of ${kept} results GitHub shows the ${SHOWN_RESULTS} most severe ones.`
  return [
    ...(kept < all ? [{ level: 'warning' as const, message: { text: cut } }] : []),
    ...(kept > SHOWN_RESULTS ? [{ level: 'note' as const, message: { text: hidden } }] : []),
  ]
}
