// What a pattern is made of, and the words that tell rows of one keyword apart.

/** One part of a pattern. */
export type Step =
  | { readonly kind: 'literal'; readonly word: string }
  | { readonly kind: 'choice'; readonly words: ReadonlySet<string> }
  | { readonly kind: 'capture'; readonly name: string; readonly read: (word: string) => unknown }
  | {
      readonly kind: 'rest'
      readonly name: string
      readonly split: boolean
      readonly fits: ((text: string) => boolean) | undefined
    }
  | { readonly kind: 'optional'; readonly flag: string | undefined; readonly steps: readonly Step[] }

/** The next fixed words behind a keyword, and where they can stand, counted from the start of the statement. */
export interface Telling {
  readonly words: ReadonlySet<string>
  readonly from: number
  readonly to: number
}

/** Finds them; undefined where no word is fixed. `owned`: how many words the keyword has. */
export function tellingOf(steps: readonly Step[], owned: number): Telling | undefined {
  let from = owned
  let to = owned
  for (const s of steps.slice(owned)) {
    if (s.kind === 'literal') return { words: new Set([s.word]), from, to }
    if (s.kind === 'choice') return { words: s.words, from, to }
    if (s.kind === 'rest') return undefined
    to += s.kind === 'optional' ? longest(s.steps) : 1
    if (s.kind !== 'optional') from++
    if (to === Number.POSITIVE_INFINITY) return undefined
  }
  return undefined
}

/** The most words the steps can take. */
const longest = (steps: readonly Step[]): number =>
  steps.reduce((n, s) => n + (s.kind === 'optional' ? longest(s.steps) : s.kind === 'rest' ? Number.POSITIVE_INFINITY : 1), 0)

/** False when the words cannot fit, judged by one look; saves most of the attempts. */
export function mayMatch(telling: Telling | undefined, words: readonly string[], from: number): boolean {
  if (!telling) return true
  for (let at = from + telling.from; at <= from + telling.to; at++) {
    if (at >= words.length || telling.words.has(words[at] as string)) return true
  }
  return false
}
