// The copies that a planned network sends, by construction: the plan says what each line means, so nothing is parsed.
import type { Plan, PlannedPort, PlannedRelay, PlannedRouter, PlannedVlan } from './plan.ts'

export interface Counted {
  readonly copies: number
  /** Whether two routers or more relay. */
  readonly survives: boolean
  /**
   * Whether two copies or more arrive if relay agents go on while the forwarding of BOOTP is off, which sources do not agree on; or none does
   * from the clients of the other half of a pair, because this one leaves alone what comes over their link.
   */
  readonly unsure: boolean
}

/** The most copies of one request of a VLAN that reach the PXE point, whichever router is active. */
export function countPlanned(plan: Plan, vlan: PlannedVlan): Counted {
  const sure = countWith(plan, vlan, forwards)
  const most = countWith(plan, vlan, (router, port) => forwards({ ...router, bootpOff: false }, port))
  const { relaying } = sure
  const leaves = ({ name, pair }: PlannedRouter) =>
    pair?.drops === true &&
    relaying.has(name) &&
    plan.routers.some(other => other.name !== name && other.pair?.domain === pair.domain && !relaying.has(other.name))
  const { copies, survives } = sure
  return { copies, survives, unsure: copies < 2 && (most.copies >= 2 || plan.routers.some(leaves)) }
}

function countWith(plan: Plan, vlan: PlannedVlan, on: typeof forwards) {
  let open = 0
  const gated = new Map<string, Map<string, number>>()
  const relaying = new Set<string>()
  const share = (key: string, router: string) => {
    const routers = gated.get(key) ?? new Map<string, number>()
    gated.set(key, routers.set(router, (routers.get(router) ?? 0) + 1))
  }
  for (const router of plan.routers)
    for (const port of router.ports) {
      if (port.vlan !== vlan) continue
      for (const relay of effective(router, port)) {
        if (!reaches(plan, port, relay) || !on(router, port)) continue
        relaying.add(router.name)
        if (typeof relay.gate === 'number' && holds(plan, vlan, relay.gate, router)) share(`group ${relay.gate}`, router.name)
        else if (router.pair?.drops) share(`pair ${router.pair.domain}`, router.name)
        else open++
      }
    }
  for (const routers of gated.values()) open += Math.max(...routers.values())
  return { copies: open, survives: relaying.size >= 2, relaying }
}

/** Where each router of a group has a secret of its own, each is active as long as there is another. */
function holds({ routers }: Plan, vlan: PlannedVlan, group: number, router: PlannedRouter): boolean {
  const { secret, members = [] } = vlan.groups[group] ?? {}
  const isUp = (name: string) => routers.some(other => other.name === name && other.ports.some(p => p.vlan === vlan && p.up))
  return secret !== 'own' || !members.some(name => name !== router.name && isUp(name))
}

/** An EOS interface in the default VRF that has no helper itself is served by the default servers. */
function effective(router: PlannedRouter, port: PlannedPort): readonly PlannedRelay[] {
  if (router.share?.ids.includes(port.vlan.id)) return router.share.relays
  if (router.servers.length === 0 || port.relays.length > 0 || port.vlan.vrf !== 'default') return port.relays
  return router.servers.map(target => ({ target, gate: null, into: 'default' }))
}

/** Everything that a router relays, as words: which VLAN, where to, in which VRF. */
export const relayed = (router: PlannedRouter): string[] =>
  router.ports
    .filter(port => forwards(router, port))
    .flatMap(port =>
      effective(router, port).map(({ target, into }) => `${port.vlan.id} ${target} ${into === 'own' ? port.vlan.vrf : into}`),
    )
    .sort()

const reaches = (plan: Plan, port: PlannedPort, { target, into }: PlannedRelay): boolean =>
  target !== 'dhcp' && target !== 'other' && (plan.vrf === null || into === 'default' || port.vlan.vrf === 'default')

const forwards = (router: PlannedRouter, port: PlannedPort): boolean => port.up && !port.silent && !router.off && !router.bootpOff
