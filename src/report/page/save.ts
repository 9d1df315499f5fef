// Hands the result of the audit out again, as the program wrote it.
import type { Result } from '../../model/result.ts'

/** Lets the button save the JSON; `report` reads it back. */
export function saving(result: Result): void {
  document.getElementById('save')?.addEventListener('click', () => {
    const url = URL.createObjectURL(new Blob([`${JSON.stringify(result, null, 2)}\n`], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `pxe-relay-audit-${result.started_at.slice(0, 10)}.json`
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  })
}
