// The lists of the page, each with what can be found in it.
import type { DeviceResult, Finding } from '../../model/result.ts'
import { acceptedTable } from '../view/accepted.ts'
import { deviceTable } from '../view/devices.ts'
import { byRule, findingCard, MOST_INFO, ruleHead } from '../view/findings.ts'
import { type Contents, FEW } from '../view/page.ts'
import { problemCard } from '../view/problem.ts'
import type { Item } from '../view/query.ts'
import { type SegmentRow, segmentTable } from '../view/segments.ts'
import type { Survey } from '../view/survey.ts'
import { el } from '../view/tree.ts'
import { doubtCard, doubtId } from '../view/unknowns.ts'
import { count } from '../words.ts'
import { build } from './build.ts'
import type { Findable } from './findable.ts'
import { grid } from './grid.ts'
import { cards, rolling } from './rolling.ts'

/** Tells what fits; null where everything does. */
export type Fits = ((item: Item) => boolean) | null

/** A list with what it takes to search it, to go to something in it, and to print it. */
export interface Section {
  /** The anchor of its heading, under which its number stands. */
  readonly id: string
  readonly total: number
  /** Shows what fits and returns how many that are. */
  filter(fits: Fits): number
  /** The element of an anchor; null where it is not in the list now. */
  reach(anchor: string): HTMLElement | null
  all(): void
  renew(): void
}

const parentOf = (name: string): HTMLElement => document.getElementById(`list-${name}`) ?? document.createElement('div')

/** Findings with a card each. What is open stays open while it is out of sight. */
export function problemSection(
  survey: Survey,
  find: Findable,
  opened: Set<string>,
): Section & { readonly shown: () => readonly Finding[] } {
  const { problems } = survey
  if (problems.length <= FEW) for (const f of problems) opened.add(f.fingerprint)
  let shown = problems
  const rows = rolling<Finding>(parentOf('problems'), {
    ...{ ...cards, size: 25, height: 64, eager: true },
    row: f => build(problemCard(f, survey, { open: opened.has(f.fingerprint), body: opened.has(f.fingerprint) })),
  })
  rows.update(shown)
  return {
    id: 'duplicates',
    total: problems.length + survey.untold.length,
    shown: () => shown,
    filter(fits) {
      shown = fits ? problems.filter(f => fits(find.finding(f))) : problems
      rows.update(shown)
      return shown.length + (fits ? 0 : survey.untold.length)
    },
    reach: anchor => rows.reach(shown.findIndex(f => `finding-${f.fingerprint}` === anchor)),
    all: () => rows.all(),
    renew: () => rows.renew(),
  }
}

/** What could not be judged; of a reason only the segments that fit. */
export function doubtSection(survey: Survey, { doubts }: Contents, find: Findable): Section {
  const all = doubts.map((doubt, n) => ({ doubt, id: doubtId(n) }))
  let shown = all
  const rows = rolling<(typeof all)[number]>(parentOf('doubts'), {
    ...{ ...cards, size: 10, height: 220 },
    row: ({ doubt, id }) => build(doubtCard(doubt, id, survey.files)),
  })
  rows.update(shown)
  const unknown = survey.pairs.filter(p => p.pxe.verdict === 'unknown')
  return {
    id: 'unknown',
    total: unknown.length,
    filter(fits) {
      const left = fits ? new Set(unknown.filter(pair => fits(find.pair(pair)))) : null
      shown = left
        ? all.flatMap(({ doubt, id }) => {
            const pairs = doubt.pairs.filter(pair => left.has(pair))
            return pairs.length > 0 ? [{ id, doubt: { ...doubt, pairs } }] : []
          })
        : all
      rows.update(shown)
      return left ? left.size : unknown.length
    },
    reach: anchor => rows.reach(shown.findIndex(d => d.id === anchor)),
    all: () => rows.all(),
    renew: () => rows.renew(),
  }
}

/** The other findings under their rules. Many for information are folded away until they are asked for, or searched. */
export function findingSection(
  survey: Survey,
  find: Findable,
  unfolded: Set<string>,
): Section & { readonly shown: () => readonly Finding[] } {
  type Row =
    | { readonly finding: Finding }
    | { readonly rule: string; readonly id: string; readonly number: number; readonly folded: boolean }
  const { others } = survey
  let fitting: readonly Finding[] = others
  let shown: readonly Finding[] = others
  let folding = true
  let list: readonly Row[] = []
  const arrange = (fold = folding) => {
    list = byRule(fitting).flatMap(([rule, own], n): Row[] => {
      const id = `rule-${n + 1}`
      const folded = fold && own[0]?.severity === 'info' && own.length > MOST_INFO && !unfolded.has(rule)
      return [{ rule, id, number: own.length, folded }, ...(folded ? [] : own.map(finding => ({ finding })))]
    })
    shown = list.flatMap(row => ('finding' in row ? row.finding : []))
  }
  const rows = rolling<Row>(parentOf('findings'), {
    ...{ ...cards, size: 20, height: 150 },
    row: row =>
      'finding' in row
        ? build(findingCard(row.finding, survey))
        : build(
            el(
              'div',
              {},
              ruleHead(row.rule, row.id, row.number, survey),
              row.folded &&
                el(
                  'button',
                  { 'type': 'button', 'data-unfold': row.rule },
                  `Show ${count(row.number, 'finding')} for information`,
                ),
            ),
          ),
  })
  arrange()
  rows.update(list)
  return {
    id: 'findings',
    total: others.length,
    shown: () => shown,
    filter(fits) {
      fitting = fits ? others.filter(f => fits(find.finding(f))) : others
      folding = fits === null
      arrange()
      rows.update(list)
      return fitting.length
    },
    reach(anchor) {
      const is = (f: Finding) => `finding-${f.fingerprint}` === anchor
      const place = () => list.findIndex(row => 'finding' in row && is(row.finding))
      const folded = place() < 0 && fitting.find(is)
      if (folded) {
        unfolded.add(folded.rule)
        arrange()
        rows.update(list)
      }
      return rows.reach(place())
    },
    all() {
      arrange(false)
      rows.update(list)
      rows.all()
    },
    renew() {
      arrange()
      rows.update(list)
      rows.renew()
    },
  }
}

/** The three tables. */
export function tableSections(survey: Survey, { rows, doubts }: Contents, find: Findable) {
  const { result, accepted } = survey
  return {
    segments: grid<SegmentRow>('segments', segmentTable(survey, doubts), rows, find.row, result.segments.length),
    waived: grid<Finding>('accepted', acceptedTable(survey), accepted, find.finding, accepted.length),
    devices: grid<DeviceResult>('devices', deviceTable(survey), result.devices, find.device, result.devices.length),
  }
}
