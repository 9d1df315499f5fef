// Address arithmetic, in the field's own words. IPv4 is done here, because a large network asks millions of times;
// ipaddr.js does the sums of IPv6.
import ipaddr from 'ipaddr.js'

/** The subnet an address stands in, as `10.0.10.0/24` or `2001:db8::/64`. */
export function subnetOf(ip: string, prefix: number): string {
  if (!ip.includes(':')) return `${ipv4Text(baseOf(ipv4Number(ip), prefix))}/${prefix}`
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${ip}/${prefix}`).toString()}/${prefix}`
}

/** True when `ip` lies in `subnet` (CIDR form, same IP version). */
export function inSubnet(ip: string, subnet: string): boolean {
  const six = ip.includes(':')
  if (six !== subnet.includes(':')) return false
  if (six) return ipaddr.IPv6.parse(ip).match(ipaddr.IPv6.parseCIDR(subnet))
  const slash = subnet.indexOf('/')
  const prefix = Number(subnet.slice(slash + 1))
  return baseOf(ipv4Number(ip), prefix) === baseOf(ipv4Number(subnet.slice(0, slash)), prefix)
}

/** True when all of the subnet `inner` lies in the subnet `outer` (both in CIDR form). */
export function containsSubnet(outer: string, inner: string): boolean {
  const [ip = '', prefix = ''] = inner.split('/')
  return Number(prefix) >= Number(outer.split('/')[1]) && inSubnet(ip, outer)
}

/** The directed broadcast address of an IPv4 subnet; null for /31 and /32, which have none. */
export function broadcastOf(subnet: string): string | null {
  if (subnet.includes(':')) return null
  const slash = subnet.indexOf('/')
  const prefix = Number(subnet.slice(slash + 1))
  return prefix > 30 ? null : ipv4Text(baseOf(ipv4Number(subnet.slice(0, slash)), prefix) + 2 ** (32 - prefix) - 1)
}

/** The address without its host part; not a number for what is no address, and so equal to none. */
function baseOf(ip: number, prefix: number): number {
  const size = 2 ** (32 - prefix)
  return Math.floor(ip / size) * size
}

const ipv4Text = (n: number): string => `${n >>> 24}.${(n >>> 16) & 255}.${(n >>> 8) & 255}.${n & 255}`

/** FE80::/10: every link has the same ones, so they tell nothing about which link it is. */
export const isLinkLocal = (ip: string): boolean => /^fe[89ab]/i.test(ip)

/** IPv4 addresses as numbers, for sums, sorting and ties; not a number for what holds anything but digits and dots. */
export function ipv4Number(ip: string): number {
  let sum = 0
  let octet = 0
  for (let i = 0; i < ip.length; i++) {
    const code = ip.charCodeAt(i)
    if (code === DOT) {
      sum = sum * 256 + octet
      octet = 0
    } else if (code >= ZERO && code <= NINE) octet = octet * 10 + code - ZERO
    else return Number.NaN
  }
  return sum * 256 + octet
}
const [DOT, ZERO, NINE] = [46, 48, 57]

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
