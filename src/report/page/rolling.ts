// Long lists: only what is near the window is there; the rest is a gap as high as what belongs into it.

/** A list that can be as long as it wants. */
export interface Rolling<T> {
  /** Shows other rows. */
  update(rows: readonly T[]): void
  /** Builds what is around a row and returns that row's element; null where the list has no such row. */
  reach(n: number): HTMLElement | null
  /** Builds everything, for paper. */
  all(): void
  /** Goes back from paper to what is near the window. */
  renew(): void
}

interface Kind<T> {
  /** Rows that come and go together. */
  readonly size: number
  /** Whether the first rows are built at once, and not when the browser says that they are in sight. */
  readonly eager?: boolean
  /** Height of a row in pixels, until one has been measured. */
  readonly height: number
  /** An empty element for rows, and what keeps its place while it has none. */
  chunk(): HTMLElement
  gap(height: number): HTMLElement
  row(row: T, n: number): HTMLElement
}

/** How far from the window rows are kept, in pixels. */
const AROUND = 900

/** Fills an element with rows. */
export function rolling<T>(parent: HTMLElement, kind: Kind<T>): Rolling<T> {
  let rows: readonly T[] = []
  let chunks: HTMLElement[] = []
  const filled = new Set<HTMLElement>()
  const heights = new Map<HTMLElement, number>()
  let { height } = kind
  let whole = false
  const sizeOf = (n: number) => Math.min(kind.size, rows.length - n * kind.size)
  const empty = (chunk: HTMLElement, n: number) => {
    const known = heights.get(chunk) ?? height * sizeOf(n)
    filled.delete(chunk)
    chunk.replaceChildren(kind.gap(known))
  }
  const fill = (chunk: HTMLElement, n: number) => {
    if (filled.has(chunk)) return
    filled.add(chunk)
    const from = n * kind.size
    chunk.replaceChildren(...rows.slice(from, from + kind.size).map((row, i) => kind.row(row, from + i)))
  }
  const observer = new IntersectionObserver(
    entries => {
      if (whole) return
      for (const { target, isIntersecting, boundingClientRect } of entries) {
        const chunk = target as HTMLElement
        const n = Number(chunk.dataset.chunk)
        if (isIntersecting) fill(chunk, n)
        else if (filled.has(chunk) && !chunk.contains(document.activeElement)) {
          heights.set(chunk, boundingClientRect.height)
          height = boundingClientRect.height / sizeOf(n)
          empty(chunk, n)
        }
      }
    },
    { rootMargin: `${AROUND}px 0px` },
  )
  return {
    update(next) {
      rows = next
      observer.disconnect()
      filled.clear()
      heights.clear()
      for (const chunk of chunks) chunk.remove()
      chunks = Array.from({ length: Math.ceil(rows.length / kind.size) }, (_, n) => {
        const chunk = kind.chunk()
        chunk.dataset.chunk = `${n}`
        if (whole || (n === 0 && kind.eager)) fill(chunk, n)
        else empty(chunk, n)
        return chunk
      })
      parent.append(...chunks)
      for (const chunk of chunks) observer.observe(chunk)
    },
    reach(n) {
      const at = Math.floor(n / kind.size)
      const chunk = chunks[at]
      if (!chunk) return null
      fill(chunk, at)
      return (chunk.children[n % kind.size] as HTMLElement | undefined) ?? null
    },
    all() {
      whole = true
      chunks.forEach(fill)
    },
    renew() {
      whole = false
      this.update(rows)
    },
  }
}

/** For lists of cards. */
export const cards = {
  chunk: () => document.createElement('div'),
  gap: (height: number) => {
    const gap = document.createElement('div')
    gap.style.height = `${height}px`
    return gap
  },
}

/** For tables of so many columns. */
export const bodies = (columns: number) => ({
  chunk: () => document.createElement('tbody'),
  gap: (height: number) => {
    const row = document.createElement('tr')
    const cell = row.insertCell()
    cell.colSpan = columns
    cell.className = 'gap'
    cell.style.height = `${height}px`
    return row
  },
})
