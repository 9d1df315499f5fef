// What can happen to one line of a configuration on its way here, and what of a device must not change without a word.
import type { Device, Interface } from '../../src/model/device.ts'

export interface Damage {
  readonly kind: 'cut' | 'foreign' | 'address' | 'number'
  readonly line: string
}

/** Every damage to a line: its last word lost, a foreign word in it, an address or a number that is none any more. */
export function* damages(line: string): Generator<Damage> {
  const indent = /^\s*/.exec(line)?.[0] ?? ''
  const words = line.trim().split(/\s+/)
  const join = (changed: readonly string[]) => indent + changed.join(' ')
  if (words.length > 1) yield { kind: 'cut', line: join(words.slice(0, -1)) }
  for (let at = 1; at <= words.length; at++) yield { kind: 'foreign', line: join(words.toSpliced(at, 0, 'zzz')) }
  for (const [at, word] of words.entries()) {
    const [, before = '', ip, after = ''] = /^(.*?)(\d+\.\d+\.\d+\.\d+)(.*)$/.exec(word) ?? []
    if (ip !== undefined) {
      for (const bad of [`${ip}x`, ip.replace(/\d+$/, '999'), ip.replace(/\.\d+$/, '')])
        yield { kind: 'address', line: join(words.with(at, before + bad + after)) }
    } else if (/^\d+[;\]]*$/.test(word)) yield { kind: 'number', line: join(words.with(at, word.replace(/^\d+/, '$&x'))) }
  }
}

/** All that a device says, but for the lines it says it on. */
export const factsOf = ({ hostname, pair, interfaces }: Device): string =>
  JSON.stringify({ hostname, pair, interfaces }, (key, value) =>
    key === 'line' || key === 'via_line' ? undefined : key === 'option_82' ? value !== null : value,
  )

/** What is reported, by line and by what it may concern: whatever is new in it was noticed. */
export const complaintsOf = (d: Device): Set<string> =>
  new Set([
    ...d.unrecognized.map(u => `${u.line} ${u.interface}`),
    ...d.unresolved.map(u => `${u.line} ${u.name} ${u.interface}`),
    ...(d.complete === false ? ['incomplete'] : []),
  ])

/** What decides where an interface stands and who is its gateway. Names, leaders and tracking only decide whether a relay is gated. */
const standing = ({ enabled, vrf, addressing, mac, addresses, groups }: Interface): string =>
  JSON.stringify({ enabled, vrf, addressing, mac, addresses, groups }, (key, value) =>
    ['line', 'name', 'follow', 'tracked'].includes(key) ? undefined : value,
  )
const relaying = (i: Interface): string[] => i.relays.filter(r => r.live).map(r => `${r.family} ${r.target} ${r.vrf}`)

/** True when the audit can only find more than before: everything stands where it stood, and relays at least as much. */
export function isLouder(before: Device, after: Device): boolean {
  const byName = new Map(after.interfaces.map(i => [i.name, i]))
  return before.interfaces.every(i => {
    const now = byName.get(i.name)
    if (!now || standing(now) !== standing(i) || (i.option_82 !== null && now.option_82 === null)) return false
    const live = new Set(relaying(now))
    return relaying(i).every(r => live.has(r))
  })
}
