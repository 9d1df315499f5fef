// Buttons that copy commands.

/** How long a button says that it has done its work, in milliseconds. */
const SAID = 1_500

/** Listens to the buttons of a page. */
export function copying(page: Document): void {
  page.addEventListener('click', event => {
    const button = (event.target as Element).closest<HTMLElement>('[data-copy]')
    const text = button?.closest('.snippet')?.querySelector('code')?.textContent
    if (!button || text === null || text === undefined) return
    void copy(page, text).then(done => {
      button.textContent = done ? 'Copied' : 'Select and copy by hand'
      setTimeout(() => {
        button.textContent = 'Copy'
      }, SAID)
    })
  })
}

/** Puts text on the clipboard; false where the browser does not allow that in any way. */
async function copy(page: Document, text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // Without permission, or from a page that counts as insecure: the way of older browsers.
    const area = page.createElement('textarea')
    area.value = text
    area.className = 'hidden'
    page.body.append(area)
    area.select()
    const done = page.execCommand('copy')
    area.remove()
    return done
  }
}
