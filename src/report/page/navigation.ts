// From the address of the page to what is shown, and back.
import type { Finding } from '../../model/result.ts'
import type { Contents } from '../view/page.ts'
import { problemBody } from '../view/problem.ts'
import { matcher, parseQuery } from '../view/query.ts'
import type { Survey } from '../view/survey.ts'
import { build } from './build.ts'
import { findable } from './findable.ts'
import { doubtSection, findingSection, problemSection, type Section, tableSections } from './sections.ts'
import { readState, type State, stateText } from './state.ts'

export interface Navigation {
  readonly sections: readonly Section[]
  /** Findings in the order in which they are shown. */
  findings(): readonly Finding[]
  /** Goes to an anchor without opening what is there. */
  go(anchor: string): void
}

/** Sets the lists up and follows the address from then on. */
export function navigation(survey: Survey, contents: Contents): Navigation {
  const opened = new Set<string>()
  const unfolded = new Set<string>()
  const find = findable(survey, contents)
  const problems = problemSection(survey, find, opened)
  const findings = findingSection(survey, find, unfolded)
  const tables = tableSections(survey, contents, find)
  const sections = [problems, doubtSection(survey, contents, find), findings, tables.segments, tables.waived, tables.devices]
  const bodies = new Map(survey.problems.map(f => [f.fingerprint, f]))
  const box = document.getElementById('query') as HTMLInputElement
  let state: State = { query: '', at: null, orders: {} }
  let typing = false

  const filter = (query: string) => {
    const asked = parseQuery(query)
    const fits = asked.terms.length > 0 ? matcher(asked) : null
    const found = sections.map(section => {
      const n = section.filter(fits)
      for (const id of [`number-${section.id}`, `count-${section.id}`]) {
        const number = document.getElementById(id)
        if (number) number.textContent = fits ? `${n} of ${section.total}` : `${section.total}`
      }
      return n
    })
    const said = found.every(n => n === 0)
      ? 'Nothing fits.'
      : `${found[0]} of ${problems.total} duplicates, ${found[1]} of ${sections[1]?.total} unknown.`
    const status = document.getElementById('matches')
    if (status) status.textContent = fits ? [...asked.trouble, said].join(' ') : ''
  }

  const reach = (anchor: string) => {
    for (const section of sections) {
      const element = section.reach(anchor)
      if (element) return element
    }
    return document.getElementById(anchor)
  }
  const show = (anchor: string, open: boolean) => {
    const element = reach(anchor)
    if (!element) return false
    const details = element.querySelector<HTMLDetailsElement>(':scope > details')
    const fingerprint = element.dataset.finding
    if (open && details && fingerprint !== undefined) {
      fillBody(element, fingerprint)
      details.open = true
    }
    const target = details?.querySelector<HTMLElement>('summary') ?? element
    if (target === element && !element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1')
    for (const old of document.querySelectorAll('.here')) old.classList.remove('here')
    element.classList.add('here')
    element.scrollIntoView({ block: 'start' })
    target.focus({ preventScroll: true })
    return true
  }

  const apply = (next: State, open = true) => {
    const before = state
    state = next
    if (box.value !== next.query && !typing) box.value = next.query
    for (const table of ['segments', 'waived', 'devices'] as const) tables[table].sort(next.orders[table] ?? null)
    if (before.query !== next.query) filter(next.query)
    if (next.at === null || (next.at === before.at && before.query === next.query && !open)) return
    if (show(next.at, open) || next.query === '') return
    // What a link leads to is shown, whatever was searched for before.
    state = { ...next, query: '' }
    box.value = ''
    filter('')
    history.replaceState(null, '', address(state))
    show(next.at, open)
  }
  const address = (to: State) => stateText(to) || location.pathname + location.search
  const move = (next: State, how: 'push' | 'replace', open = true) => {
    history[how === 'push' ? 'pushState' : 'replaceState'](null, '', address(next))
    apply(next, open)
  }

  const fillBody = (card: HTMLElement, fingerprint: string) => {
    const finding = bodies.get(fingerprint)
    const body = card.querySelector('.body')
    if (finding && body && body.childElementCount === 0) body.replaceWith(build(problemBody(finding, survey)))
  }
  document.addEventListener(
    'toggle',
    ({ target }) => {
      const card = (target as Element).parentElement?.closest<HTMLElement>('article[data-finding]')
      const fingerprint = card?.dataset.finding
      if (!card || fingerprint === undefined || target !== card.firstElementChild) return
      if ((target as HTMLDetailsElement).open) {
        if (!document.documentElement.dataset.paper) opened.add(fingerprint)
        fillBody(card, fingerprint)
      } else if (!document.documentElement.dataset.paper) opened.delete(fingerprint)
    },
    true,
  )
  document.addEventListener('click', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    const at = event.target as Element
    const sort = at.closest<HTMLElement>('[data-sort]')
    const table = sort?.closest('table')?.id.replace('table-', '')
    if (sort?.dataset.sort && table) {
      const column = sort.dataset.sort
      const now = state.orders[table]
      const { [table]: _, ...others } = state.orders
      // A third click takes the order back.
      const orders =
        now?.column !== column
          ? { ...others, [table]: { column, down: false } }
          : now.down
            ? others
            : { ...others, [table]: { column, down: true } }
      return move({ ...state, at: null, orders }, 'push', false)
    }
    const rule = at.closest<HTMLElement>('[data-unfold]')?.dataset.unfold
    if (rule !== undefined) {
      unfolded.add(rule)
      return filter(state.query)
    }
    const href = at.closest('a')?.getAttribute('href')
    if (!href?.startsWith('#')) return
    event.preventDefault()
    const next = readState(href)
    move(href.startsWith('#q=') ? { ...state, query: next.query, at: 'duplicates' } : { ...state, at: next.at }, 'push')
  })
  box.addEventListener('input', () => {
    const how = typing ? 'replace' : 'push'
    typing = true
    move({ ...state, query: box.value.trim(), at: null }, how, false)
  })
  box.addEventListener('blur', () => {
    typing = false
  })
  document.getElementById('search')?.addEventListener('submit', event => event.preventDefault())
  addEventListener('popstate', () => {
    typing = false
    apply(readState(location.hash))
  })
  apply(readState(location.hash))
  find.warm()
  return {
    sections,
    findings: () => [...problems.shown(), ...findings.shown()],
    go: anchor => move({ ...state, at: anchor }, 'replace', false),
  }
}
