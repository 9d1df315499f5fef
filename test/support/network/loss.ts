// Ways to lose information: a file that is not there, one that is cut, a line that is damaged.
import type { Collected, CollectedText } from '../../../src/model/inventory.ts'
import { parse } from '../../../src/parse/grammar.ts'
import { platformOf } from '../../../src/platforms.ts'
import type { PlannedRouter } from './plan.ts'
import type { Random } from './random.ts'
import { isClosed } from './render.ts'

export interface Loss {
  readonly file: Collected
  /** What was done, for the message of a test that fails. */
  readonly how: string
}

/** The inventory lists the device, and there is nothing to read. */
export const drop = (file: Collected): Loss => ({
  file: { ...file, state: 'failed', reason: 'dropped' } as Collected,
  how: `${file.device} dropped`,
})

/** Cuts at a byte. Where the text cannot show it itself, the snapshot's manifest states the length. */
export function cut(file: CollectedText, router: PlannedRouter, r: Random): Loss {
  const at = r.below(file.text.length)
  const text = file.text.slice(0, at)
  const how = `${router.name} (${router.os}) cut at ${at}: …${JSON.stringify(text.slice(-40))}`
  if (text.trim() === '') return { file: { ...file, state: 'failed', reason: 'empty' } as Collected, how }
  const incomplete = isClosed(router) ? null : `it has ${at} of the ${file.text.length} bytes that the manifest states`
  return { file: { ...file, text, incomplete, platform: r.chance(0.5) ? 'auto' : file.platform }, how }
}

/** Damages one line that a row owns, behind its first word; null where the line drawn has nothing to damage. */
export function damage(file: CollectedText, r: Random): Loss | null {
  const grammar = platformOf(file.platform)?.grammar
  if (!grammar) throw new Error(file.platform)
  const { classOf } = parse(grammar, file.text, () => {})
  const lines = file.text.split('\n')
  const owned = lines.flatMap((line, n) => (OWNED.has(classOf(n + 1)) && /^\s*[^\s}!#/]/.test(line) ? [n] : []))
  if (owned.length === 0) return null
  const at = r.pick(owned)
  const line = lines[at] as string
  const [, indent = '', body = '', end = ''] = /^(\s*)(.*?)([;{\s]*)$/.exec(line) ?? []
  const words = damaged(body.split(/ +/), r)
  if (!words) return null
  // With the last word, the sign that ends the statement may be lost as well.
  const kept = words.length < body.split(/ +/).length && r.chance(0.5) ? end.replace(/[;{]/, '') : end
  lines[at] = `${indent}${words.join(' ')}${kept}`
  return {
    file: { ...file, text: lines.join('\n') },
    how: `${file.device}: ${JSON.stringify(line)} -> ${JSON.stringify(lines[at])}`,
  }
}

const OWNED: ReadonlySet<string> = new Set(['understood', 'ignored'])

function damaged(words: readonly string[], r: Random): readonly string[] | null {
  if (words.length < 2) return null
  const way = r.below(3)
  // A word cut off, or a foreign one put in.
  if (way === 0) return words.slice(0, -1)
  if (way === 1) return words.toSpliced(1 + r.below(words.length), 0, 'XX')
  const numbers = words.flatMap((word, n) => (n > 0 && /^\d+$|\d+\.\d+\.\d+\.\d+/.test(word) ? [n] : []))
  if (numbers.length === 0) return null
  const at = r.pick(numbers)
  return words.with(at, malformed(words[at] as string, r))
}

function malformed(word: string, r: Random): string {
  if (/^\d+$/.test(word)) return `${word}x`
  return r.pick([
    word.replace(/(\d+\.\d+\.\d+)\.\d+/, '$1'),
    word.replace(/(\d+\.\d+\.\d+)\.\d+/, '$1.999'),
    word.replace(/(\d+)$/, '$1x'),
    word.replace('.', ','),
  ])
}
