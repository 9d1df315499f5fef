// Tie every relay to the active router of one HSRP group.
import type { Group } from '../../model/device.ts'
import type { Path } from '../../model/judgement.ts'
import type { Attachment } from '../../model/network.ts'
import { type Action, byDevice, commonValues, type Strategy, standbyFirst } from '../plan.ts'
import { idleMember } from './idle.ts'

/** `redundancy NAME` refers to one word. */
const ONE_WORD = /^[\w.:/-]{1,25}$/

/** All members or none: a relay that stays ungated sends its copy whatever the others do. */
export const gate: Strategy = (judgement, { can }) => {
  const { segment, copies, preferred } = judgement
  const paths = copies.live
  const devices = byDevice(paths)
  if (devices.size < 2) return []
  if (paths.some(p => p.relay.family !== 4 || p.relay.via !== null || !can(p.attachment.device, 'gate-relay'))) return []
  // Two targets on one router stay two copies, tied or not.
  for (const own of devices.values())
    if (new Set(own.map(p => `${p.attachment.interface.name} ${p.relay.target} ${p.relay.vrf}`)).size > 1) return []
  const fits = segment.groups.filter(
    g =>
      g.protocol === 'hsrp' &&
      paths.every(p =>
        g.members.some(m => m.attachment === p.attachment && m.group.enabled && m.group.family === 4 && m.group.follow === null),
      ),
  )
  // Where relays hang on one of several groups already, the others join them.
  const joined = paths.flatMap(p => (p.gate.state === 'shared' ? [p.gate.key] : []))
  const shared = fits.find(g => joined.includes(g.key)) ?? fits[0]
  if (!shared) return []
  const idle = idleMember(shared, judgement)
  if (idle !== null) return { withheld: idle }
  const actions: Action[] = []
  for (const path of standbyFirst(paths, preferred.attachment)) {
    const group = shared.members.find(m => m.attachment === path.attachment)?.group as Group
    const inUse = group.name === null ? madeUp(path.attachment, group) : undefined
    const name = group.name ?? inUse ?? newName(path.attachment, group)
    if (!ONE_WORD.test(name)) return []
    const { device, interface: iface } = path.attachment
    const other = device.interfaces.find(i => i.groups.some(g => g.name === name && !(i === iface && g.id === group.id)))
    if (other) {
      const why = `${device.device} has another group named ${name} on ${other.name}, and which of the two a relay would hang on is not documented`
      return { withheld: why }
    }
    const holds = (p: Path) => p.gate.state === 'shared' && p.gate.key === shared.key
    if (holds(path)) continue
    const gatedToo = paths.some(p => p.attachment === path.attachment && holds(p))
    const values = {
      ...commonValues(path, preferred.attachment),
      name,
      group: group.id,
      protocol: group.protocol,
      name_missing: group.name === null && inUse === undefined,
    }
    actions.push({ id: gatedToo ? 'remove-relay' : 'gate-relay', attachment: path.attachment, relay: path.relay, values })
  }
  return [{ strategy: 'gate', id: 'gate', keeps: null, undecided: false, remark: '', wide: false, actions }]
}

/**
 * The name that the router makes up for a group without one, where a relay hangs on it: it would dangle once the group got another.
 * IOS spells it `hsrp-Vl10-10`.
 */
function madeUp({ interface: iface }: Attachment, { id }: Group): string | undefined {
  const number = /[\d/.:]*$/.exec(iface.name)?.[0] ?? ''
  const [name, ...more] = iface.relays
    .flatMap(r => (r.redundancy?.startsWith('hsrp-') ? [r.redundancy] : []))
    .filter(name => name.endsWith(`${number}-${id}`))
  return more.every(other => other === name) ? name : undefined
}

/** A redundancy name is known on the whole router, so it must not be another group's: the interface makes it unique. */
function newName({ device, interface: iface }: Attachment, group: Group): string {
  const place = /^vlan ?\d+$/i.test(iface.name)
    ? `V${iface.vlan}`
    : iface.name.replace(/^([A-Za-z]{2})[A-Za-z-]*/, '$1').replaceAll(/[^\w./:-]/g, '')
  // Names that lead nowhere count as well: a relay that hangs on one would hang on this group.
  const taken = new Set(device.interfaces.flatMap(i => [...i.groups.map(g => g.name), ...i.relays.map(r => r.redundancy)]))
  const wanted = [`PXE-${place}`, `PXE-${place}-${group.id}`]
  for (let n = 2; wanted.every(name => taken.has(name)); n++) wanted.push(`PXE-${place}-${group.id}-${n}`)
  return wanted.find(name => !taken.has(name)) ?? ''
}
