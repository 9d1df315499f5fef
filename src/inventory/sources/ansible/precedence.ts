// Which of many values a host gets (docs.ansible.com, how variables are merged; variable precedence).
import type { Given } from '../sourced.ts'
import type { AnsibleInventory, Group, Host, Vars } from './model.ts'

/** What holds for one host. */
export interface Resolved {
  readonly host: Host
  readonly value: (name: string) => Given | undefined
  /** Its groups and theirs, but for those that everybody is in. */
  readonly groups: readonly string[]
}

/** In these every host is, so they tell nothing. */
const EVERYBODY = new Set(['all', 'ungrouped'])

/** Works out every host. A group that holds itself is told, and the link that closes the circle is left out. */
export function resolve(inventory: AnsibleInventory): Resolved[] {
  const { groups, hosts, notices } = inventory
  const parents = new Map<string, Set<string>>()
  /** Everybody is in `all`, so it leads everywhere. */
  const reaches = (from: string, to: string, met = new Set<string>()): boolean => {
    if (from === to || from === 'all') return true
    if (met.has(from)) return false
    met.add(from)
    return [...(groups.get(from)?.children.keys() ?? [])].some(child => reaches(child, to, met))
  }
  for (const group of groups.values()) {
    // A copy, as links are taken away underway.
    for (const [child, place] of [...group.children]) {
      group.children.delete(child)
      if (group.name !== 'all' && reaches(child, group.name)) {
        notices.push(`${place}: group ${group.name} holds ${child}, which holds it in turn; this is left out`)
        continue
      }
      group.children.set(child, place)
      parents.set(child, (parents.get(child) ?? new Set()).add(group.name))
    }
  }
  const depths = new Map<string, number>()
  const depthOf = (name: string): number => {
    const known = depths.get(name)
    if (known !== undefined) return known
    const above = [...(parents.get(name) ?? [])].filter(p => p !== 'all')
    const depth = name === 'all' ? 0 : 1 + Math.max(0, ...above.map(depthOf))
    depths.set(name, depth)
    return depth
  }
  const direct = new Map<string, string[]>()
  for (const { name, hosts: members } of groups.values())
    for (const host of members) {
      const own = direct.get(host)
      if (own) own.push(name)
      else direct.set(host, [name])
    }
  // Many hosts stand in the same groups, so these are worked out once.
  const worked = new Map<string, { layers: readonly Vars[]; names: readonly string[] }>()
  return [...hosts.values()].map(host => {
    // Only who is in no other group is in `ungrouped`, whether it stands there or not.
    const named = (direct.get(host.name) ?? []).filter(name => !EVERYBODY.has(name))
    const own = named.length > 0 ? named : ['ungrouped']
    const key = [...own].sort().join('\0')
    const known = worked.get(key) ?? work(own, parents, groups, depthOf)
    worked.set(key, known)
    const layers = [host.files, host.vars, ...known.layers]
    return { host, groups: known.names, value: name => layers.find(vars => vars.has(name))?.get(name) }
  })
}

/** The variables of the groups, those that win first: files over the inventory, children over parents, `all` last. */
function work(
  own: readonly string[],
  parents: ReadonlyMap<string, ReadonlySet<string>>,
  groups: ReadonlyMap<string, Group>,
  depthOf: (name: string) => number,
): { layers: readonly Vars[]; names: readonly string[] } {
  const met = new Set<string>()
  const climb = (name: string): void => {
    if (met.has(name)) return
    met.add(name)
    for (const parent of parents.get(name) ?? []) climb(parent)
  }
  for (const name of own) climb(name)
  met.delete('all')
  const priority = (name: string) => {
    const said = Number(groups.get(name)?.vars.get('ansible_group_priority')?.value ?? 1)
    return Number.isFinite(said) ? said : 1
  }
  // At one depth the higher priority wins, then the later letter of the alphabet.
  const sorted = [...met].sort((a, b) => depthOf(b) - depthOf(a) || priority(b) - priority(a) || (a < b ? 1 : -1))
  const found = [...sorted, 'all'].flatMap(name => groups.get(name) ?? [])
  return {
    layers: [...found.map(g => g.files), ...found.map(g => g.vars)],
    names: sorted.filter(name => !EVERYBODY.has(name)).sort(),
  }
}
