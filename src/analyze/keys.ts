// How redundancy groups are told apart, and named.
import type { Family, Group } from '../model/device.ts'
import { isLinkLocal } from '../model/ip.ts'
import type { RedundancyGroup } from '../model/network.ts'

/**
 * Which groups back each other up: same protocol, number and IP version on one segment, whatever virtual address was
 * typed. HSRP versions 1 and 2 do not hear each other. Anycast gateways have no number: all of a segment are one.
 */
export function groupKey(g: Group): string {
  const version = g.protocol === 'hsrp' ? ` v${g.version}` : ''
  return `${g.protocol}${version} ${g.id ?? ''} ipv${g.family satisfies Family}`
}

/** Whether two groups of one segment back each other up: the same as equal keys. */
export const backsUp = (a: Group, b: Group): boolean =>
  a.id === b.id && a.family === b.family && a.protocol === b.protocol && (a.protocol !== 'hsrp' || a.version === b.version)

/** The virtual addresses of a group that identify it; link-local ones are the same on every link. */
export const tellingAddresses = (g: Group): string[] => g.virtual_addresses.filter(ip => !isLinkLocal(ip))

/** `HSRP group 10`, `the anycast gateway`. */
export const groupName = (group: Pick<RedundancyGroup, 'protocol' | 'number'>): string =>
  group.protocol === 'anycast' ? 'the anycast gateway' : `${group.protocol.toUpperCase()} group ${group.number}`
