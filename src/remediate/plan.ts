// What a plan is: changes to relays, in the order in which they are made, and what a person has to know or decide.
import type { Device, Relay } from '../model/device.ts'
import type { Judgement, Path } from '../model/judgement.ts'
import type { Attachment } from '../model/network.ts'
import type { ActionId, StrategyId } from '../model/remedy.ts'

/** One change on one router. */
export interface Action {
  readonly id: ActionId
  readonly attachment: Attachment
  readonly relay: Relay
  /** What the platform's template is given; templates/README.md lists it. */
  readonly values: Readonly<Record<string, unknown>>
}

/** One way to fix one duplicate. */
export interface Plan {
  readonly strategy: StrategyId
  /** Tells it from the other plans of the same duplicate: `gate`, `remove, r1 goes on relaying`. */
  readonly id: string
  /** The router that goes on relaying; null where all of them do. */
  readonly keeps: string | null
  /** Nothing in the configurations tells which router should go on relaying well enough: a person must choose. */
  readonly undecided: boolean
  /** What has to be said of the choice of routers, besides the caution of each action; empty if nothing. */
  readonly remark: string
  /** One setting for all segments of the device: other duplicates may go with this one. */
  readonly wide: boolean
  /** In the order in which to apply them: standby routers first. */
  readonly actions: readonly Action[]
}

/** What plans are made with. */
export interface Options {
  /** Whether a device's platform has a command for an action. */
  can(device: Device, action: ActionId): boolean
  /** Routers that shall go on relaying where they are among several; they settle the choice. */
  readonly prefer: ReadonlySet<string>
}

/** Makes the plans of one strategy, the best first; none where it does not fit, and the reason where it nearly does. */
export type Strategy = (judgement: Judgement, options: Options) => readonly Plan[] | { readonly withheld: string }

/** The active router is changed last: until then it relays as it did. Of the others, the one that goes on relaying is. */
export function standbyFirst(paths: readonly Path[], active: Attachment | undefined, kept = active): Path[] {
  const rank = ({ attachment }: Path) => (attachment === active ? 2 : attachment === kept ? 1 : 0)
  return [...paths].sort((a, b) => rank(a) - rank(b))
}

/** The paths of each device, in the order in which the devices come. */
export function byDevice(paths: readonly Path[]): ReadonlyMap<string, readonly Path[]> {
  const found = new Map<string, Path[]>()
  for (const path of paths) {
    const { device } = path.attachment.device
    const own = found.get(device)
    if (own) own.push(path)
    else found.set(device, [path])
  }
  return found
}

/** What every template is given. */
export function commonValues({ attachment, relay }: Path, preferred: Attachment | undefined): Record<string, unknown> {
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
    protocol: null,
    name_missing: false,
  }
}
