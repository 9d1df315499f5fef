import type { PxePoint } from '../model/inventory.ts'
import { canonicalIp, canonicalNetwork } from '../model/ip.ts'
import { noServer, noSubnet } from '../model/server-address.ts'
import { Trouble } from '../model/trouble.ts'

const wrong = (sentence: string) =>
  new Trouble('usage', `--pxe: ${sentence}; write --pxe 10.9.9.5 or --pxe NAME=10.9.9.5/24,10.9.9.6/24`)

/**
 * `--pxe 10.9.9.5`: one PXE point called after its address. `--pxe wds=10.9.9.5,10.9.9.6`: one point with two addresses.
 * `--pxe 10.9.9.5/24` says the subnet it stands in as well: a broadcast directed into that reaches it, and no other does.
 * Given on the command line, a point is taken for Windows Deployment Services and serves every site.
 */
export function pointOption(value: string, before: readonly PxePoint[] = []): PxePoint[] {
  const equals = value.indexOf('=')
  const networks: string[] = []
  const addresses = value
    .slice(equals + 1)
    .split(',')
    .map(text => {
      const [ip = '', mask] = text.trim().split('/', 2)
      const network = mask === undefined ? undefined : canonicalNetwork(text.trim())
      if (network) networks.push(network)
      const address = network === null ? null : canonicalIp(ip)
      if (address === null) throw wrong(`"${text}" is no address of a server`)
      return address
    })
  for (const why of [...networks.map(noSubnet), ...addresses.map(ip => noServer(ip, networks))])
    if (why !== null) throw wrong(why)
  if (equals === 0)
    throw new Trouble('usage', `--pxe ${value} has no name before the equals sign; write NAME=ADDRESS, or ADDRESS alone`)
  const name = equals < 0 ? addresses.join(',') : value.slice(0, equals)
  const twice = addresses.find((a, n) => addresses.indexOf(a) < n)
  if (twice !== undefined) throw new Trouble('usage', `--pxe: ${value} names ${twice} twice; name every address once`)
  const taken = before.find(p => p.name === name || p.addresses.some(a => addresses.includes(a)))
  if (taken)
    throw new Trouble('usage', `--pxe: ${value} repeats ${taken.name}; name every PXE point once, with all its addresses`)
  return [...before, { name, kind: 'wds', addresses, retired: [], hostnames: [], networks, vrf: null, sites: null }]
}
