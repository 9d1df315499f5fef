// On paper everything is there and open, or what a page can say: the findings without their details.
import type { Survey } from '../view/survey.ts'
import type { Section } from './sections.ts'

type Mode = 'summary' | 'full'

/** With more than this, printing without having said how prints the summary: hundreds of pages are for those who ask for them. */
const MOST = { problems: 400, rows: 6_000 }

/** Prepares the page for paper when it is printed, and takes that back. */
export function printing(sections: readonly Section[], survey: Survey): void {
  const root = document.documentElement
  const usual: Mode = survey.problems.length > MOST.problems || survey.pairs.length > MOST.rows ? 'summary' : 'full'
  let mode = usual
  let closed: HTMLDetailsElement[] = []
  addEventListener('beforeprint', () => {
    root.dataset.paper = mode
    if (mode === 'summary') return
    for (const section of sections) section.all()
    // Opening a card fills it, but only after a turn of the browser that paper does not wait for.
    for (;;) {
      const shut = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')]
      if (shut.length === 0) break
      closed = [...closed, ...shut]
      for (const details of shut) {
        details.open = true
        details.dispatchEvent(new Event('toggle'))
      }
    }
  })
  addEventListener('afterprint', () => {
    for (const details of closed) details.open = false
    closed = []
    for (const section of sections) section.renew()
    delete root.dataset.paper
    mode = usual
  })
  for (const wanted of ['summary', 'full'] as const)
    document.getElementById(`print-${wanted}`)?.addEventListener('click', () => {
      mode = wanted
      print()
    })
}
