// What a relay waits for, as far as its own device says.
import type { Gate } from '../model/device.ts'
import { type DraftDevice, type DraftInterface, interfaceKey } from './draft.ts'
import type { Naming } from './platform.ts'
import { admits, carries } from './trunk.ts'

/** As facts of kind `switch` call it: the fabric takes broadcasts to all of its edges. */
const FLOODING = 'flooding'

/** `redundancy`: the name that the relay hangs on. `scripted`: a script starts and stops it. */
export function gateOf(
  redundancy: string | null,
  scripted: boolean,
  i: DraftInterface,
  draft: DraftDevice,
  naming: Naming,
): Gate {
  if (scripted) return 'script'
  if (redundancy !== null) return 'active-router'
  if (isGated(draft, i, naming)) return 'pair-primary'
  if (!i.edge) return 'always'
  return draft.switches.get(FLOODING) ? 'flooded-edge' : 'fabric-edge'
}

export const pairOf = ({ pair, pairPeer: peer, pairUp, pairLink }: DraftDevice) =>
  pair === null || !pairUp || pairLink === false ? null : { domain: pair, peer }

/**
 * The link between the halves of a pair carries VLANs, and not each of them perhaps: what is heard at a routed port, or in a VLAN that the
 * link leaves out, came in by a port of that half, on either of them.
 */
function isGated(draft: DraftDevice, { name }: DraftInterface, { vlan: naming }: Naming): boolean {
  const vlan = vlanIn(naming, name)
  if (!draft.pairGate || pairOf(draft) === null || vlan === null) return false
  const link = draft.interfaces.get(interfaceKey(draft.pairLinkName ?? ''))
  // Shut, it carries none.
  return link?.enabled !== false && carries(link?.trunk, vlan) && admits(link?.trunkGroups ?? new Set(), draft.vlanGroups, vlan)
}

export const vlanIn = (naming: RegExp, name: string) => {
  const found = naming.exec(name)
  return found ? Number(found[1]) : null
}
