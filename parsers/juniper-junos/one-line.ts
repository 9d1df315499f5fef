// Several statements that are typed on one line, as configuration mode takes them. Sources and quirks: README.md beside this file.

/** Statements with one value that others of their level may follow on a typed line, by the level they are below. */
const LEAVES: Readonly<Record<string, ReadonlySet<string>>> = {
  'interfaces': new Set(['description', 'mtu', 'encapsulation', 'native-vlan-id', 'speed']),
  'forwarding-options': new Set(['description', 'access-profile', 'service-profile']),
  'vlans': new Set(['description', 'vlan-id', 'l3-interface', 'routing-interface', 'service-id', 'domain-type']),
  'bridge-domains': new Set(['description', 'vlan-id', 'l3-interface', 'routing-interface', 'service-id', 'domain-type']),
  'routing-instances': new Set(['description', 'instance-type', 'route-distinguisher']),
}
/** Words that a name follows. */
const NAMING = new Set(['interfaces', 'interface-range', 'interface', 'group', 'server-group', ...Object.keys(LEAVES)])
const PARTS = new Set([...Object.keys(LEAVES), 'logical-systems', 'tenants'])

/** Where the levels begin that are meant, behind the system, the instance or the group they are in. */
function levelAt(words: readonly string[]): number {
  let at = 0
  while (/^(groups|logical-systems|tenants|routing-instances)$/.test(words[at] ?? '') && PARTS.has(words[at + 2] ?? '')) at += 2
  return at
}

/** `interfaces irb unit 10 description PXE family inet ...` are two statements. */
export function several(words: readonly string[]): readonly (readonly string[])[] {
  const top = levelAt(words)
  const leaves = LEAVES[words[top] ?? '']
  const at =
    leaves === undefined ? -1 : words.findIndex((word, i) => i > top && leaves.has(word) && !NAMING.has(words[i - 1] ?? ''))
  if (at < 0 || at + 2 >= words.length) return [words]
  return [words.slice(0, at + 2), ...several([...words.slice(0, at), ...words.slice(at + 2)])]
}

/** What lies inside of an interface, and where behind the level it stands when nothing came before it. */
const PLACES = [
  ['unit', 2],
  ['family', 4],
  ['address', 6],
] as const
/** What says where an interface belongs, at the level of a VLAN and of an instance, and statements there that it might be typed behind. */
const BELONGING: Readonly<Record<string, { readonly word: RegExp; readonly behind: RegExp }>> = {
  'vlans': { word: /^(l3-interface|routing-interface|vlan-id)$/, behind: /^/ },
  'bridge-domains': { word: /^(l3-interface|routing-interface|vlan-id)$/, behind: /^/ },
  'routing-instances': { word: /^(interface|instance-type)$/, behind: /^(interface|no-\S+|vrf-\S+|vtep-source-interface)$/ },
}

/** What may stand there, where a keyword does, by the place of that: `set interfaces irb u 10 disa` is how a person types it. */
function isShort(level: readonly string[]): boolean {
  const [first = '', , statement = '', , inner = '', , innermost = ''] = level
  const begins = (word: string, ...full: readonly string[]) => word !== '' && full.some(f => f !== word && f.startsWith(word))
  if (first === 'vlans' || first === 'bridge-domains')
    return begins(statement, 'vlan-id', 'l3-interface', 'routing-interface', 'forwarding-options')
  if (first !== 'interfaces' || /^interface-(range|set)$/.test(level[1] ?? '')) return false
  if (statement !== 'unit') return begins(statement, 'unit', 'disable', 'enable')
  return inner === 'family' ? begins(innermost, 'address') : begins(inner, 'family', 'disable', 'enable', 'vlan-id')
}

/** `interfaces irb unit 10 bandwidth 1g family inet ...`: what stands between is a statement that is not known, or a word too many. */
export function strays(words: readonly string[]): boolean {
  const top = levelAt(words)
  const level = words.slice(top)
  const [first = '', name = '', statement = ''] = level
  if (isShort(level)) return true
  if (first === 'interfaces' && !/^interface-(range|set)$/.test(name)) {
    const [word, place] = PLACES.find(([word, place]) => level.indexOf(word, place) !== place) ?? ['', 0]
    const at = level.indexOf(word, place)
    return at > 0 && at + 1 < level.length
  }
  const { word, behind } = BELONGING[first] ?? {}
  return word !== undefined && behind?.test(statement) === true && level.some((w, i) => i > 3 && word.test(w))
}
