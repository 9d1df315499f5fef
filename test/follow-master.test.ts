// The strategy `follow-master`, with a platform made up for it: from the page and its template to a fix that is proven.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { known } from '../src/audit/known.ts'
import type { Result } from '../src/model/result.ts'
import { readDevice } from '../src/parse/assemble.ts'
import { definePlatform, ignore, type Platform, part, rows, scope } from '../src/parse/index.ts'
import { platformOf } from '../src/platforms.ts'
import { collected } from './support/network/audit.ts'
import { fixed, TEMPLATES } from './support/network/fixed.ts'

const ios = platformOf('cisco-ios') as Platform
const vrrp = (group: number) => ({ protocol: 'vrrp', group }) as const

/** VRRP whose groups run a script that starts and stops one relay. */
const lines = part({
  'ip address <ip:ipv4> <prefix:mask>': ({ ip, prefix }) => ({ kind: 'address', ip, prefix }),
  'ip helper-address <target:ipv4>': ({ target }) => ({ kind: 'relay', target }),
  'vrrp <group:int> ip <ip:ipv4>': ({ group, ip }) => ({ kind: 'virtual', ip, ...vrrp(group) }),
  'vrrp <group:int> priority <value:int>': ({ group, value }) => ({ kind: 'priority', value, ...vrrp(group) }),
  'vrrp <group:int> shutdown': ({ group }) => ({ kind: 'group-enabled', on: false, ...vrrp(group) }),
  'vrrp <group:int> on-change relay <target:ipv4>': ({ group, target }) => ({ kind: 'script-gate', target, ...vrrp(group) }),
  'ospf <rest:text>': ignore,
})
const platform = definePlatform({
  ...ios,
  id: 'test-scripts',
  name: 'A router with scripts',
  grammar: {
    ...ios.grammar,
    table: rows({
      'interface <name:ports>': scope(
        ({ name }) => ({ interface: name }),
        lines,
        () => ({ kind: 'interface' }),
      ),
    }),
  },
  fixValues: () => ({}),
  cannot: { 'gate-relay': 'it has no such command', 'dedup-pair': 'it forms no pairs' },
})

const root = mkdtempSync(join(tmpdir(), 'templates-'))
afterAll(() => rmSync(root, { recursive: true }))

function folder(name: string, apply: readonly string[], rollback: readonly string[]): string {
  const at = join(root, name, platform.id)
  mkdirSync(at, { recursive: true })
  const text = (...parts: readonly string[]) => [...parts, ''].join('\n')
  const caution = '=== caution\nKeep the script on every member of group {{group}}.'
  writeFileSync(
    join(at, 'follow-master.hbs'),
    text('=== apply', ...apply, '=== rollback', ...rollback, '=== verify', 'show vrrp {{group}} => the script is there', caution),
  )
  writeFileSync(join(at, 'remove-relay.hbs'), text('=== apply', AT, ' no {{statement}}', '=== rollback', AT, ' {{statement}}'))
  return join(root, name)
}
const AT = 'interface {{interface}}'
const SCRIPT = 'vrrp {{group}} on-change relay {{target}}'
const GOOD = folder('good', [AT, ` ${SCRIPT}`], [AT, ` no ${SCRIPT}`])

const PLAIN = 'ip helper-address 10.9.9.5'
const DHCP = 'ip helper-address 10.9.8.20'
const text = (host: number, ...more: readonly string[]) =>
  ['interface Vlan10', ` ip address 10.10.0.${host} 255.255.255.0`, ...more.map(l => ` ${l}`), 'end', ''].join('\n')
const auditOf = (texts: Readonly<Record<string, string>>, templates = GOOD): Result =>
  fixed(
    Object.entries(texts).map(([name, config]) => collected({ name, os: 'ios' }, config, platform.id)),
    { vrf: null },
    { templates: [templates, TEMPLATES], platforms: [...known.platforms, platform] },
  )
const VRRP = 'vrrp 10 ip 10.10.0.1'
const BOTH = { r1: text(2, PLAIN, DHCP, VRRP, 'vrrp 10 priority 120'), r2: text(3, PLAIN, DHCP, VRRP) }

