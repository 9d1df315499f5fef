// VLANs that carry no traffic: their interface is down whatever it says itself.
import { own } from './draft.ts'
import type { Of } from './facts.ts'
import { isIn } from './trunk.ts'

/** A line that keeps VLANs from carrying traffic, or takes that back. */
export interface VlanOff {
  readonly vlans: string
  readonly by: Of<'vlan-off'>['by']
  readonly off: boolean
}

/** The VLAN that the name of an interface tells; null where it does not. */
export const vlanIn = (naming: RegExp, name: string) => {
  const found = naming.exec(name)
  return found ? Number(found[1]) : null
}

/** Adds a line; one that takes back what was never said is left out, for there is one for every VLAN. */
export function noteVlan(lines: VlanOff[], vlans: string | undefined, by: VlanOff['by'], off: boolean): void {
  if (vlans !== undefined && (off || lines.length > 0)) lines.push({ vlans: own(vlans), by, off })
}

/** Whether a VLAN is off by what the lines come to. One that was deleted comes back as a new one. */
export function isVlanOff(lines: readonly VlanOff[], vlan: number | null): boolean {
  if (vlan === null || lines.length === 0) return false
  const why = new Set<VlanOff['by']>()
  for (const { vlans, by, off } of lines) {
    if (!isIn(vlans, vlan)) continue
    if (off && by === 'absence') why.clear()
    if (off) why.add(by)
    else why.delete(by)
  }
  return why.size > 0
}
