// VLANs that a switch bridges into a tunnel to others (VXLAN), and by what numbers they are known there.
import type { DraftDevice } from './draft.ts'

/** A line that says so of some VLANs; without numbers, they are no longer. */
export interface Tunneled {
  readonly vlans: string
  readonly vnis: string | undefined
}

/** The number of each VLAN that goes into the tunnel; none where its end is shut. */
export function tunnelsOf({ tunneled, tunnelEnd, interfaces }: DraftDevice): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  if (tunnelEnd === undefined || interfaces.get(tunnelEnd.key) !== tunnelEnd || tunnelEnd.enabled === false) return found
  for (const { vlans, vnis } of tunneled) {
    const each = numbers(vlans)
    const names = vnis === undefined ? [] : each.length === 1 ? [vnis] : numbers(vnis)
    each.forEach((vlan, n) => {
      const name = names[n]
      // Two lists of different lengths are no mapping.
      if (name === undefined || names.length !== each.length) found.delete(Number(vlan))
      else found.set(Number(vlan), name)
    })
  }
  return found
}

/** The numbers of a list like `10,20-29`. */
function numbers(list: string): string[] {
  return list.split(',').flatMap(part => {
    const [low = Number.NaN, high = low] = part.split('-').map(Number)
    return high >= low && high - low < MOST ? Array.from({ length: high - low + 1 }, (_, n) => `${low + n}`) : []
  })
}

/** There are no more VLANs. */
const MOST = 4096
