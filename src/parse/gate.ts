// What a relay waits for, as far as its own device says.
import type { Gate } from '../model/device.ts'
import type { DraftDevice, DraftInterface } from './draft.ts'
import { isGated } from './pair.ts'

/** As facts of kind `switch` call it: the fabric takes broadcasts to all of its edges. */
const FLOODING = 'flooding'

/** `redundancy`: the name that the relay hangs on. `scripted`: a script starts and stops it. `vlan`: that of its interface. */
export function gateOf(
  redundancy: string | null,
  scripted: boolean,
  { edge }: DraftInterface,
  draft: DraftDevice,
  vlan: number | null,
): Gate {
  if (scripted) return 'script'
  if (redundancy !== null) return 'active-router'
  if (isGated(draft, vlan)) return 'pair-primary'
  if (!edge) return 'always'
  return draft.switches.get(FLOODING) ? 'flooded-edge' : 'fabric-edge'
}
