// Names of devices and PXE points as names of files: whatever they are, they stay in their folder and apart from one another.
import { createHash } from 'node:crypto'

/** Names that Windows keeps for itself, with any ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
const PLAIN = /^[A-Za-z0-9](?:[\w.-]{0,62}[\w-])?$/

/** A name without ending for each; the name itself where that is safe, otherwise what is left of it and a digest. */
export function fileNames(names: Iterable<string>): ReadonlyMap<string, string> {
  const all = [...new Set(names)]
  const seen = new Map<string, number>()
  // Two names that differ in case alone are one file on some systems.
  for (const name of all) seen.set(name.toLowerCase(), (seen.get(name.toLowerCase()) ?? 0) + 1)
  return new Map(
    all.map(name => {
      const plain = PLAIN.test(name) && !RESERVED.test(name) && !DIGESTED.test(name) && seen.get(name.toLowerCase()) === 1
      return [name, plain ? name : digested(name)]
    }),
  )
}

/** What `digested` makes, so that no name is taken for one of those. */
const DIGESTED = /-[0-9a-f]{8}$/

function digested(name: string): string {
  const rest = name
    .replaceAll(/[^A-Za-z0-9_-]+/g, '_')
    .replace(/^[_-]+/, '')
    .slice(0, 40)
  return `${rest || 'name'}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
}
