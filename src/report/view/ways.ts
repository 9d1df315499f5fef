// The ways to fix a finding: each with what it buys and costs, what to type, how to check it and how to take it back.

import type { StrategyId } from '../../model/remedy.ts'
import type { Remediation } from '../../model/result.ts'
import { type Way, waysOf } from '../ways.ts'
import { snippet, verification } from './snippet.ts'
import { type Child, code, el, foreign, list, tag } from './tree.ts'

const TITLES: Readonly<Record<StrategyId, string>> = {
  'gate': 'Relay on the active router only',
  'pair-dedup': 'Let the pair sort it out',
  'follow-master': 'Let the relay follow the master',
  'remove': 'Keep one relay',
}

/** A way in a few words; the router that goes on relaying is named where there is one. */
export const wayTitle = ({ strategy, keeps }: Pick<Way, 'strategy' | 'keeps'>): Child =>
  keeps === null ? TITLES[strategy] : ['Keep the relay of ', foreign(keeps)]

/** What becomes of a finding, in two words, with the colour for it. */
export function fixState(steps: readonly Remediation[]): {
  readonly tone: string
  readonly symbol: string
  readonly label: string
} {
  const ways = waysOf(steps).filter(w => w.withheld === null)
  if (ways.length === 0) return { tone: 'unknown', symbol: '!', label: 'No fix shown' }
  if (ways.some(w => w.choice === 'person')) return { tone: 'unknown', symbol: '?', label: 'A person must choose' }
  return ways.some(w => w.proven)
    ? { tone: 'single', symbol: '✓', label: 'Proven fix' }
    : { tone: 'unknown', symbol: '!', label: 'Fix not proven' }
}

/** All ways of a finding: as tabs in a page that can switch them, one below the other elsewhere and on paper. */
export function waysView(steps: readonly Remediation[], id: string, live: boolean): Child {
  const ways = waysOf(steps)
  if (ways.length === 0) return el('p', { class: 'soft' }, 'The audit proposes none for this finding.')
  const open = ways.filter(w => w.withheld === null)
  const closed = ways.filter(w => w.withheld !== null)
  const tabs = live && open.length > 1
  return [
    open.some(w => w.choice === 'person') &&
      el(
        'p',
        { class: 'note unknown' },
        el('strong', {}, 'A person must choose. '),
        'Nothing in the configurations tells which of these ways is the right one.',
      ),
    tabs &&
      el(
        'div',
        { class: 'tabs', role: 'tablist', 'aria-label': 'Ways to fix it' },
        open.map((way, n) =>
          el(
            'button',
            {
              ...{ 'type': 'button', 'role': 'tab', 'id': `tab-${id}-${n}`, 'aria-controls': `way-${id}-${n}` },
              ...{ 'aria-selected': n === 0 ? 'true' : 'false', 'tabindex': n === 0 ? 0 : -1 },
            },
            wayTitle(way),
            badge(way),
          ),
        ),
      ),
    open.map((way, n) =>
      el(
        'section',
        {
          ...{ 'class': 'way', 'id': `way-${id}-${n}`, 'hidden': tabs && n > 0 },
          ...(tabs ? { 'role': 'tabpanel', 'aria-labelledby': `tab-${id}-${n}`, 'tabindex': 0 } : {}),
        },
        el('h5', { class: tabs ? 'hidden paper' : null }, wayTitle(way), badge(way)),
        wayView(way, live),
      ),
    ),
    open.length === 0 &&
      el('p', { class: 'note unknown' }, el('strong', {}, 'No fix is shown. '), 'Each way was tried, and none could be proven.'),
    list(
      closed.map(way => [
        el('strong', {}, open.length === 0 ? TITLES[way.strategy] : `Not offered: ${TITLES[way.strategy].toLowerCase()}`),
        '. ',
        foreign(way.withheld ?? ''),
        cautions(way).map(text => [' ', foreign(text)]),
      ]),
      { class: 'remarks withheld' },
    ),
  ]
}

const BADGES: Readonly<Partial<Record<Remediation['choice'], string>>> = { default: 'recommended' }

const badge = ({ choice }: Way): Child => BADGES[choice] && [' ', el('span', { class: 'badge' }, BADGES[choice])]

/** What a withheld way says besides its reason. */
const cautions = ({ steps, withheld }: Way): string[] =>
  [...new Set(steps.map(s => s.caution))].filter(text => text !== '' && text !== withheld)

function wayView({ steps, proven, trade_off, caution: said }: Way, live: boolean): Child {
  // What is to be minded on every device is said once.
  const caution = steps.every(s => s.caution === said) ? said : ''
  return [
    el('p', { class: 'trade' }, foreign(trade_off)),
    proven
      ? el(
          'p',
          { class: 'mark' },
          tag('single', '✓', 'Proven'),
          ' Applied to the configurations, it removed this finding, added no error or warning, changed no other verdict, and came off without a trace.',
        )
      : el(
          'p',
          { class: 'mark' },
          tag('unknown', '!', 'Not proven'),
          ' The audit could not show that this removes the finding and changes nothing else.',
        ),
    caution !== '' && el('p', { class: 'caution' }, el('strong', {}, 'Mind:'), ' ', foreign(caution)),
    el(
      'div',
      { class: 'columns' },
      steps.map((step, n) =>
        el(
          'section',
          { class: 'panel' },
          el(
            'h6',
            {},
            foreign(step.device),
            steps.length > 1 && el('span', { class: 'soft' }, ` step ${n + 1} of ${steps.length}`),
          ),
          step.caution !== caution &&
            step.caution !== '' &&
            el('p', { class: 'caution' }, el('strong', {}, 'Mind:'), ' ', foreign(step.caution)),
          snippet('Apply', step.apply, 'the commands of the fix', live),
          verification(step.verify),
          snippet('Roll back', step.rollback, 'the commands that take the fix back', live),
        ),
      ),
    ),
  ]
}

/** The way to take first, on one line, for lists. */
export const firstWay = (steps: readonly Remediation[]): Child => {
  const [way] = waysOf(steps).filter(w => w.withheld === null)
  return way && [wayTitle(way), way.steps.map(step => [' ', code(`${step.device}: ${step.apply}`)])]
}