describe('a relay that a script starts and stops', () => {
  const verdict = (...own: readonly (readonly string[])[]) =>
    auditOf(Object.fromEntries(own.map((lines, n) => [`r${n + 1}`, text(n + 2, ...lines)]))).segments[0]?.pxe[0]
  const SCRIPTED = 'vrrp 10 on-change relay 10.9.9.5'

  it('says which group it follows', () => {
    const device = readDevice(platform, { device: 'r1', file: 'r1.cfg', text: text(2, PLAIN, DHCP, VRRP, SCRIPTED) })
    expect(device.interfaces[0]?.relays.map(r => [r.target, r.gate, r.follows])).toEqual([
      ['10.9.9.5', 'script', { protocol: 'vrrp', id: 10 }],
      ['10.9.8.20', 'always', undefined],
    ])
  })

  it('counts once with those that follow the same group, on two routers and on three', () => {
    const lines = [PLAIN, VRRP, SCRIPTED]
    expect(verdict(lines, lines)).toMatchObject({ verdict: 'single', copies: 1, survives_failover: true })
    expect(verdict(lines, lines, lines)).toMatchObject({ verdict: 'single', copies: 1, survives_failover: true })
  })

  it('counts beside a plain one, and beside one that follows another group', () => {
    expect(verdict([PLAIN, VRRP, SCRIPTED], [PLAIN, VRRP])).toMatchObject({ verdict: 'duplicate', copies: 2 })
    const other = [PLAIN, VRRP, 'vrrp 11 ip 10.10.0.254', 'vrrp 11 on-change relay 10.9.9.5']
    const first = [PLAIN, VRRP, 'vrrp 11 ip 10.10.0.254', SCRIPTED]
    expect(verdict(first, other)).toMatchObject({ verdict: 'duplicate', copies: 2 })
  })

  it('is held back by no group that is not there, or does not run', () => {
    const gone = [PLAIN, 'vrrp 11 ip 10.10.0.254', SCRIPTED]
    expect(verdict(gone, gone)).toMatchObject({ verdict: 'duplicate', copies: 2 })
    const shut = [PLAIN, VRRP, 'vrrp 10 shutdown', SCRIPTED]
    expect(
      verdict(shut, shut)
        ?.reasons.map(r => r.message)
        .join(),
    ).toContain('VRRP group 10 of Vlan10 is not running')
  })
})

describe('follow-master', () => {
  const own = (result: Result) => result.remediations.filter(r => r.strategy === 'follow-master')

  it('is the first way where every member can, standby router first, and proven', () => {
    const result = auditOf(BOTH)
    expect(own(result).map(r => [r.device, r.choice, r.proven, r.apply, r.rollback])).toEqual(
      ['r2', 'r1'].map(device => [
        device,
        'default',
        true,
        'interface Vlan10\n vrrp 10 on-change relay 10.9.9.5',
        'interface Vlan10\n no vrrp 10 on-change relay 10.9.9.5',
      ]),
    )
    expect(result.remediations[0]).toMatchObject({
      keeps: null,
      caution: 'Keep the script on every member of group 10.',
      verify: [{ command: 'show vrrp 10', expect: 'the script is there' }],
    })
    // Without it, one relay can still be left.
    expect(result.remediations.slice(2).map(r => [r.strategy, r.choice, r.proven])).toEqual([['remove', 'alternative', true]])
  })

  it('joins those that have the script already', () => {
    const result = auditOf({ ...BOTH, r2: text(3, PLAIN, DHCP, VRRP, 'vrrp 10 on-change relay 10.9.9.5') })
    expect(own(result).map(r => [r.device, r.proven])).toEqual([['r1', true]])
  })

  it('is not there for routers that share no group, nor where one of them cannot', () => {
    const apart = { r1: text(2, PLAIN, 'vrrp 10 ip 10.10.0.1'), r2: text(3, PLAIN, 'vrrp 11 ip 10.10.0.254') }
    expect(own(auditOf(apart))).toEqual([])
    const collectedAsIos = fixed(
      [collected({ name: 'r1', os: 'ios' }, BOTH.r1, platform.id), collected({ name: 'r2', os: 'ios' }, BOTH.r2)],
      { vrf: null },
      { templates: [GOOD, TEMPLATES], platforms: [...known.platforms, platform] },
    )
    expect(own(collectedAsIos)).toEqual([])
    expect(collectedAsIos.remediations[0]).toMatchObject({ strategy: 'remove', proven: true })
  })

  it.each<[string, readonly string[], readonly string[], RegExp]>([
    [
      'a script for another group',
      [AT, ' vrrp 11 on-change relay {{target}}'],
      [AT, ' no vrrp 11 on-change relay {{target}}'],
      /the duplicate would remain/,
    ],
    [
      'a script that stops the DHCP relay as well',
      [AT, ` ${SCRIPT}`, ' vrrp {{group}} on-change relay 10.9.8.20'],
      [AT, ` no ${SCRIPT}`, ' no vrrp {{group}} on-change relay 10.9.8.20'],
      /a relay to another server would change/,
    ],
    [
      'a priority that goes along',
      [AT, ` ${SCRIPT}`, ' vrrp {{group}} priority 90'],
      [AT, ` no ${SCRIPT}`],
      /"vrrp 10 priority 90", which is about something else/,
    ],
    [
      'a line of another feature',
      [AT, ` ${SCRIPT}`, ' ospf cost 10'],
      [AT, ` no ${SCRIPT}`],
      /"ospf cost 10", which is not understood/,
    ],
    [
      'a script that stays',
      [AT, ` ${SCRIPT}`],
      [AT, ' no vrrp {{group}} on-change relay 10.9.9.6'],
      /the rollback on r\d does not restore/,
    ],
  ])('is withheld for %s', (name, apply, rollback, why) => {
    const result = auditOf(BOTH, folder(name, apply, rollback))
    expect(own(result).map(r => [r.proven, r.apply])).toEqual([[false, '']])
    expect(own(result)[0]?.withheld).toMatch(why)
    expect(result.remediations[0]).toMatchObject({ strategy: 'remove', proven: true })
  })
})
