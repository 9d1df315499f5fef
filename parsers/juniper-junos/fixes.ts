import type { FixValues } from '../../src/parse/index.ts'

/** The parts of a `via`: the level or group, and how the interface is listed there. */
const VIA = /^(.*?)(?: group (\S+))?(?: interface (\S+)(?: upto (\S+))?)?$/

/**
 * How an interface comes to its relay, read off the path that attaches it: `forwarding-options helpers bootp` (the servers
 * of all), `... helpers bootp interface irb.20` (its own), `... dhcp-relay group G` and `... group G interface A upto B`.
 */
export const fixValues: FixValues = (device, iface, relay) => {
  const [, level = '', group, listed, upto] = VIA.exec(relay.via ?? '') ?? []
  const tag = iface.name.replace(/[^\w-]/g, '-')
  const keeps = iface.relays.filter(r => r !== relay && r.via === relay.via)
  const found = {
    level,
    path: group === undefined ? level : `${level} group ${group}`,
    bootp: group === undefined,
    own: listed === iface.name && upto === undefined,
    ranged: listed !== undefined && (listed !== iface.name || upto !== undefined),
    keeps: keeps.map(r => ({
      target: r.target,
      instance: group === undefined && r.vrf !== null ? ` routing-instance ${r.vrf}` : '',
    })),
    instance: '',
    group: group ?? null,
    spare: `${(group ?? '').slice(0, 24)}-${tag}`,
    others: [] as string[],
  }
  if (level === '') return { withheld: 'it is not known how the relay is attached' }
  if (group === undefined) {
    if (relay.vrf?.includes('/') || keeps.some(r => r.vrf?.includes('/')))
      return { withheld: 'its servers are in another logical system' }
    const twice = keeps.some(r => r.target === relay.target)
    return {
      ...found,
      instance: relay.vrf !== null && twice ? ` routing-instance ${relay.vrf}` : '',
      server: `${relay.target}${relay.vrf === null ? '' : ` routing-instance ${relay.vrf}`}`,
    }
  }
  // The copy of a group lists the same interfaces; an interface can be in one group only.
  const listedIn = new Set<string>()
  for (const other of device.interfaces) {
    for (const { via } of other.relays) {
      const [, base, name, first] = VIA.exec(via ?? '') ?? []
      if (base === level && name === group && (first ?? other.name) !== iface.name) listedIn.add(first ?? other.name)
    }
  }
  return { ...found, others: [...listedIn] }
}
