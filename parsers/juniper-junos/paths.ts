// Sets and lists of servers are known by their configuration paths, which is also what `via` shows.
import type { Context } from '../../src/parse/index.ts'

// Of dhcp-relay: LEVEL, `LEVEL group G`, `LEVEL group G interface A upto B`, `... interface all`, and so on.

/** A name as it is typed, so that one with blanks is one word. */
export const quoted = (name: string): string => (/\s/.test(name) ? `"${name}"` : name)
/** The group that is being described, or the level where there is none. */
export const groupOf = ({ set = '' }: Context): string => set.replace(/ interface \S+( upto \S+)?$/, '')
/** The level that a group belongs to. */
export const levelOf = (context: Context): string => groupOf(context).replace(/ group ("[^"]*"|\S+)$/, '')
/** The entries of all groups of the level. */
export const entriesOf = (context: Context): string => `${levelOf(context)} interfaces`
/** A server group of the level. */
export const serversOf = (name: string, context: Context): string => `${levelOf(context)} server-group ${name}`

/** A routing instance as this device calls it; inside a logical or tenant system it is one of that system's. */
export function instance(name: string, { set = '' }: Context): string {
  const system = /^(?:logical-systems|tenants) (\S+) /.exec(set)?.[1]
  if (system === undefined) return name
  return name === 'default' ? system : `${system}/${name}`
}

/** No unit number is higher. */
const LAST_UNIT = 1_073_741_823

/** What a name in a list of interfaces stands for: one, all units of a port, or a pattern taken for all there are. */
export function members(name: string): { interface?: string; upto?: string; all?: true } {
  if (name === 'all') return { all: true }
  const port = name.endsWith('.*') ? name.slice(0, -2) : name
  if (port.includes('*')) return { all: true }
  return port !== name || !name.includes('.') ? { interface: `${port}.0`, upto: `${port}.${LAST_UNIT}` } : { interface: name }
}
