// Choices that one seed decides: the same seed gives the same network on every machine.

export interface Random {
  /** A whole number from 0 up to, and without, `n`. */
  below(n: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  shuffle<T>(items: readonly T[]): T[]
  /** `count` different items, in random order. */
  some<T>(items: readonly T[], count: number): T[]
}

/** Mulberry32, a small generator of 32-bit state. */
export function random(seed: number): Random {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (n: number) => Math.floor(next() * n)
  const shuffle = <T>(items: readonly T[]): T[] => {
    const left = [...items]
    for (let n = left.length; n > 1; n--) {
      const at = below(n)
      const last = left[n - 1] as T
      left[n - 1] = left[at] as T
      left[at] = last
    }
    return left
  }
  return {
    below,
    chance: probability => next() < probability,
    pick: items => items[below(items.length)] as (typeof items)[number],
    shuffle,
    some: (items, count) => shuffle(items).slice(0, count),
  }
}
