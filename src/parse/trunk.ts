// Which VLANs a trunk carries.
import type { Of } from './facts.ts'

/** Lines about the VLANs of a trunk, in order; none: it carries all. */
export type Trunk = readonly Of<'trunk'>[]

/** Adds a line; one that names the VLANs anew makes those before it void. */
export const foldTrunk = (trunk: Trunk | undefined, fact: Of<'trunk'>, no: boolean): Trunk | undefined =>
  no ? undefined : fact.how === 'only' || fact.how === 'except' ? [fact] : [...(trunk ?? []), fact]

/** Whether a trunk carries a VLAN. */
export function carries(trunk: Trunk | undefined, vlan: number): boolean {
  let does = true
  for (const { how, vlans } of trunk ?? []) {
    const named = isIn(vlans, vlan)
    if (how === 'only') does = named
    else if (how === 'except') does = !named
    else if (named) does = how === 'add'
  }
  return does
}

/** A line that puts VLANs into a trunk group, or takes them out of it; without a group, of all. */
export interface VlanGroup {
  readonly vlans: string
  readonly group: string | undefined
  readonly in: boolean
}

/** Whether a trunk of these groups is one for a VLAN: one that is in groups goes over trunks in one of them alone. */
export function admits(groups: ReadonlySet<string>, lines: readonly VlanGroup[], vlan: number): boolean {
  const its = new Set<string>()
  for (const { vlans, group, in: put } of lines) {
    if (!isIn(vlans, vlan)) continue
    if (group === undefined) its.clear()
    else if (put) its.add(group)
    else its.delete(group)
  }
  return its.size === 0 || [...its].some(group => groups.has(group))
}

/** Whether a list like `10,20-29` names a VLAN. */
export const isIn = (vlans: string, vlan: number): boolean =>
  vlans.split(',').some(part => {
    const [low, high = low] = part.split('-').map(Number)
    return low !== undefined && high !== undefined && low <= vlan && vlan <= high
  })
