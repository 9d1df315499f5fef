import { countCaveats, starText } from '../caveats.ts'
import { segmentName } from '../words.ts'
import { headView } from './head.ts'
import { changesLine, historySection, newsOf } from './history.ts'
import { type SegmentRow, segmentRows } from './segments.ts'
import { serverSection } from './server.ts'
import type { Survey } from './survey.ts'
import { toolbar } from './toolbar.ts'
import { type Child, el, foreign, list, type Tree } from './tree.ts'
import { type Doubt, doubtsOf } from './unknowns.ts'

/** With no more problems than this, all of them are open. */
export const FEW = 2

/** What takes time to put together, and is looked through again when somebody searches. */
export interface Contents {
  readonly doubts: readonly Doubt[]
  readonly rows: readonly SegmentRow[]
}
export const contentsOf = (survey: Survey): Contents => ({ doubts: doubtsOf(survey.pairs), rows: segmentRows(survey) })

/** What stands in the lists; null leaves them to the script. */
export type Filling = Readonly<Record<'problems' | 'doubts' | 'findings' | 'segments' | 'waived' | 'devices', Child>> | null

/** Everything between `<body>` and the data. */
export function pageView(survey: Survey, { doubts, rows }: Contents, filling: Filling): Tree[] {
  const { result, live } = survey
  const unknown = survey.pairs.filter(p => p.pxe.verdict === 'unknown').length
  const sections = [
    ['duplicates', 'Duplicates', survey.problems.length + survey.untold.length],
    ['unknown', 'Cannot be judged', unknown],
    ['findings', 'Other findings', survey.others.length],
    ...(result.history ? ([['history', 'Since the last run', newsOf(result)]] as const) : []),
    ['segments', 'All segments', result.segments.length],
    ['accepted', 'Accepted', survey.accepted.length],
    ['devices', 'Devices', result.devices.length],
  ] as const
  const heading = (id: string) => {
    const [, title, number] = sections.find(s => s[0] === id) ?? ['', '', 0]
    return el('h2', { id }, title, ' ', el('span', { class: 'number', id: `number-${id}` }, number))
  }
  const section = (id: string, ...children: readonly Child[]) =>
    el('section', { 'aria-labelledby': id, 'class': 'part' }, heading(id), children)
  const place = (name: keyof NonNullable<Filling>) =>
    el('div', { id: `list-${name}`, class: name === 'problems' ? 'cards' : null }, filling?.[name])
  return [
    el('a', { class: 'skip', href: '#main' }, 'Skip to the findings'),
    headView(survey, changesLine(result)),
    toolbar(sections, live),
    el(
      'main',
      { id: 'main' },
      section('duplicates', problemLead(survey), place('problems'), untold(survey)),
      serverSection(result.server_workarounds ?? [], live),
      section('unknown', el('p', { class: 'lead' }, unknownLead(survey, doubts.length)), place('doubts')),
      section('findings', survey.others.length === 0 && el('p', { class: 'lead' }, 'There are none.'), place('findings')),
      historySection(result),
      section('segments', segmentLead(survey), rows.length > 0 && place('segments')),
      section(
        'accepted',
        el(
          'p',
          { class: 'lead' },
          survey.accepted.length > 0 ? 'Someone decided to live with these, for the reason each one gives.' : 'There are none.',
        ),
        survey.accepted.length > 0 && place('waived'),
      ),
      section('devices', result.devices.length > 0 ? place('devices') : el('p', { class: 'lead' }, 'The audit had no device.')),
    ),
    el(
      'footer',
      {},
      el(
        'p',
        {},
        'Written by ',
        foreign(`${result.tool.name} ${result.tool.version}`),
        ' from configurations as they were collected. It counts what is configured; it does not capture traffic, and it changed nothing on any device.',
      ),
    ),
  ]
}

function problemLead({ problems, accepted, untold, result }: Survey): Child {
  const waived = accepted.filter(f => f.rule === 'duplicate-pxe-relay').length
  return [
    problems.length > 0 &&
      el(
        'p',
        { class: 'lead' },
        'A DHCP relay does not ask which gateway is active: every router that hears a broadcast and relays it adds a copy. Each fix is for a person to apply.',
      ),
    problems.length + untold.length === 0 &&
      el(
        'p',
        { class: 'lead' },
        waived > 0 ? 'None stands.' : result.segments.length > 0 ? 'None was found.' : 'There was no segment to judge.',
      ),
    waived > 0 && el('p', { class: 'lead' }, el('a', { href: '#accepted' }, `${waived} accepted`)),
  ]
}

const unknownLead = ({ result }: Survey, doubts: number): Child =>
  doubts > 0
    ? 'None of these is a pass: a second copy may be hidden behind what is missing. Verdicts are grouped by what keeps them back; a verdict with several reasons is listed under each.'
    : result.segments.length > 0
      ? 'Every segment could be judged.'
      : 'There was no segment to judge.'

function segmentLead(survey: Survey): Child {
  const { result, pairs } = survey
  const unpaired = result.segments.length - new Set(pairs.map(p => p.segmentId)).size
  const star = starText(countCaveats(survey.result))
  return [
    result.segments.length === 0 && el('p', { class: 'lead' }, 'No client segment was seen.'),
    unpaired > 0 && el('p', { class: 'lead' }, `${unpaired} of them could be held against no PXE point.`),
    star !== '' && el('p', { class: 'lead marked' }, star),
  ]
}

const untold = ({ untold }: Survey): Child =>
  untold.length > 0 && [
    el('p', { class: 'lead' }, 'No rule has written these down, so there is neither evidence nor a fix:'),
    list(
      untold.map(p => [
        el('a', { href: `#${p.segmentId}` }, foreign(segmentName(p.segment))),
        el('span', { class: 'soft' }, ' to ', foreign(p.pxe.point)),
      ]),
      { class: 'chips' },
    ),
  ]
