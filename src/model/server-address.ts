// Addresses that no server has. Taken for one, they make every segment look as if nothing led to it.
import ipaddr from 'ipaddr.js'
import { broadcastOf } from './ip.ts'

/** This network, this machine, every machine of a group or of all. */
const NOBODY = /^(0\.|127\.|255\.255\.255\.255$|22[4-9]\.|23\d\.|::1?$|ff)/i

/** IPv4 addresses written as IPv6 ones (RFC 4291, 2.5.5): a relay names the IPv4 address. */
const WRITTEN_IN_6 = ['::ffff:0:0/96', '::/96'].map(range => ipaddr.IPv6.parseCIDR(range))

/** Larger ones than this are nobody's subnet; declared, they would settle which broadcasts a server does not hear. */
const LEAST_PREFIX = 8

/** Why an address (in canonical form) is no server's, given the networks it is said to stand in; null where it may be one's. */
export function noServer(ip: string, networks: readonly string[]): string | null {
  if (NOBODY.test(ip)) return `${ip} is no address of a server`
  // A zone is a name on the machine that writes it (RFC 4007, 11), and on no other.
  if (ip.includes('%')) return `${ip} has the name of an interface in it; write ${ip.slice(0, ip.indexOf('%'))}`
  if (ip.includes(':')) {
    const six = ipaddr.IPv6.parse(ip)
    if (!WRITTEN_IN_6.some(range => six.match(range))) return null
    const four = six.toByteArray().slice(12).join('.')
    return `${ip} is an IPv4 address written as one of IPv6; write ${four}`
  }
  const own = networks.find(n => n.startsWith(`${ip}/`) && broadcastOf(n) !== null)
  if (own !== undefined) return `${ip} is the number of the network ${own}, and no server has it; write the server's own address`
  const all = networks.find(n => broadcastOf(n) === ip)
  return all === undefined
    ? null
    : `${ip} is the broadcast address of ${all}, and no server has it; write the server's own address`
}

/** Why a network is none that a server stands in; null where it may be. */
export function noSubnet(network: string): string | null {
  const prefix = Number(network.slice(network.indexOf('/') + 1))
  return prefix < LEAST_PREFIX ? `${network} is no subnet that a server stands in` : null
}
