// Address arithmetic, in the field's own words; netmask and ipaddr.js do the sums.
import ipaddr from 'ipaddr.js'
import { Netmask } from 'netmask'

/** The subnet an address stands in, as `10.0.10.0/24` or `2001:db8::/64`. */
export function subnetOf(ip: string, prefix: number): string {
  if (!ip.includes(':')) return `${new Netmask(`${ip}/${prefix}`).base}/${prefix}`
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${ip}/${prefix}`).toString()}/${prefix}`
}

/** True when `ip` lies in `subnet` (CIDR form, same IP version). */
export function inSubnet(ip: string, subnet: string): boolean {
  if (ip.includes(':') !== subnet.includes(':')) return false
  const address = ipaddr.parse(ip)
  return address.match(ipaddr.parseCIDR(subnet) as [never, number])
}

/** True when all of the subnet `inner` lies in the subnet `outer` (both in CIDR form). */
export function containsSubnet(outer: string, inner: string): boolean {
  const [ip = '', prefix = ''] = inner.split('/')
  return Number(prefix) >= Number(outer.split('/')[1]) && inSubnet(ip, outer)
}

/** The directed broadcast address of an IPv4 subnet; null for /31 and /32, which have none. */
export function broadcastOf(subnet: string): string | null {
  if (subnet.includes(':')) return null
  return new Netmask(subnet).broadcast ?? null
}

/** FE80::/10: every link has the same ones, so they tell nothing about which link it is. */
export const isLinkLocal = (ip: string): boolean => /^fe[89ab]/i.test(ip)

/** IPv4 addresses as numbers, for sorting and ties. */
export const ipv4Number = (ip: string): number => ip.split('.').reduce((n, octet) => n * 256 + Number(octet), 0)

/** The canonical spelling of an address, or null when it is none. IPv4 with leading zeros is refused: some read it as octal. */
export function canonicalIp(text: string): string | null {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(text)) return ipaddr.IPv4.isValidFourPartDecimal(text) && !/(^|\.)0\d/.test(text) ? text : null
  return text.includes(':') && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text).toString() : null
}

/** The network in canonical CIDR form, or null when it is none. */
export function canonicalNetwork(text: string): string | null {
  const [ip = '', prefix = '', ...more] = text.split('/')
  const address = canonicalIp(ip)
  if (address === null || more.length > 0 || !/^\d{1,3}$/.test(prefix)) return null
  return Number(prefix) <= (address.includes(':') ? 128 : 32) ? subnetOf(address, Number(prefix)) : null
}
