// The keyboard: `/` searches, `j` and `k` go from finding to finding, `?` helps, Escape leaves.
import type { Finding } from '../../model/result.ts'

/** Listens for the keys of the page. */
export function keys(findings: () => readonly Finding[], go: (anchor: string) => void): void {
  const box = document.getElementById('query') as HTMLInputElement
  const dialog = document.getElementById('help-dialog') as HTMLDialogElement
  const help = document.getElementById('help')
  help?.addEventListener('click', () => dialog.showModal())
  document.getElementById('help-close')?.addEventListener('click', () => dialog.close())
  document.addEventListener('keydown', event => {
    const { key, target } = event
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return
    if (target === box) {
      if (key !== 'Escape') return
      event.preventDefault()
      if (box.value !== '') {
        box.value = ''
        box.dispatchEvent(new Event('input'))
      } else box.blur()
      return
    }
    if (key === '/') {
      box.focus()
      box.select()
    } else if (key === '?') dialog.showModal()
    else if (key === 'j' || key === 'k') step(findings(), key === 'j' ? 1 : -1, go)
    else if (key === 'Escape' && box.value !== '') {
      box.value = ''
      box.dispatchEvent(new Event('input'))
    } else return
    event.preventDefault()
  })
}

/** The finding after or before the one where the reader is. */
function step(all: readonly Finding[], by: number, go: (anchor: string) => void): void {
  const here = document.querySelector<HTMLElement>('.here[data-finding]')?.dataset.finding
  const at = all.findIndex(f => f.fingerprint === here)
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]
  if (next) go(`finding-${next.fingerprint}`)
}
