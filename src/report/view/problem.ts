// One card per problem: what arrives twice, on which ways, which lines do it, why it matters, and what to change.
import type { Finding } from '../../model/result.ts'
import { findingId, type Pair } from '../places.ts'
import { count, failoverText, listed, roleText, SEVERITIES, segmentName } from '../words.ts'
import { diagram } from './diagram.ts'
import { evidenceView } from './evidence.ts'
import { type Path, pathsOf } from './paths.ts'
import { prose } from './prose.ts'
import type { Survey } from './survey.ts'
import { type Child, code, el, fact, foreign, list, type Tree, tag } from './tree.ts'
import { fixState, waysView } from './ways.ts'

/** A card that opens. Its body can be left out until it is opened. */
export function problemCard(finding: Finding, survey: Survey, how: { readonly open: boolean; readonly body: boolean }): Tree {
  const pair = survey.pairOf.get(finding) ?? null
  const tone = finding.waived === null ? SEVERITIES[finding.severity].tone : 'none'
  const fix = fixState(survey.fixes.get(finding.fingerprint) ?? [])
  const devices = pair ? [...new Set(pair.segment.members.map(m => m.device))] : [...new Set(finding.evidence.map(e => e.device))]
  return el(
    'article',
    { 'class': `card ${tone}`, 'data-finding': finding.fingerprint, 'aria-labelledby': `title-${finding.fingerprint}` },
    el(
      'details',
      { open: how.open },
      el(
        'summary',
        {},
        el('span', { class: 'lamp' }, tag(tone, '!', finding.waived === null ? SEVERITIES[finding.severity].label : 'Accepted')),
        el('h3', { id: `title-${finding.fingerprint}` }, titleOf(finding, pair)),
        el('span', { class: 'who' }, foreign(listed(devices))),
        el(
          'span',
          { class: 'gist' },
          pair && [el('strong', {}, count(pair.pxe.copies ?? 0, 'copy', 'copies')), ' '],
          pair && el('span', { class: 'soft' }, FAILOVER[`${pair.pxe.survives_failover}`]),
        ),
        tag(fix.tone, fix.symbol, fix.label),
      ),
      how.body ? problemBody(finding, survey) : el('div', { class: 'body', id: findingId(finding) }),
    ),
  )
}

/** Whether PXE goes on when any one router is lost, in short. */
const FAILOVER: Readonly<Record<string, string>> = {
  true: 'survives a failover',
  false: 'stops at a failover',
  null: 'failover not known',
}

/** The segment and the PXE point; the subject where neither is known. */
export const titleOf = (finding: Finding, pair: Pair | null): Child =>
  pair
    ? [foreign(segmentName(pair.segment)), el('span', { class: 'to' }, ' to '), foreign(pair.pxe.point)]
    : foreign(finding.subject)

/** What the card holds when it is open. */
export function problemBody(finding: Finding, survey: Survey): Tree {
  const { fingerprint, message, waived, rule } = finding
  const pair = survey.pairOf.get(finding) ?? null
  const about = survey.rules.get(rule)
  const workaround = pair && survey.workarounds.get(pair.pxe.point)
  return el(
    'div',
    { class: 'body', id: findingId(finding) },
    el('p', { class: 'message' }, foreign(message)),
    waived !== null && el('p', { class: 'note none' }, el('strong', {}, 'Accepted:'), ' ', foreign(waived)),
    pair && overview(pair, survey, fingerprint),
    el('h4', {}, 'Evidence'),
    evidenceView(finding, pair),
    about && el('details', { class: 'more rationale' }, el('summary', {}, 'Why it matters'), prose(about.rationale)),
    el('h4', {}, 'Fix'),
    waysView(survey.fixes.get(fingerprint) ?? [], fingerprint, survey.live),
    workaround &&
      el(
        'p',
        { class: 'soft' },
        'Until the routers are changed: ',
        el(
          'a',
          { href: `#server-${[...survey.workarounds.keys()].indexOf(workaround.point) + 1}` },
          'what the server itself can do',
        ),
        '.',
      ),
    el(
      'p',
      { class: 'permanent' },
      el('a', { href: `#${findingId(finding)}` }, 'Permanent link'),
      el('span', { class: 'soft' }, ' ', code(rule), ' ', code(fingerprint)),
    ),
  )
}

function overview(pair: Pair, survey: Survey, id: string): Child {
  const { segment, pxe } = pair
  const addresses = survey.addresses.get(pxe.point) ?? []
  const paths = pathsOf(pair)
  return el(
    'div',
    { class: 'overview' },
    diagram(pair, `drawing-${id}`, `ways-of-${id}`),
    el(
      'div',
      {},
      el(
        'dl',
        { class: 'facts' },
        fact('Segment', el('a', { href: `#${pair.segmentId}` }, foreign(segmentName(segment)))),
        fact('Site', foreign(segment.site)),
        fact('VRF', foreign(segment.vrf)),
        fact('PXE point', foreign(pxe.point), addresses.join() !== pxe.point && [' ', code(addresses.join(', '))]),
        fact('Copies', `${count(pxe.copies ?? 0, 'copy', 'copies')} of each request`),
        fact('If one router fails', failoverText(pxe.survives_failover)),
      ),
      el('p', { class: 'over' }, 'Which router relays'),
      list(paths.map(pathText), { class: 'ways-of', id: `ways-of-${id}` }, 'ol'),
    ),
  )
}

const SIGNS: Readonly<Record<Path['kind'], readonly [tone: string, label: string]>> = {
  copy: ['duplicate', 'Copy'],
  waits: ['single', 'Waits'],
  off: ['none', 'Off'],
  none: ['none', 'No relay'],
}

const pathText = ({ member, kind, copy, gated, message }: Path): Child => {
  const [tone, label] = SIGNS[kind]
  return [
    tag(tone, '', copy === null ? label : `${label} ${copy}`),
    el(
      'span',
      {},
      foreign(member.device),
      ' ',
      foreign(member.interface),
      ' · ',
      roleText(member),
      gated && ' · behind a gate',
      el('span', { class: 'soft' }, ' ', foreign(message)),
    ),
  ]
}
