// How rules quote and name what they found.
import type { Path } from '../model/judgement.ts'
import type { Member, Segment } from '../model/network.ts'
import type { Cite } from './rule.ts'

/** The lines that make a relay: where the interface is tied to a list of servers, if it is, and where the target stands. */
export function citeRelay({ attachment, relay }: Pick<Path, 'attachment' | 'relay'>, note: string): Cite[] {
  const { device, interface: iface } = attachment
  const named = { device, line: relay.line, note }
  if (relay.via === null || relay.via_line === null || relay.via_line === relay.line) return [named]
  return [{ device, line: relay.via_line, note: `${iface.name} relays through ${relay.via}` }, named]
}

/** The line that a group of an interface starts on. */
export const citeGroup = ({ attachment, group }: Member, note: string): Cite => ({
  device: attachment.device,
  line: group.line,
  note,
})

/** `r1`, `r1 and r2`, `r1, r2 and r3`. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** The subnets of a segment; one without any is named after its interface. */
export const placeOf = ({ subnets, attachments, id }: Segment): string => listed(subnets) || attachments[0]?.interface.name || id

/** Each value once, in the order of first appearance. */
export const distinct = (values: readonly string[]): string[] => [...new Set(values)]

/** The host names of the routers on some paths. */
export const routersOf = (paths: readonly Pick<Path, 'attachment'>[]): string[] =>
  distinct(paths.map(p => p.attachment.device.device))
