import type { PlannedPort, PlannedRouter } from './plan.ts'
import type { Random } from './random.ts'
import { address, groupsOf, secondary, TARGETS, virtual } from './words.ts'

/** Words that lead to a statement. */
type Path = readonly string[]

/** Juniper Junos, as braces in the order in which it prints them, or as set lines in any order. */
export function renderJunos(router: PlannedRouter, r: Random): string[] {
  const system: Path[] = [
    ['version', '20.4R3.8'],
    ['system', 'host-name', router.name],
    ['system', 'login', 'message', '"set interfaces irb unit 10 disable"'],
  ]
  const interfaces = r.shuffle(router.ports.map(port => interfaceOf(router, port, r))).flat()
  interfaces.push(['interfaces', 'lo0', 'unit', '0', 'family', 'inet', 'address', '10.255.0.4/32'])
  const relay = router.agent === 'bootp' ? bootp(router, r) : dhcpRelay(router, r)
  const rest: Path[] = [
    ['routing-options', 'router-id', '10.255.0.4'],
    ['protocols', 'lldp', 'interface', 'all'],
    ['vlans', 'CLIENTS', 'description', '"helpers bootp server 10.9.9.5"'],
  ]
  const paths = [...system, ...interfaces, ...relay, ...rest]
  return router.os === 'junos-set' ? r.shuffle(paths).map(path => `set ${path.join(' ')}`) : braces(paths)
}

function interfaceOf(router: PlannedRouter, port: PlannedPort, r: Random): Path[] {
  const unit = ['interfaces', 'irb', 'unit', `${port.vlan.id}`]
  const own = [...unit, 'family', 'inet', 'address', `${address(port)}/${port.prefix}`]
  const paths: Path[] = []
  const groups = groupsOf(router, port)
  if (groups.length === 0) paths.push(own)
  for (const { group, index } of groups) {
    if (group.protocol === 'anycast') {
      paths.push([...own, 'virtual-gateway-address', virtual(port.vlan, index)])
      continue
    }
    const at = [...own, 'vrrp-group', `${group.number}`]
    paths.push([...at, 'virtual-address', virtual(port.vlan, index)], [...at, 'priority', `${90 + r.below(40)}`])
    if (r.chance(0.3)) paths.push([...at, r.chance(0.5) ? 'no-preempt' : 'preempt'])
  }
  if (port.vlan.secondary) paths.push([...unit, 'family', 'inet', 'address', `${secondary(port)}/24`])
  if (!port.up) paths.push([...unit, 'disable'])
  return paths
}

/** The servers of a port, each once: a list holds no address twice. */
const servers = ({ relays }: Pick<PlannedPort, 'relays'>) => [...new Set(relays.map(relay => TARGETS[relay.target]))]
const isSilent = (router: PlannedRouter, port: PlannedPort) => port.silent || router.off

function bootp(router: PlannedRouter, r: Random): Path[] {
  const at = ['forwarding-options', 'helpers', 'bootp']
  const { share } = router
  const off = router.off ? [['no-listen']] : []
  const shared: Path[] = []
  if (share?.form === 'level') {
    const entries = share.ids.map(id => [...at, 'interface', `irb.${id}`])
    shared.push(
      ...servers(share).map(ip => [...at, 'server', ip]),
      ...entries.flatMap(entry => (router.off ? [[...entry, 'no-listen']] : [entry])),
    )
  } else if (share)
    shared.push(...[...off, ...servers(share).map(ip => ['server', ip])].map(path => [...at, 'interface', 'all', ...path]))
  return [...shared, ...ownBootp(router, r, at)]
}

function ownBootp(router: PlannedRouter, r: Random, at: Path): Path[] {
  return r.shuffle(router.ports.filter(p => p.relays.length > 0)).flatMap((port): Path[] => {
    const iface = [...at, 'interface', `irb.${port.vlan.id}`]
    return [...(isSilent(router, port) ? [[...iface, 'no-listen']] : []), ...servers(port).map(ip => [...iface, 'server', ip])]
  })
}

function dhcpRelay(router: PlannedRouter, r: Random): Path[] {
  const at = ['forwarding-options', 'dhcp-relay']
  const { share } = router
  const shared: Path[] = []
  if (share) {
    const group = [...at, 'group', 'SHARED']
    const [first, last] = [share.ids[0], share.ids.at(-1)]
    shared.push(
      ...servers(share).map(ip => [...at, 'server-group', 'SHARED', ip]),
      [...group, 'active-server-group', 'SHARED'],
      ...(router.off ? [[...group, 'overrides', 'disable-relay']] : []),
      [...group, 'interface', share.form === 'all' ? 'all' : `irb.${first} upto irb.${last}`],
    )
  }
  return [...shared, ...ownRelay(router, r, at)]
}

function ownRelay(router: PlannedRouter, r: Random, at: Path): Path[] {
  return r.shuffle(router.ports.filter(p => p.relays.length > 0)).flatMap((port): Path[] => {
    const name = `CLIENTS-${port.vlan.id}`
    const group = [...at, 'group', name]
    return [
      ...servers(port).map(ip => [...at, 'server-group', name, ip]),
      [...group, 'active-server-group', name],
      ...(isSilent(router, port) ? [[...group, 'overrides', 'disable-relay']] : []),
      [...group, 'interface', `irb.${port.vlan.id}`],
    ]
  })
}

interface Tree {
  readonly [word: string]: Tree
}

/** Words that stand behind their keyword on one line instead of opening a block of their own. */
const NAMED = new Set(['unit', 'family', 'address', 'vrrp-group', 'group', 'server-group', 'interface'])

/** Paths as nested statements, in the order in which their first words came. */
function braces(paths: readonly Path[]): string[] {
  const root: Record<string, Tree> = {}
  for (const path of paths) {
    let at = root as Record<string, Record<string, never>>
    for (const word of path) at = (at[word] ??= {}) as never
  }
  return print(root, 0)
}

function print(tree: Tree, depth: number): string[] {
  const indent = '    '.repeat(depth)
  return Object.entries(tree).flatMap(([word, inner]) => {
    const entries = Object.entries(inner)
    if (entries.length === 0) return [`${indent}${word};`]
    if (NAMED.has(word))
      return entries.flatMap(([name, below]) =>
        Object.keys(below).length === 0
          ? [`${indent}${word} ${name};`]
          : [`${indent}${word} ${name} {`, ...print(below, depth + 1), `${indent}}`],
      )
    const [only] = entries
    if (entries.length === 1 && only && Object.keys(only[1]).length === 0) return [`${indent}${word} ${only[0]};`]
    return [`${indent}${word} {`, ...print(inner, depth + 1), `${indent}}`]
  })
}
