// What all renderers share: addresses, and blocks of lines that noise may be put between.
import type { PlannedGroup, PlannedPort, PlannedRouter, PlannedVlan, Target } from './plan.ts'
import type { Random } from './random.ts'

/** Lines that must stay together. */
export type Block = readonly string[]

export const TARGETS: Readonly<Record<Target, string>> = {
  first: '10.9.9.5',
  second: '10.9.9.6',
  name: 'pxe.example.net',
  broadcast: '10.9.9.255',
  dhcp: '10.9.8.20',
  other: '10.9.8.21',
}
export const address = ({ vlan, host }: PlannedPort): string => `10.${vlan.id}.0.${host}`
export const secondary = ({ vlan, host }: PlannedPort): string => `10.${vlan.id}.100.${host}`
export const virtual = ({ id }: PlannedVlan, index: number): string => `10.${id}.0.${index === 0 ? 1 : 254}`
export const mask = (prefix: number): string => (prefix === 23 ? '255.255.254.0' : '255.255.255.0')

/** The groups of a port's VLAN that this router is a member of, with their position. */
export const groupsOf = ({ name }: PlannedRouter, { vlan }: PlannedPort) =>
  vlan.groups.flatMap((group, index) => (group.members.includes(name) ? [{ group, index }] : []))

/** The lines of an interface in any order, but for the first ones, which devices print first and some rely upon. */
export const body = (r: Random, first: readonly string[], rest: readonly string[]): string[] => [...first, ...r.shuffle(rest)]

/** What a router of a group authenticates with. */
export const secretOf = ({ secret }: PlannedGroup, { name }: PlannedRouter): string =>
  secret === 'own' ? `${name}-key` : 'pxe-key'
