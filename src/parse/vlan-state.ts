// VLANs that a device does not forward: the interface of such a one has no port to hear anything at.
import { isIn } from './trunk.ts'

/** A line about VLANs themselves; `there` of one that was deleted makes it anew. */
export interface VlanState {
  readonly vlans: string
  readonly is: 'there' | 'active' | 'suspended' | 'gone'
}

/** The VLAN that the name of an interface tells; null where it does not. */
export const vlanIn = (naming: RegExp, name: string) => {
  const found = naming.exec(name)
  return found ? Number(found[1]) : null
}

/** Whether a VLAN is suspended, or was deleted. One of which no line speaks may have been left out of the text, and counts as there. */
export function isOut(lines: readonly VlanState[], vlan: number | null): boolean {
  if (vlan === null) return false
  let out: VlanState['is'] | undefined
  for (const { vlans, is } of lines) {
    if (!isIn(vlans, vlan)) continue
    if (is === 'gone' || is === 'suspended') out = is
    else if (is === 'active' || out === 'gone') out = undefined
  }
  return out !== undefined
}
