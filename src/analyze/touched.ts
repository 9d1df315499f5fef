// Which segments a change touches.
import type { Device, Interface } from '../model/device.ts'
import type { Network, Segment } from '../model/network.ts'

/** What a change touches: whole devices, and interfaces of others as `DEVICE` and `INTERFACE` with a line feed between. */
export interface Touched {
  readonly devices: ReadonlySet<string>
  readonly interfaces: ReadonlySet<string>
}

/** Holds two networks against each other. `changed` are the devices of which anything differs; the others are not looked at. */
export function touchedBy(before: Network, after: Network, changed: ReadonlySet<string>): Touched {
  const devices = new Set<string>()
  const interfaces = new Set<string>()
  const was = devicesIn(before)
  const is = devicesIn(after)
  for (const name of changed) {
    const [old, now] = [was.get(name), is.get(name)]
    const differ = old && now ? interfacesThatDiffer(old, now) : null
    if (differ) for (const iface of differ) interfaces.add(`${name}\n${iface}`)
    else devices.add(name)
  }
  return { devices, interfaces }
}

/** The interfaces of which two captures of one device do not say the same; null where they differ in what concerns all of them. */
export function interfacesThatDiffer(old: Device, now: Device): ReadonlySet<string> | null {
  if (atLarge(old) !== atLarge(now)) return null
  const [olds, nows] = [factsOf(old), factsOf(now)]
  return new Set([...olds.keys(), ...nows.keys()].filter(iface => olds.get(iface) !== nows.get(iface)))
}

/** Whether anything that was touched stands on a segment. */
export const isTouched = ({ devices, interfaces }: Touched, { attachments }: Segment): boolean =>
  attachments.some(({ device, interface: i }) => devices.has(device.device) || interfaces.has(`${device.device}\n${i.name}`))

const devicesIn = ({ devices }: Network) => new Map(devices.map(({ device }) => [device.device, device]))

/** What concerns all interfaces of a device, without line numbers. */
const atLarge = ({ pair, tunnels, complete, unrecognized, unresolved, observed }: Device): string =>
  JSON.stringify([
    pair,
    tunnels,
    complete,
    unrecognized.flatMap(u => (u.interface === null ? [u.text, u.places] : [])),
    unresolved.flatMap(u => (u.interface === null ? [u.name, u.why] : [])),
    observed.map(o => ({ ...o, line: 0, file: '' })),
  ])

/** What each interface does, and what was not understood of it, without line numbers. */
function factsOf({ interfaces, unrecognized, unresolved }: Device): Map<string, string> {
  const facts = new Map(interfaces.map(i => [i.name, bare(i)]))
  const add = (name: string | null, said: unknown) => {
    if (name !== null) facts.set(name, `${facts.get(name) ?? ''}\n${JSON.stringify(said)}`)
  }
  for (const u of unrecognized) add(u.interface, [u.text, u.places])
  for (const u of unresolved) add(u.interface, [u.name, u.why])
  return facts
}

const bare = ({ addresses, groups, relays, ...i }: Interface): string =>
  JSON.stringify({
    ...i,
    description: null,
    line: 0,
    option_82: i.option_82 !== null,
    addresses: addresses.map(a => ({ ...a, line: 0 })),
    groups: groups.map(({ authentication, ...g }) => ({
      ...g,
      authentication: authentication && { ...authentication, line: 0 },
      line: 0,
    })),
    relays: relays.map(r => ({ ...r, line: 0, via_line: r.via_line === null ? null : 0 })),
  })
