// The top of the page: the verdict, how much it rests on, when and from what it was made.
import { headline } from '../headline.ts'
import { count } from '../words.ts'
import type { Survey } from './survey.ts'
import { type Child, code, el, fact, foreign, list, type Tree } from './tree.ts'

/** Verdict and coverage before anything else. `extra` stands below them: what changed since the last run. */
export function headView(survey: Survey, extra: Child): Tree {
  const { result, pairs } = survey
  const head = headline(result, pairs)
  return el(
    'header',
    { class: 'head' },
    el('p', { class: 'kind' }, 'PXE relay audit'),
    el(
      'h1',
      { class: head.tone },
      el('span', { 'class': 'sign', 'aria-hidden': 'true' }, head.symbol),
      el('span', {}, head.verdict),
    ),
    head.lede !== '' && el('p', { class: 'lede' }, head.lede),
    head.bar.length > 0 &&
      el(
        'svg',
        { 'class': 'bar', 'viewBox': '0 0 100 4', 'preserveAspectRatio': 'none', 'aria-hidden': 'true', 'focusable': 'false' },
        head.bar.map(({ id, x, width }) => el('rect', { class: id, x, y: 0, width, height: 4 })),
      ),
    el(
      'ul',
      { class: 'counts' },
      head.counts.map(({ id, symbol, number, label, meaning, marked }) =>
        el(
          'li',
          { class: id },
          el('span', { 'class': 'sign', 'aria-hidden': 'true' }, symbol),
          ' ',
          el('strong', {}, number),
          ' ',
          survey.live && number > 0
            ? el('a', { class: 'label', href: `#q=verdict:${id}` }, label)
            : el('span', { class: 'label' }, label),
          ' ',
          el(
            'span',
            { class: 'meaning' },
            meaning,
            marked > 0 && ['; ', el('span', { class: 'marked' }, `${marked} with a caveat *`)],
          ),
        ),
      ),
    ),
    el(
      'dl',
      { class: 'facts' },
      el('div', { class: head.coverage.short ? 'short' : null }, el('dt', {}, 'Devices'), el('dd', {}, head.coverage.devices)),
      fact('Coverage', head.coverage.pairs),
      fact('Audited', el('time', { datetime: head.started.iso }, head.started.text)),
      fact(
        'Written by',
        foreign(`${head.tool.name} ${head.tool.version}`),
        survey.rules.size > 0 && ` with its ${count(survey.rules.size, 'rule')}`,
      ),
      head.points.length > 0 &&
        fact(
          'PXE points',
          list(
            head.points.map(({ name, kind, addresses }) => [
              el('strong', {}, foreign(name)),
              el('span', { class: 'soft' }, ` ${kind} `),
              addresses !== '' && addresses !== name && code(addresses),
            ]),
            { class: 'plain' },
          ),
        ),
      sources(survey),
    ),
    extra,
  )
}

/** From which configurations: how many files, and the time between the oldest and the newest capture. */
function sources({ result }: Survey): Child {
  const files = result.devices.filter(d => d.state === 'collected')
  const times = files.flatMap(d => d.collected_at ?? []).sort()
  const [first = '', last = first] = [times[0], times.at(-1)]
  const day = (time: string) => time.slice(0, 16).replace('T', ' ')
  return (
    files.length > 0 &&
    fact(
      'Made from',
      `${count(files.length, 'configuration')}`,
      first !== '' && [
        ', captured ',
        day(first) === day(last) ? '' : [el('time', { datetime: first }, foreign(day(first))), ' to '],
        el('time', { datetime: last }, foreign(`${day(last)} UTC`)),
      ],
    )
  )
}
