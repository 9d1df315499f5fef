// What to change so that one copy arrives: tie the relays to the active router, or leave one of them.
import type { Device, Group, Relay } from '../model/device.ts'
import type { Judgement, Path, Preferred } from '../model/judgement.ts'
import type { Attachment } from '../model/network.ts'

export type ActionId = 'gate-relay' | 'remove-relay'

/** One change to one relay of one router. */
export interface Action {
  readonly id: ActionId
  readonly attachment: Attachment
  readonly relay: Relay
  /** What the platform's template is given; see templates/README. */
  readonly values: Readonly<Record<string, unknown>>
}

export interface Plan {
  readonly strategy: 'gate' | 'remove'
  /** What has to be said of the choice of routers, besides the caution of each action; empty if nothing. */
  readonly choice: string
  /** In the order in which to apply them: standby routers first. */
  readonly actions: readonly Action[]
}

/** Whether a device's platform has a command for an action. */
export type Can = (device: Device, action: ActionId) => boolean

/** The best plan for a duplicate; tying relays keeps PXE alive through a failover, so it comes first. */
export function plansFor(judgement: Judgement, can: Can): Plan[] {
  const gated = gatePlan(judgement, can)
  const { live } = judgement.copies
  const first = live.find(p => p.attachment === judgement.preferred.attachment) ?? live[0]
  const rest = live.filter(p => p.attachment !== first?.attachment)
  const removals = first ? [first, ...rest].map(keep => removePlan(judgement, keep)) : []
  return gated ? [gated, ...removals] : removals
}

/** `redundancy NAME` refers to one word. */
const ONE_WORD = /^[\w.:/-]{1,25}$/

function gatePlan({ segment, copies, preferred }: Judgement, can: Can): Plan | undefined {
  const byDevice = new Map<string, Path[]>()
  for (const path of copies.live) {
    const { device } = path.attachment.device
    byDevice.set(device, [...(byDevice.get(device) ?? []), path])
  }
  if (byDevice.size < 2) return undefined
  const paths = copies.live
  if (paths.some(p => p.relay.family !== 4 || p.relay.via !== null || !can(p.attachment.device, 'gate-relay'))) return undefined
  // Two targets on one router stay two copies, tied or not.
  if (
    [...byDevice.values()].some(
      own => new Set(own.map(p => `${p.attachment.interface.name} ${p.relay.target} ${p.relay.vrf}`)).size > 1,
    )
  )
    return undefined
  const shared = segment.groups.find(
    g =>
      g.protocol === 'hsrp' &&
      paths.every(p =>
        g.members.some(m => m.attachment === p.attachment && m.group.enabled && m.group.family === 4 && m.group.follow === null),
      ),
  )
  if (!shared) return undefined
  const actions: Action[] = []
  for (const path of standbyFirst(paths, preferred.attachment)) {
    const group = shared.members.find(m => m.attachment === path.attachment)?.group as Group
    const name = group.name ?? newName(path.attachment, group)
    if (!ONE_WORD.test(name)) return undefined
    if (path.gate.state === 'shared') continue
    const gatedToo = paths.some(p => p.attachment === path.attachment && p.gate.state === 'shared')
    const values = { ...commonValues(path, preferred.attachment), name, group: group.id, name_missing: group.name === null }
    actions.push({ id: gatedToo ? 'remove-relay' : 'gate-relay', attachment: path.attachment, relay: path.relay, values })
  }
  return { strategy: 'gate', choice: '', actions }
}

/** A redundancy name is known on the whole router, so it must not be another group's: the interface makes it unique. */
function newName({ device, interface: iface }: Attachment, group: Group): string {
  const place = /^vlan ?\d+$/i.test(iface.name)
    ? `V${iface.vlan}`
    : iface.name.replace(/^([A-Za-z]{2})[A-Za-z-]*/, '$1').replaceAll(/[^\w./:-]/g, '')
  const taken = device.interfaces.flatMap(i => i.groups.map(g => g.name))
  const wanted = `PXE-${place}`
  return taken.includes(wanted) ? `${wanted}-${group.id}` : wanted
}

/** Leaves one relay; the preferred router's is tried first, another's where no safe snippet exists on the others. */
function removePlan({ copies, preferred }: Judgement, keep: Path): Plan {
  const actions = standbyFirst(copies.live, keep.attachment)
    .filter(path => path !== keep)
    .map((path): Action => {
      const { attachment, relay } = path
      return { id: 'remove-relay', attachment, relay, values: commonValues(path, keep.attachment) }
    })
  return { strategy: 'remove', choice: choiceOf(keep.attachment, preferred), actions }
}

/** Priorities predict the active router and do not prove it; taking the relay off the active one is a detour for every request. */
function choiceOf(kept: Attachment, { attachment, confidence }: Preferred): string {
  const { device } = kept.device
  if (!attachment)
    return `Nothing in the configurations tells which router should go on relaying; ${device} comes first, choose another if it serves better.`
  if (kept !== attachment)
    return `${attachment.device.device} is predicted to be the active router, and no safe snippet takes the relay off the others, so that ${device} goes on relaying.`
  return confidence === 'high'
    ? ''
    : `That ${device} is the active router is predicted with ${confidence} confidence; check it before you apply this.`
}

const standbyFirst = (paths: readonly Path[], preferred: Attachment | undefined): Path[] =>
  [...paths].sort((a, b) => Number(a.attachment === preferred) - Number(b.attachment === preferred))

function commonValues({ attachment, relay }: Path, preferred: Attachment | undefined): Record<string, unknown> {
  const { interface: iface, device } = attachment
  const keep = relay.via === null ? [] : iface.relays.filter(r => r.via === relay.via && r !== relay)
  return {
    device: device.device,
    interface: iface.name,
    target: relay.target,
    vrf: relay.vrf,
    redundancy: relay.redundancy,
    family: relay.family,
    via: relay.via,
    keep: keep.map(r => ({ target: r.target, vrf: r.vrf })),
    preferred: preferred?.device.device ?? '',
    on_preferred: preferred === attachment,
    name: null,
    group: null,
    name_missing: false,
  }
}
