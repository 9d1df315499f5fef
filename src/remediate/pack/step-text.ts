// One step of PLAN.md: one device.
import type { About } from './pack.ts'
import type { Paths } from './paths.ts'
import { type Part, reversed, type Step, touched } from './steps.ts'
import { block, code, count, table, text } from './words.ts'

/** What is done on one device, what it risks, how to see that it worked, and the way back. */
export function stepText({ base, parts }: Step, number: number, abouts: ReadonlyMap<string, About>, paths: Paths): string[] {
  const { name, platform } = base
  return [
    `### Step ${number}: ${text(name)} (${text(platform.name)})`,
    '',
    ...table(
      ['segment', 'PXE server', 'finding', 'strategy'],
      parts.flatMap(part => findingRows(part, abouts)),
    ),
    '',
    ...riskText(parts, name),
    '',
    `Enter ${code(paths.forth(name))}:`,
    '',
    ...block(parts.map(p => p.snippet.apply).join('\n')),
    '',
    'Verify:',
    '',
    ...verifyText(parts),
    '',
    `Back out with ${code(paths.back(name))}:`,
    '',
    ...block(
      reversed(parts)
        .map(p => p.snippet.rollback)
        .join('\n'),
    ),
  ]
}

/** The findings of a part. */
const findingRows = ({ candidate, fixes }: Part, abouts: ReadonlyMap<string, About>): string[][] =>
  fixes.map(fingerprint => {
    const about = abouts.get(fingerprint)
    return [
      text(about?.segment.subnets.join(' ') || (about?.segment.id ?? '')),
      text(about?.point ?? ''),
      code(fingerprint),
      code(candidate.plan.strategy),
    ]
  })

/** What may go wrong, and where. */
export function riskText(parts: readonly Part[], device: string): string[] {
  const places = [...new Set(parts.flatMap(p => touched(p.candidate, device)))]
  const shared = parts.filter(p => touched(p.candidate, device).length > 1)
  const cautions = parts.flatMap(({ snippet, candidate }) => [snippet.caution, candidate.plan.remark])
  return [
    `Risk: ${count(places.length, 'interface')} (${places.map(code).join(', ')}); relays to other servers stay as they are. To put a relay back, enter the way back.`,
    ...shared.map(({ candidate, fixes }) => {
      const all = touched(candidate, device).map(code).join(', ')
      return candidate.plan.wide
        ? `- ${fixes.map(code).join(', ')}: one setting for all of ${all}.`
        : `- ${fixes.map(code).join(', ')}: works on a list or group that ${all} share; only the first of them gets other servers.`
    }),
    ...[...new Set(cautions.filter(c => c !== ''))].map(c => `- ${text(c)}`),
  ]
}

/** Commands, and what they answer when the step has worked. */
export function verifyText(parts: readonly Part[]): string[] {
  const rows = parts.flatMap(p => p.snippet.verify.map(({ command, expect }) => [code(command), text(expect)]))
  const once = rows.filter((row, n) => rows.findIndex(other => other.join('\n') === row.join('\n')) === n)
  return table(['command', 'expected answer'], once)
}
