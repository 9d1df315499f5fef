// A change tried on a device: its snippets behind its configuration, read again. Proofs of fixes do the same.
import type { Appended, Device } from '../model/device.ts'
import { whereIs } from '../model/place.ts'
import { readDevice } from '../parse/assemble.ts'
import { linesAt } from '../parse/lines.ts'
import { doubtfulLines, foreignLines, promptIn } from '../parse/typed.ts'
import { known } from './known.ts'
import type { ReadPart, ReadSource } from './read.ts'
import { tryOn } from './trial.ts'

/** A file with lines for a device. */
export interface Lines {
  readonly file: string
  readonly text: string
}

/** A line that was not understood. */
export interface Refused {
  readonly file: string
  readonly line: number
  readonly text: string
  /** The platform in whose words it is, where that is another one. */
  readonly as: string | null
}

/** What became of a device that was told some lines. */
export interface Tried {
  readonly part: ReadPart
  /** Lines of the snippets that were not understood, with their places in these. */
  readonly refused: readonly Refused[]
}

/** Tries snippets on a device, one behind the other; null where its configuration has changed since it was read. */
export function tryChange({ result, read }: ReadPart, snippets: readonly Lines[]): Tried | null {
  const { source, placed, from } = read
  const text = source.text()
  if (text === null) return null
  const appended: Appended[] = []
  let after = lineFeeds(text) + 1
  for (const { file, text } of snippets) {
    appended.push({ file, after })
    after += lineFeeds(text) + 1
  }
  const change = snippets.map(s => s.text).join('\n')
  const whole = `${text}\n${change}\n`
  const [{ after: base }] = appended as [Appended, ...Appended[]]
  const tried = tryOn(source, text, change)
  const { platform } = source
  const others = known.platforms.filter(p => p.id !== platform.id)
  const foreign = new Map(foreignLines(platform, others, whole, base).map(f => [f.line, f.as]))
  const told = new Set(tried.unrecognized.map(u => u.line))
  const doubtful = [...new Set([...doubtfulLines(platform, whole, base), ...foreign.keys()])].filter(line => !told.has(line))
  const quoted = linesAt(whole, doubtful)
  // Nobody knows what they do: they may concern any interface, and place it anywhere.
  const more = doubtful.map(line => ({ line, text: quoted.get(line) ?? '', interface: null, places: true }))
  const unrecognized = [...tried.unrecognized, ...more].sort((a, b) => a.line - b.line)
  const device: Device = { ...tried, unrecognized, appended }
  return {
    part: {
      result: {
        ...result,
        complete: device.complete,
        reason: device.complete === false && result.complete !== false ? device.incomplete : result.reason,
      },
      read: {
        placed: { ...placed, device },
        source: { device, platform, text: () => whole },
        from: { ...from, sha256: '' },
      },
    },
    refused: unrecognized
      .filter(u => u.line > base)
      .map(u => ({ ...whereIs(device, u.line), text: u.text, as: foreign.get(u.line) ?? null })),
  }
}

const lineFeeds = (text: string) => text.split('\n').length - 1

/** Why a snippet is not what it is taken for, in words; null where nothing speaks against it. */
export function mistaken({ platform, device }: ReadSource, { file, text }: Lines): string | null {
  const prompt = promptIn(text)
  if (prompt !== null) return `line ${prompt} of ${file} begins with the prompt of a device; give the commands alone`
  const { hostname, interfaces } = readDevice(platform, { device: device.device, file, text })
  const known = new Set(device.interfaces.map(i => i.name))
  const both = interfaces.filter(i => known.has(i.name)).length
  if (hostname === null || both === 0 || both * 2 < known.size) return null
  return `${file} is a whole configuration, of ${hostname}, and not a change to one; put it into a folder with the others and name that with --proposed`
}
