// Let each half of a pair of switches relay only what it hears on its own ports (EOS `mlag peer-link requests disabled`).
import type { Device, Interface } from '../../model/device.ts'
import { type Action, byDevice, commonValues, type Strategy, standbyFirst } from '../plan.ts'

/** For two halves of one pair that relay alike on every VLAN: the setting is about the pair, not about one segment. */
export const pairDedup: Strategy = ({ copies, preferred }, { can }) => {
  const devices = byDevice(copies.live)
  const [one, other] = Array.from(devices.values(), paths => paths[0]?.attachment.device)
  if (devices.size !== 2 || !one || !other) return []
  if (!one.pair?.peer || !other.pair?.peer || !can(one, 'dedup-pair') || !can(other, 'dedup-pair')) return []
  const [a, b] = [lonely(one, other), lonely(other, one)]
  const alone = a ?? b
  if (alone !== undefined) {
    const [has, lacks] = a === undefined ? [other, one] : [one, other]
    return {
      withheld: `${alone.name} of ${has.device} relays to ${targetsOf(alone).join(', ')} and ${lacks.device} does not do the same there, so clients that reach ${lacks.device} first would lose that relay`,
    }
  }
  const actions: Action[] = []
  for (const path of standbyFirst(copies.live, preferred.attachment)) {
    const { device } = path.attachment
    // The relay on the other half is no longer heard twice once either is told; both are, so that no order of events matters.
    if (path.gate.state === 'shared' || actions.some(action => action.attachment.device === device)) continue
    actions.push({
      id: 'dedup-pair',
      attachment: path.attachment,
      relay: path.relay,
      values: { ...commonValues(path, preferred.attachment), peer: device.pair?.peer ?? '' },
    })
  }
  return [{ strategy: 'pair-dedup', id: 'pair-dedup', keeps: null, undecided: false, remark: '', wide: true, actions }]
}

/** An interface that relays something which the other half does not relay on its interface in the same VLAN. */
function lonely(device: Device, peer: Device): Interface | undefined {
  return device.interfaces.find(iface => {
    const targets = targetsOf(iface)
    if (targets.length === 0) return false
    const twin = peer.interfaces.find(i => (iface.vlan === null ? i.name === iface.name : i.vlan === iface.vlan))
    return twin === undefined || targetsOf(twin).join('\n') !== targets.join('\n')
  })
}

const targetsOf = ({ relays }: Interface): string[] =>
  relays
    .filter(r => r.live)
    .map(r => (r.vrf === null ? r.target : `${r.target} in VRF ${r.vrf}`))
    .sort()
