// A large network in memory: pairs of IOS routers in sites, 20 client subnets each, with a mix of all verdicts.
// The same one for the same number of pairs, so that two runs measure the same work.
import type { Reading, ReadSource } from '../../src/audit/read.ts'
import type { PxePoint } from '../../src/model/inventory.ts'
import type { Gap, PlacedDevice } from '../../src/model/network.ts'
import type { DeviceResult } from '../../src/model/result.ts'
import { readDevice } from '../../src/parse/assemble.ts'
import type { Platform } from '../../src/parse/platform.ts'
import { random } from './generate.ts'

/** Client subnets of a pair. */
const SUBNETS = 20
/** Pairs of a site; every site has a boot server of its own. */
const SITE = 50
/** Pairs among which one router is missing and one is cut short: either leaves its whole site in doubt. */
const PATCH = 10 * SITE

type Kind = 'gated' | 'duplicate' | 'single' | 'none' | 'unclear'
/** How many of 1,000 subnets are which; the rest is gated. */
const MIX: readonly (readonly [Kind, number])[] = [
  ['duplicate', 20],
  ['single', 80],
  ['none', 40],
  ['unclear', 10],
]

/** What the analysis is given. */
export interface Fleet {
  readonly reading: Reading
  readonly points: readonly PxePoint[]
}

/** A network of so many pairs. In every tenth site one router was not collected, and another capture is cut short. */
export function fleetOf(pairs: number, platform: Platform): Fleet {
  const devices: PlacedDevice[] = []
  const gaps: Gap[] = []
  const results: DeviceResult[] = []
  const sources = new Map<string, ReadSource>()
  for (let pair = 0; pair < pairs; pair++) {
    const kinds = kindsOf(pair)
    const site = siteOf(pair)
    for (const half of [0, 1]) {
      const device = nameOf(pair, half)
      const file = `${device}.cfg`
      const result = { name: device, platform: platform.id, site, file, sha256: null, collected_at: null } as const
      if (half === 1 && pair % PATCH === PATCH - 1) {
        const reason = `${device} could not be read, and may stand here too`
        gaps.push({ device, site, kind: 'not-collected', vlan: null, reason })
        results.push({ ...result, state: 'failed', reason: 'timed out', complete: false })
        continue
      }
      // In memory, so that no file system is measured; in one piece, as if it had been read.
      const whole = Buffer.from(configuration(pair, half, kinds)).toString('latin1')
      const text = () => whole
      const read = readDevice(platform, { device, file, text: whole })
      devices.push({ device: read, site, stale: null })
      sources.set(device, { device: read, platform, text })
      results.push({ ...result, state: 'collected', reason: read.incomplete, complete: read.complete })
    }
  }
  return { reading: { devices, gaps, captures: [], strangers: [], results, sources }, points: pointsOf(pairs) }
}

const siteOf = (pair: number) => `site-${Math.floor(pair / SITE)}`
const nameOf = (pair: number, half: number) => `dist-${pair}-${half + 1}`

function kindsOf(pair: number): Kind[] {
  const pick = random(pair + 1)
  return Array.from({ length: SUBNETS }, () => {
    let rest = pick(1000)
    for (const [kind, share] of MIX) {
      if (rest < share) return kind
      rest -= share
    }
    return 'gated'
  })
}

/** The boot server and the DHCP server of a site. */
const serversOf = (site: number) => ({
  wds: `172.20.${site >> 8}.${site & 255 || 255}`,
  dhcp: `172.24.${site >> 8}.${site & 255 || 255}`,
})

const pointsOf = (pairs: number): PxePoint[] =>
  Array.from({ length: Math.ceil(pairs / SITE) }, (_, site) => ({
    name: `wds-${site}`,
    kind: 'wds',
    addresses: [serversOf(site).wds],
    retired: [],
    hostnames: [],
    networks: [],
    vrf: null,
    sites: [`site-${site}`],
  }))

/** `host` of the `n`th /26 below 10.0.0.0/8. */
function address(n: number, host: number): string {
  const last = n * 64 + host
  return `10.${(last >> 16) & 255}.${(last >> 8) & 255}.${last & 255}`
}

function configuration(pair: number, half: number, kinds: readonly Kind[]): string {
  const out = ['version 17.9', 'service timestamps log datetime msec', `hostname ${nameOf(pair, half)}`, '!']
  const { wds, dhcp } = serversOf(Math.floor(pair / SITE))
  kinds.forEach((kind, v) => {
    const vlan = 100 + v
    const subnet = pair * SUBNETS + v
    const hsrp = `standby ${vlan}`
    out.push(`interface Vlan${vlan}`, ` description clients of floor ${v}`)
    out.push(` ip address ${address(subnet, 2 + half)} 255.255.255.192`, ` ip helper-address ${dhcp}`)
    if (kind === 'duplicate' || (kind === 'single' && half === 0)) out.push(` ip helper-address ${wds}`)
    if (kind === 'gated') out.push(` ip helper-address ${wds} redundancy PXE-${vlan}`)
    if (kind === 'unclear') out.push(` ip helper-address ${wds} through the back door`)
    out.push(' standby version 2', ` ${hsrp} ip ${address(subnet, 1)}`, ` ${hsrp} priority ${110 - 10 * half}`)
    out.push(` ${hsrp} preempt`, ` ${hsrp} name PXE-${vlan}`, '!')
  })
  const cut = half === 1 && pair % PATCH === PATCH - 2
  return `${[...out, 'line vty 0 4', ...(cut ? [] : ['end'])].join('\n')}\n`
}
