import type { FixValues } from '../../src/parse/index.ts'

/** The parts of a `via`: the level, the group, and how the interface is listed there. */
const VIA = /^(.*?)(?: group (\S+))?(?: interface (\S+)(?: upto (\S+))?)?$/

/**
 * How an interface comes to its relay, read off the path that attaches it: `forwarding-options helpers bootp` (the servers
 * of all), `... helpers bootp interface irb.20` (its own), `... dhcp-relay group G` and `... group G interface A upto B`.
 */
export const fixValues: FixValues = (device, iface, relay) => {
  const [, level = '', group, listed, upto] = VIA.exec(relay.via ?? '') ?? []
  if (level === '') return { withheld: 'it cannot be read how the relay is attached' }
  const keeps = iface.relays.filter(r => r !== relay && r.via === relay.via && r.family === relay.family)
  if (group !== undefined) return inGroup(device, iface, keeps, { via: relay.via, level, group, listed, upto })
  if ([relay, ...keeps].some(r => r.vrf?.includes('/'))) return { withheld: 'its servers are in another logical system' }
  const spelled = (r: typeof relay) => `${r.target}${r.vrf === null ? '' : ` routing-instance ${r.vrf}`}`
  return {
    level,
    group: null,
    own: listed === iface.name,
    all: listed === 'all',
    server: spelled(relay),
    // Without its last instance a server stays, for the default one; so it goes as a whole unless it has several.
    gone: keeps.some(r => r.target === relay.target) ? spelled(relay) : relay.target,
    keeps: keeps.map(spelled),
  }
}

interface Place {
  readonly via: string | null
  readonly level: string
  readonly group: string
  readonly listed: string | undefined
  readonly upto: string | undefined
}
type Args = Parameters<FixValues>

/**
 * A group is copied with all its settings, for this interface alone; then only the copy's servers differ. No interface may
 * be listed in both, so this is for interfaces that are listed one by one. What else is listed and left over in the copy
 * (interfaces that are excluded, or not configured) makes the layout complain of the copy, and so the proof fails.
 */
function inGroup(
  device: Args[0],
  iface: Args[1],
  keeps: readonly Args[2][],
  { via, level, group, listed, upto }: Place,
): ReturnType<FixValues> {
  const spare = `${group.slice(0, 32)}-${iface.name.replace(/[^\w-]/g, '-')}`
  const entry = listed ?? iface.name
  if (keeps.length > 0 && listed !== undefined) {
    return {
      withheld:
        listed === 'all'
          ? `group ${group} lists ${iface.name} as one of all; give it a group of its own by hand`
          : `group ${group} lists ${iface.name} as part of a range; split the range by hand: one entry up to the interface before it, one from the interface after it on`,
    }
  }
  const others = new Set<string>()
  for (const other of device.interfaces) {
    for (const r of other.relays) {
      const [, base, name, first = other.name, last] = VIA.exec(r.via ?? '') ?? []
      if (base !== level) continue
      if (name === spare) return { withheld: `there is a group ${spare} already` }
      if (name === group && first !== entry) others.add(first)
      if (keeps.length > 0 && last !== undefined && isWithin(iface.name, first, last))
        return { withheld: `group ${name} has a range around ${iface.name}, and no group may list a part of another's range` }
    }
  }
  // A range whose first interface leaves begins with the next one it serves, if any.
  const next = device.interfaces
    .filter(i => upto !== undefined && i !== iface && i.relays.some(r => r.via === via))
    .sort((a, b) => unit(a.name) - unit(b.name))[0]?.name
  if (upto !== undefined && entry === iface.name && next !== undefined && unit(next) >= unit(upto))
    return {
      withheld: `${next} would be all that is left of the range that ${iface.name} begins in group ${group}; split it by hand`,
    }
  return {
    level,
    group,
    six: level.endsWith(' dhcpv6'),
    spare,
    entry,
    keeps: keeps.map(r => r.target),
    others: [...others],
    listed: entry === iface.name && (upto === undefined || next === undefined),
    moved: entry !== iface.name,
    next: next ?? '',
  }
}

const unit = (name: string) => Number(/\d+$/.exec(name)?.[0])
const stem = (name: string) => name.replace(/\d+$/, '')
const isWithin = (name: string, from: string, upto: string) =>
  stem(name) === stem(from) && unit(name) >= unit(from) && unit(name) <= unit(upto)
