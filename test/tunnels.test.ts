// Switches that leave alone what another one heard at a port: over the link of their pair, or out of a tunnel (Arista TOI 14626).
import { describe, expect, it } from 'vitest'
import { correlate } from '../src/analyze/correlate.ts'
import { judge } from '../src/analyze/judge.ts'
import { readDevice } from '../src/parse/assemble.ts'
import { platformOf } from '../src/platforms.ts'
import { pxePoint } from './support/point.ts'

const HELPER = 'ip helper-address 10.9.9.5'

interface Leaf {
  /** `dhcp relay`: what is left alone. */
  readonly tunnel?: boolean
  readonly link?: boolean
  /** Number of the pair, and which half of it. */
  readonly pair?: readonly [number, 1 | 2]
  readonly vni?: string
  /** What stands on the interface of the VLAN besides its address; null for no interface. */
  readonly relay?: string | null
  /** Further lines of the tunnel's end. */
  readonly end?: string
  readonly site?: string
}

const text = ({ tunnel = true, link = tunnel, pair, vni = '10010', relay = HELPER, end = '' }: Leaf): string =>
  [
    'vlan 10',
    ...(tunnel || link ? ['dhcp relay'] : []),
    ...(tunnel ? ['   tunnel requests disabled'] : []),
    ...(link ? ['   mlag peer-link requests disabled'] : []),
    ...(relay === null ? [] : ['interface Vlan10', '   ip address virtual 10.0.10.1/24', `   ${relay}`]),
    ...(pair === undefined
      ? []
      : [
          'interface Port-Channel1',
          '   switchport mode trunk',
          'interface Vlan4094',
          `   ip address 10.255.${pair[0]}.${pair[1]}/30`,
          'mlag configuration',
          `   domain-id P${pair[0]}`,
          `   peer-address 10.255.${pair[0]}.${3 - pair[1]}`,
          '   peer-link Port-Channel1',
        ]),
    'interface Vxlan1',
    `   vxlan vlan 10 vni ${vni}`,
    `   ${end}`,
    'end',
    '',
  ].join('\n')

/** The verdict on VLAN 10, its copies and doubts. */
function found(leaves: Readonly<Record<string, Leaf>>) {
  const eos = platformOf('arista-eos')
  if (!eos) throw new Error('no EOS')
  const devices = Object.entries(leaves).map(([device, leaf]) => ({
    site: leaf.site ?? 'here',
    stale: null,
    device: readDevice(eos, { device, file: `${device}.cfg`, text: text(leaf) }),
  }))
  const judgements = judge(correlate(devices, [pxePoint({})], []))
  const one = judgements.find(j => j.segment.subnets.includes('10.0.10.0/24'))
  return one && [one.verdict.verdict, one.copies.count, one.doubts.map(d => d.code).join(' ')]
}

describe('ends of a tunnel that leave alone what comes out of it', () => {
  it('are one copy, however many there are', () => {
    expect(found({ a: {}, b: {}, c: {} })).toEqual(['single', 1, ''])
    expect(found({ a: { tunnel: false }, b: { tunnel: false }, c: { tunnel: false } })?.slice(0, 2)).toEqual(['duplicate', 3])
  })
  it('do not keep those from it that relay what comes out', () => {
    expect(found({ a: {}, b: {}, c: { tunnel: false } })?.slice(0, 2)).toEqual(['duplicate', 2])
    expect(found({ a: { end: 'shutdown' }, b: { end: 'shutdown' } })?.slice(0, 2)).toEqual(['duplicate', 2])
  })
  it('are those of one tunnel', () => {
    expect(found({ a: {}, b: { vni: '10011' } })?.slice(0, 2)).toEqual(['duplicate', 2])
    expect(found({ a: { end: 'no vxlan vlan 10 vni' }, b: {} })?.slice(0, 2)).toEqual(['duplicate', 2])
  })
  it('are two halves each where they are pairs: what one gets out of it the other one hears on their link', () => {
    const pairs = (leaf: Leaf) => ({
      a1: { ...leaf, pair: [1, 1] as const },
      a2: { ...leaf, pair: [1, 2] as const },
      b1: { ...leaf, pair: [2, 1] as const },
      b2: { ...leaf, pair: [2, 2] as const },
    })
    expect(found(pairs({}))).toEqual(['single', 1, ''])
    expect(found(pairs({ link: false }))?.[0]).toBe('duplicate')
    expect(found(pairs({ tunnel: false, link: true }))?.slice(0, 2)).toEqual(['duplicate', 2])
  })
})

describe('clients of a switch that does not relay', () => {
  it('may get no answer where the other ends of the tunnel leave them alone', () => {
    expect(found({ a: {}, b: { relay: 'mtu 1500' } })).toEqual(['unknown', 1, 'dropped-requests'])
    expect(found({ a: {}, b: { relay: null } })?.[2]).toContain('dropped-requests')
    // Not behind another tunnel, at another site, or where somebody relays what comes out of it.
    expect(found({ a: {}, b: { relay: null, vni: '10011' } })?.[2]).toBe('peer-missing')
    expect(found({ a: {}, b: { relay: null, site: 'there' } })?.[2]).toBe('peer-missing')
    expect(found({ a: { tunnel: false }, b: { relay: 'mtu 1500' } })).toEqual(['single', 1, ''])
  })
  it('may get no answer where it is the other half of a pair, which leaves alone what comes over the link', () => {
    const [one, two] = [[1, 1] as const, [1, 2] as const]
    const link = { tunnel: false, link: true }
    expect(found({ a: { ...link, pair: one }, b: { ...link, pair: two } })).toEqual(['single', 1, ''])
    for (const relay of ['mtu 1500', 'ip helper-address 10.9.9.20', null])
      expect(found({ a: { ...link, pair: one }, b: { ...link, pair: two, relay } })?.[2], `${relay}`).toContain(
        'dropped-requests',
      )
    // The one that relays hears all of it.
    expect(found({ a: { tunnel: false, pair: one }, b: { ...link, pair: two, relay: 'mtu 1500' } })).toEqual(['single', 1, ''])
    expect(found({ a: { pair: one }, b: { pair: two, relay: 'mtu 1500' } })).toEqual(['unknown', 1, 'dropped-requests'])
  })
})
