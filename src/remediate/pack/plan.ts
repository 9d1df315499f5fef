// PLAN.md: what a person reads before anything is entered anywhere.
import { TRADE_OFFS } from '../../model/remedy.ts'
import { choicesText } from './choices.ts'
import type { About, Outcome, Pack, State } from './pack.ts'
import { type Paths, PLAYS } from './paths.ts'
import { serverText } from './server-files.ts'
import { stepText } from './step-text.ts'
import type { Step } from './steps.ts'
import { code, count, table, text } from './words.ts'

/** The whole plan. */
export function planText(pack: Pack, steps: readonly Step[], paths: Paths): string {
  const { outcomes } = pack
  const abouts = new Map(outcomes.map(o => [o.about.fingerprint, o.about]))
  const sections = [
    head(pack),
    summary(pack, steps),
    ...(steps.length === 0 ? [] : [beforehand(steps), ...sitesOf(steps, abouts, paths)]),
    choicesText(pack, abouts, paths),
    leftOut(outcomes),
    serverText(pack, paths),
    ...(steps.length === 0 ? [] : [ansible(steps)]),
  ]
  return `${sections
    .filter(s => s.length > 0)
    .map(s => s.join('\n'))
    .join('\n\n')}\n`
}

const head = ({ tool, created_at, result }: Pack): string[] => [
  '# Change plan: one copy of each PXE request',
  '',
  `Made by ${tool.name} ${tool.version} at ${created_at} from ${code(result.file)} (audit of ${result.started_at}, SHA-256 ${code(result.sha256)}).`,
  'The configurations behind every step were read again and are those that were audited; `manifest.json` has the SHA-256 of each. If one has',
  'changed by the time of the change, audit again and make a new pack.',
]

const COUNTED: readonly (readonly [State, string])[] = [
  ['change', 'in the files of this change, proven'],
  ['choice', 'for a person to choose, below'],
  ['server', 'left to the boot server, below'],
  ['withheld', 'without a fix that could be proven, below'],
  ['refused', 'refused because a configuration is not what was audited, below'],
  ['accepted', 'accepted by a waiver or a baseline, and left alone'],
]

function summary({ outcomes, change }: Pack, steps: readonly Step[]): string[] {
  const rows = COUNTED.map(([state, label]) => [String(outcomes.filter(o => o.state === state).length), label])
  const strategies = [...new Set(change.fixes.map(f => f.candidate.plan.strategy))]
  return [
    '## Summary',
    '',
    ...table(
      ['duplicates', ''],
      rows.filter(([n]) => n !== '0'),
    ),
    ...(steps.length === 0
      ? []
      : [
          '',
          `${count(steps.length, 'device')} ${steps.length === 1 ? 'is' : 'are'} changed. All files together were applied to the configurations in memory and audited: each of these`,
          'duplicates goes, no finding comes, every other verdict and setting stays, and the files of `rollback/` restore what was there.',
          '',
          ...strategies.map(s => `- ${code(s)}: ${text(TRADE_OFFS[s])}`),
        ]),
  ]
}

function beforehand(steps: readonly Step[]): string[] {
  const platforms = [...new Map(steps.map(s => [s.base.platform.id, s.base.platform])).values()]
  return [
    '## How to enter a file',
    '',
    'One step after the other, and each verified before the next. The next day, audit again: the duplicates must be gone.',
    ...platforms.flatMap(({ name, change }) => [
      '',
      `### ${text(name)}`,
      '',
      ...change.before.map(s => `- Before: ${s}`),
      '- Paste the file, and read every answer: a line that is refused ends the step, and the way back is entered.',
      ...change.keep.map(s => `- Then: ${s}`),
      ...change.undo.map(s => `- Back out: ${s}`),
    ]),
  ]
}

function sitesOf(steps: readonly Step[], abouts: ReadonlyMap<string, About>, paths: Paths): string[][] {
  const sites = [...new Set(steps.map(s => s.base.site))]
  let number = 0
  return sites.map(site => [
    `## Site ${text(site)}`,
    ...steps.filter(s => s.base.site === site).flatMap(step => ['', ...stepText(step, ++number, abouts, paths)]),
  ])
}

const TITLES: Readonly<Partial<Record<State, string>>> = {
  withheld: 'Nothing could be proven',
  refused: 'Refused',
  accepted: 'Accepted',
}

function leftOut(outcomes: readonly Outcome[]): string[] {
  const rows = outcomes
    .filter(o => o.state in TITLES)
    .map(({ about, state, reason }) => [
      text(about.segment.subnets.join(' ') || about.segment.id),
      text(about.point),
      code(about.fingerprint),
      `${TITLES[state]}: ${text(reason ?? '')}`,
    ])
  return rows.length === 0 ? [] : ['## Left out', '', ...table(['segment', 'PXE server', 'finding', 'why'], rows)]
}

function ansible(steps: readonly Step[]): string[] {
  const texts = steps.some(s => s.base.platform.change.ansible.takes === 'text')
  return [
    '## With Ansible instead',
    '',
    `${code(PLAYS.forth)} makes the same change, one device after the other, and ${code(PLAYS.back)} takes it back; use either these or the files.`,
    'Every line is sent as it stands (`match: none`), nothing is saved, and a device that refuses a line ends the run. Verify each step by hand.',
    ...(texts
      ? [
          'Junos is sent its commands with `ansible.netcommon.cli_config`, which commits at once: `junos_config` is documented for lines with `set` and',
          '`delete` alone, and leaves out a `delete` of what the change itself has put there. For `commit confirmed`, paste the file.',
        ]
      : []),
  ]
}
