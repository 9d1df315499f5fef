// A small network that is audited in memory, for what is accepted of it.

import type { Rule } from '../../src/analyze/rule.ts'
import { rules } from '../../src/analyze/rules/index.ts'
import { waive } from '../../src/analyze/waivers.ts'
import { type Accept, audit } from '../../src/audit/audit.ts'
import { known } from '../../src/audit/known.ts'
import type { Waiver } from '../../src/model/accepted.ts'
import type { Result } from '../../src/model/result.ts'
import { pxePoint } from './point.ts'

export const NOW = new Date('2026-03-04T12:00:00Z')

/** A router of Cisco IOS with an address in each of some VLANs: `10.0.VLAN.host/24`. */
export const router = (host: number, vlans: Readonly<Record<number, readonly string[]>>): string =>
  [
    'version 15.2',
    'service timestamps log datetime msec',
    `hostname r${host}`,
    ...Object.entries(vlans).flatMap(([vlan, lines]) => [
      `interface Vlan${vlan}`,
      ` ip address 10.0.${vlan}.${host} 255.255.255.0`,
      ...lines.map(line => ` ${line}`),
    ]),
    'end',
    '',
  ].join('\n')

export const RELAY = 'ip helper-address 10.9.9.5'

/** A waiver for everything, but for what is said otherwise. */
export const waiver = (more: Partial<Waiver> = {}): Waiver => ({
  rule: '*',
  site: null,
  device: null,
  subnet: null,
  point: null,
  reason: 'known',
  owner: 'Ann',
  expires: null,
  place: 'waivers.yaml:2',
  ...more,
})

interface More {
  readonly accept?: Accept
  readonly rules?: readonly Rule[]
  readonly sites?: Readonly<Record<string, string>>
}

/** Audits configurations by device name, for one PXE point `wds` at 10.9.9.5. */
export const auditOf = (
  configs: Readonly<Record<string, string>>,
  { accept, rules: own = rules, sites = {} }: More = {},
): Result =>
  audit({
    ...known,
    rules: own,
    collected: Object.entries(configs).map(([device, text]) => ({
      device,
      site: sites[device] ?? 'here',
      platform: 'cisco-ios',
      file: `${device}.cfg`,
      state: 'collected',
      text,
      sha256: '',
      collected_at: NOW.toISOString(),
      incomplete: null,
      whole: true,
    })),
    points: [pxePoint()],
    assume: { pairs: false },
    templates: [new URL('../../templates', import.meta.url).pathname],
    tool: { name: 'iphelper-audit', version: '1.2.3' },
    started: NOW,
    failOn: 'info',
    ...(accept ? { accept } : {}),
  })

/** What these waivers accept. */
export const accepting =
  (...waivers: readonly Waiver[]): Accept =>
  abouts =>
    waive(abouts, waivers, NOW).reasons
