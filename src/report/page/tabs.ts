// Ways to fix something, as tabs: one is shown, the arrow keys go to its neighbours.

/** Listens to the tabs of a page. */
export function tabs(page: Document): void {
  page.addEventListener('click', event => {
    const tab = (event.target as Element).closest<HTMLElement>('[role=tab]')
    if (tab) choose(tab)
  })
  page.addEventListener('keydown', event => {
    const tab = (event.target as Element).closest<HTMLElement>('[role=tab]')
    const all = tab ? siblings(tab) : []
    const by = { ArrowRight: 1, ArrowLeft: -1, Home: -all.length, End: all.length }[event.key]
    if (!tab || by === undefined) return
    event.preventDefault()
    const at = all.indexOf(tab)
    const next = all[Math.abs(by) === 1 ? (at + by + all.length) % all.length : by < 0 ? 0 : all.length - 1]
    if (!next) return
    choose(next)
    next.focus()
  })
}

const siblings = (tab: HTMLElement): HTMLElement[] => [...(tab.parentElement?.querySelectorAll<HTMLElement>('[role=tab]') ?? [])]

function choose(chosen: HTMLElement): void {
  for (const tab of siblings(chosen)) {
    tab.setAttribute('aria-selected', `${tab === chosen}`)
    tab.setAttribute('tabindex', tab === chosen ? '0' : '-1')
    const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '')
    if (panel) panel.hidden = tab !== chosen
  }
}
