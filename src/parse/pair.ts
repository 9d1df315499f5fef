// The pair that a device is half of, and what comes over the link to the other half.
import { type DraftDevice, interfaceKey } from './draft.ts'
import { admits, carries } from './trunk.ts'

/** Null where nothing puts it in service. */
export const pairOf = ({ pair, pairPeer: peer, pairUp, pairLink }: DraftDevice) =>
  pair === null || !pairUp || pairLink === false ? null : { domain: pair, peer }

const linkOf = ({ interfaces, pairLinkName }: DraftDevice) => interfaces.get(interfaceKey(pairLinkName ?? ''))

/** Which VLANs the link carries may stand in what it borrows; that counts where requests are told by the link they came over. */
export const unseenOnLink = (draft: DraftDevice) =>
  draft.pairGate && pairOf(draft) !== null ? linkOf(draft)?.borrows : undefined

const NO_GROUPS: ReadonlySet<string> = new Set()

/**
 * The link between the halves of a pair carries VLANs, and not each of them perhaps: what is heard at a routed port, or in a VLAN that the
 * link leaves out, came in by a port of that half, on either of them. So did all of it where the link is no trunk.
 */
export function isGated(draft: DraftDevice, vlan: number | null): boolean {
  if (!draft.pairGate || pairOf(draft) === null || vlan === null) return false
  const link = linkOf(draft)
  if (link === undefined) return admits(NO_GROUPS, draft.vlanGroups, vlan)
  if (link.borrows === undefined && link.trunking !== true) return false
  // Shut, it carries none.
  return link.enabled !== false && carries(link.trunk, vlan) && admits(link.trunkGroups, draft.vlanGroups, vlan)
}
