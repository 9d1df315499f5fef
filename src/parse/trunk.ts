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

/** `10,20-29` */
const isIn = (vlans: string, vlan: number): boolean =>
  vlans.split(',').some(part => {
    const [low, high = low] = part.split('-').map(Number)
    return low !== undefined && high !== undefined && low <= vlan && vlan <= high
  })
