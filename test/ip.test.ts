// Address arithmetic, by hand and against the library that parses masks elsewhere.
import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { Netmask } from 'netmask'
import { describe, expect, it } from 'vitest'
import { broadcastOf, inSubnet, ipv4Number, subnetOf } from '../src/model/ip.ts'

describe('subnets', () => {
  it('by hand', () => {
    expect(subnetOf('10.0.10.77', 26)).toBe('10.0.10.64/26')
    expect(subnetOf('255.255.255.255', 1)).toBe('128.0.0.0/1')
    expect(subnetOf('192.0.2.1', 0)).toBe('0.0.0.0/0')
    expect(subnetOf('192.0.2.1', 32)).toBe('192.0.2.1/32')
    expect(subnetOf('2001:db8::17', 64)).toBe('2001:db8::/64')
    expect(inSubnet('10.0.10.127', '10.0.10.64/26')).toBe(true)
    expect(inSubnet('10.0.10.128', '10.0.10.64/26')).toBe(false)
    expect(inSubnet('2001:db8::17', '2001:db8::/64')).toBe(true)
    expect(inSubnet('2001:db8:1::17', '2001:db8::/64')).toBe(false)
    expect(inSubnet('10.0.10.1', '::/0')).toBe(false)
    expect(inSubnet('wds01', '0.0.0.0/0')).toBe(false)
    expect(broadcastOf('10.0.10.64/26')).toBe('10.0.10.127')
    expect(broadcastOf('0.0.0.0/0')).toBe('255.255.255.255')
    expect(broadcastOf('10.0.10.64/31')).toBeNull()
    expect(broadcastOf('10.0.10.64/32')).toBeNull()
    expect(ipv4Number('10.0.1.2')).toBe(10 * 2 ** 24 + 258)
  })

  it('as netmask and ipaddr.js have them', () => {
    const octet = fc.nat(255)
    const address = fc.tuple(octet, octet, octet, octet).map(octets => octets.join('.'))
    fc.assert(
      fc.property(address, address, fc.nat(32), (ip, other, prefix) => {
        const mask = new Netmask(`${ip}/${prefix}`)
        expect(subnetOf(ip, prefix)).toBe(`${mask.base}/${prefix}`)
        expect(broadcastOf(`${ip}/${prefix}`)).toBe(prefix > 30 ? null : mask.broadcast)
        const near = ip.split('.').slice(0, 2).concat(other.split('.').slice(2)).join('.')
        for (const there of [other, near, ip])
          expect(inSubnet(there, `${ip}/${prefix}`)).toBe(
            ipaddr.IPv4.parse(there).match(ipaddr.IPv4.parseCIDR(`${ip}/${prefix}`)),
          )
      }),
      { numRuns: 500 },
    )
  })
})
