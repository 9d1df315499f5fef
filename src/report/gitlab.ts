// GitLab Code Quality: what a merge request adds and takes away, shown beside the lines.
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
import type { Account } from './account.ts'
import { cutText, oneLine } from './brevity.ts'
import type { Concern } from './concern.ts'
import type { ReportContext } from './formats.ts'
import { legibleText } from './legible.ts'
import { placeOf } from './paths.ts'

/** GitLab knows info, minor, major, critical and blocker. */
const SEVERITY = { error: 'critical', warning: 'minor', info: 'info' } as const
/** What could not be judged may be worth as much as an error. */
const OPEN = 'major'
const LONGEST = 2_000

/**
 * The findings and what could not be judged, as JSON. Accepted findings are left out, for GitLab takes everything here for a
 * fault; with `--show-waived` they are there for information.
 */
export function gitlab({ concerns }: Account, { folder, text }: Pick<ReportContext, 'folder' | 'text'>): string {
  const issues = concerns.filter(c => c.accepted === null || text.waived).map(concern => issueOf(concern, folder))
  return `${JSON.stringify(issues, null, 2)}\n`
}

function issueOf({ rule, level, fingerprint, message, subject, accepted, evidence, open }: Concern, folder: string) {
  const [first] = evidence
  const said = oneLine(legibleText(accepted === null ? message : `${message} (accepted: ${accepted})`))
  return {
    description: cutText(said, LONGEST),
    check_name: rule,
    fingerprint,
    severity: accepted !== null ? 'info' : open && level !== 'info' ? OPEN : SEVERITY[level],
    location: {
      // GitLab wants a path for everything: what has no file is shown under its own name.
      path: oneLine(legibleText(first?.file ? placeOf(first.file, folder).path : subject)),
      lines: { begin: Math.max(1, first?.line ?? 1) },
    },
  }
}
