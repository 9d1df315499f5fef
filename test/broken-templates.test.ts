// Templates that are broken on purpose: what they write is withheld, with a sentence that says why, and never shown.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Remediation } from '../src/model/result.ts'
import { collected } from './support/network/audit.ts'
import { fixed, TEMPLATES } from './support/network/fixed.ts'

const root = mkdtempSync(join(tmpdir(), 'templates-'))
afterAll(() => rmSync(root, { recursive: true }))
let made = 0

type Texts = Readonly<Record<string, string>>
interface Case {
  readonly platform: string
  readonly action: string
  readonly apply?: readonly string[]
  readonly rollback?: readonly string[]
  /** The whole template, where it is broken as such. */
  readonly text?: string
}

function fixesWith({ platform, action, apply = [], rollback = [], text }: Case, texts: Texts): readonly Remediation[] {
  const folder = join(root, `${made++}`)
  mkdirSync(join(folder, platform), { recursive: true })
  const whole = ['=== apply', ...apply, '=== rollback', ...rollback, '=== verify', 'show it => as it was', ''].join('\n')
  writeFileSync(join(folder, platform, `${action}.hbs`), text ?? whole)
  const files = Object.entries(texts).map(([name, config]) => collected({ name, os: 'ios' }, config, platform))
  return fixed(files, { vrf: null }, { templates: [folder, TEMPLATES] }).remediations
}

/** What is withheld of a strategy, after a look that none of it is shown. */
function refused(strategy: string, remediations: readonly Remediation[]): string {
  const own = remediations.filter(r => r.strategy === strategy)
  expect(own.length).toBe(new Set(own.map(r => r.fingerprint)).size)
  expect(own.map(r => [r.proven, r.apply, r.rollback])).toEqual(own.map(() => [false, '', '']))
  return own[0]?.withheld ?? ''
}

const PLAIN = 'ip helper-address 10.9.9.5'
const DHCP = 'ip helper-address 10.9.8.20'
const svi = (host: number, ...lines: readonly string[]) =>
  [
    'interface Vlan10',
    ...[` ip address 10.10.0.${host} 255.255.255.0`, ...lines.map(line => ` ${line}`)],
    'interface Vlan20',
    ` ip address 10.20.0.${host} 255.255.255.0`,
    ` ${DHCP}`,
    'end',
    '',
  ].join('\n')
const HSRP = ['standby 10 ip 10.10.0.1']
const IOS: Texts = {
  r1: svi(2, PLAIN, DHCP, ...HSRP, 'standby 10 priority 110'),
  r2: svi(3, PLAIN, DHCP, ...HSRP),
}
const IN_VRF: Texts = Object.fromEntries(
  Object.entries(IOS).map(([name, text]) => [name, text.replaceAll(PLAIN, 'ip helper-address vrf MGMT 10.9.9.5')]),
)

const NAME = ' standby {{group}} name {{name}}'
const GATED = ' ip helper-address {{scope}}{{target}} redundancy {{name}}'
const AT = 'interface {{interface}}'
/** A template that works, to be broken in one place. */
const GOOD = {
  platform: 'cisco-ios',
  action: 'gate-relay',
  apply: [AT, NAME, GATED, ' no {{statement}}', GATED],
  rollback: [
    AT,
    ' {{statement}}',
    ' no ip helper-address {{scope}}{{target}} redundancy {{name}}',
    ' {{statement}}',
    ' no standby {{group}} name {{name}}',
  ],
} as const

describe('a template that gates on IOS', () => {
  it('is shown where it is right', () => {
    for (const texts of [IOS, IN_VRF])
      expect(
        fixesWith(GOOD, texts)
          .filter(r => r.strategy === 'gate')
          .map(r => [r.device, r.proven]),
      ).toEqual([
        ['r2', true],
        ['r1', true],
      ])
  })

  it.each<[string, Partial<Case>, RegExp, Texts?]>([
    [
      'the wrong order of words',
      { apply: [AT, NAME, ' ip helper-address redundancy {{name}} {{target}}', ' no {{statement}}'] },
      /would be told "ip helper-address redundancy PXE-V10 10\.9\.9\.5", which is not understood/,
    ],
    [
      'no VRF',
      { apply: [AT, NAME, ' ip helper-address {{target}} redundancy {{name}}', ' no {{statement}}'] },
      /a relay to another server would change|the rollback on r\d does not restore/,
      IN_VRF,
    ],
    [
      'another VRF',
      { apply: [AT, NAME, ' ip helper-address vrf OTHER {{target}} redundancy {{name}}', ' no {{statement}}'] },
      /a relay to another server would change/,
      IN_VRF,
    ],
    ['the plain line left where it is', { apply: [AT, NAME, GATED] }, /the duplicate would remain/],
    [
      'the plain line of another VRF taken back',
      { apply: [AT, NAME, GATED, ' no ip helper-address {{target}}'] },
      /the duplicate would remain/,
      IN_VRF,
    ],
    [
      'the name after the reference',
      { apply: [AT, GATED, ' no {{statement}}', NAME] },
      /on r\d the line "ip helper-address 10\.9\.9\.5 redundancy PXE-V10" would refer to a redundancy name that is not there yet/,
    ],
    [
      'no name at all',
      { apply: [AT, GATED, ' no {{statement}}'] },
      /of Vlan10 to 10\.9\.9\.5 with redundancy PXE-V10 would be left, and no group has that name/,
    ],
    [
      'a name that is another group',
      { apply: [AT, ' standby 11 name {{name}}', GATED, ' no {{statement}}'] },
      /a redundancy group would change/,
    ],
    [
      'a priority that changes in passing',
      {
        apply: [
          AT,
          ' standby {{group}} priority 50',
          NAME,
          GATED,
          ' no {{statement}}',
          '{{#if on_preferred}}',
          ' standby {{group}} priority 110',
          '{{else}}',
          ' no standby {{group}} priority',
          '{{/if}}',
        ],
      },
      /"standby 10 priority 50", which is about something else than the relay/,
    ],
    [
      'preemption',
      { apply: [...GOOD.apply, ' standby {{group}} preempt'] },
      /"standby 10 preempt", which is about something else/,
    ],
    ['timers', { apply: [...GOOD.apply, ' standby {{group}} timers 1 3'] }, /"standby 10 timers 1 3", which is not understood/],
    [
      'option 82 for all',
      {
        apply: ['ip dhcp relay information option', ...GOOD.apply],
        rollback: [...GOOD.rollback, 'no ip dhcp relay information option'],
      },
      /"ip dhcp relay information option", which is about something else/,
    ],
    [
      'option 82 on the interface',
      { apply: [...GOOD.apply, ' ip dhcp relay information option-insert'] },
      /"ip dhcp relay information option-insert", which is about something else/,
    ],
    [
      'a DHCP helper that is gone',
      { apply: [...GOOD.apply, ' no ip helper-address 10.9.8.20'] },
      /Vlan10: a relay to another server would change/,
    ],
    [
      'a DHCP helper that is gone in passing',
      { apply: [AT, ' no ip helper-address 10.9.8.20', ...GOOD.apply.slice(1), ' ip helper-address 10.9.8.20'] },
      /"no ip helper-address 10\.9\.8\.20" would take away the relay of Vlan10 to 10\.9\.8\.20 in passing/,
    ],
    [
      'the wrong interface',
      { apply: ['interface Vlan20', ...GOOD.apply.slice(1)] },
      /"interface Vlan20", which is about another interface/,
    ],
    [
      'an interface that is deleted',
      { apply: ['no interface {{interface}}'] },
      /"no interface Vlan10", which is about something else/,
    ],
    [
      'an interface set to its defaults',
      { apply: ['default interface {{interface}}', ...GOOD.apply] },
      /"default interface Vlan10", which is about something else/,
    ],
    [
      'an interface that is shut in passing',
      { apply: [AT, ' shutdown', ...GOOD.apply.slice(1), ' no shutdown'] },
      /"shutdown", which is about something else/,
    ],
    ['a command outside of the configuration', { apply: [...GOOD.apply, 'do reload'] }, /"do reload", which is not understood/],
    ['another feature', { apply: ['no ip routing', ...GOOD.apply] }, /"no ip routing", which is not understood/],
    [
      'the relay service as a whole',
      { apply: ['no service dhcp'], rollback: ['service dhcp'] },
      /"no service dhcp", which is about something else/,
    ],
    [
      'a rollback that forgets the name',
      { rollback: GOOD.rollback.slice(0, -1) },
      /the rollback on r\d does not restore what was there/,
    ],
    [
      'a rollback that forgets the gated line',
      { rollback: [AT, ' {{statement}}', ' no standby {{group}} name {{name}}'] },
      /the rollback on r\d does not restore what was there/,
    ],
    [
      'a rollback of another feature',
      { rollback: [...GOOD.rollback, 'no ip routing'] },
      /"no ip routing", which is not understood/,
    ],
    ['an empty rollback', { rollback: [] }, /writes nothing that takes the change back/],
    ['no commands', { apply: [] }, /writes no command/],
    ['commands for some routers only', { apply: ['{{#if on_preferred}}', ...GOOD.apply, '{{/if}}'] }, /writes no command/],
    [
      'a variable that nobody gives',
      { apply: [AT, ' standby {{number}} name {{name}}'] },
      /the template \S+gate-relay\.hbs cannot be used: "number" not defined/,
    ],
    ['a block that is not closed', { apply: ['{{#if name}}', ...GOOD.apply] }, /cannot be used: Parse error/],
    ['a helper that does not exist', { apply: ['{{shout name}}'] }, /cannot be used: You specified knownHelpersOnly/],
    [
      'a template that includes itself',
      { apply: ['{{#*inline "me"}}{{> me}}{{/inline}}{{> me}}'] },
      /cannot be used: it includes another one/,
    ],
    [
      'a template that never ends',
      { apply: [...GOOD.apply, ...Array.from({ length: 300 }, () => GATED)] },
      /writes \d+ lines, more than such a change can have/,
    ],
    ['an empty file', { text: '' }, /writes no command/],
    ['no headings', { text: 'interface {{interface}}\n no {{statement}}\n' }, /writes no command/],
    [
      'characters that the command line acts upon',
      { apply: [...GOOD.apply, ' ip helper-address ?'] },
      /" ?ip helper-address \?" is nothing that a fix may type/,
    ],
    [
      'a verification that is no command',
      { text: ['=== apply', ...GOOD.apply, '=== rollback', ...GOOD.rollback, '=== verify', 'show\u0007 it => x'].join('\n') },
      /is nothing that a fix may type/,
    ],
  ])('is withheld for %s', (_, broken, why, texts = IOS) => {
    const remediations = fixesWith({ ...GOOD, ...broken }, texts)
    expect(refused('gate', remediations)).toMatch(why)
    // The next strategy still gives a fix.
    expect(remediations[0]).toMatchObject({ strategy: 'remove', choice: 'default', proven: true })
  })

  it('is looked for in the next folder where a folder has none', () => {
    const [first] = fixesWith({ ...GOOD, action: 'remove-relay', apply: [] }, IOS)
    expect(first).toMatchObject({ strategy: 'gate', proven: true })
  })
})

describe('a template that takes a relay off', () => {
  const NXOS: Texts = Object.fromEntries(
    ['r1', 'r2'].map((name, n) => [
      name,
      [
        '!Command: show running-config',
        'version 9.3(8)',
        'feature dhcp',
        'service dhcp',
        'ip dhcp relay',
        'interface Vlan10',
        '  no shutdown',
        `  ip address 10.10.0.${n + 2}/24`,
        '  ip dhcp relay address 10.9.9.5 use-vrf default',
        '  ip dhcp relay address 10.9.8.20',
        'interface Vlan20',
        '  no shutdown',
        `  ip address 10.20.0.${n + 2}/24`,
        '  ip dhcp relay address 10.9.8.20',
        'line vty',
        '',
      ].join('\n'),
    ]),
  )
  const EOS: Texts = Object.fromEntries(
    ['r1', 'r2'].map((name, n) => [
      name,
      [
        'dhcp relay',
        '   server 10.9.8.20',
        'interface Vlan10',
        `   ip address 10.10.0.${n + 2}/24`,
        '   ip helper-address 10.9.9.5',
        '   ip helper-address 10.9.8.21',
        'interface Vlan20',
        `   ip address 10.20.0.${n + 2}/24`,
        'end',
        '',
      ].join('\n'),
    ]),
  )
  const JUNOS: Texts = Object.fromEntries(
    ['r1', 'r2'].map((name, n) => [
      name,
      [
        ...[10, 20].map(id => `set interfaces irb unit ${id} family inet address 10.${id}.0.${n + 2}/24`),
        'set system services ssh',
        ...['10.9.9.5', '10.9.8.20'].map(ip => `set forwarding-options dhcp-relay server-group SERVERS ${ip}`),
        'set forwarding-options dhcp-relay group CLIENTS active-server-group SERVERS',
        'set forwarding-options dhcp-relay group CLIENTS relay-option-82 circuit-id prefix host-name',
        ...[10, 20].map(id => `set forwarding-options dhcp-relay group CLIENTS interface irb.${id}`),
        '',
      ].join('\n'),
    ]),
  )
  const REMOVE = { apply: [AT, ' no {{statement}}'], rollback: [AT, ' {{statement}}'] }
  const LEVEL = 'forwarding-options dhcp-relay'

  it.each<[string, string, Texts, Pick<Case, 'apply' | 'rollback'>, RegExp]>([
    [
      'cisco-nxos',
      'no VRF',
      NXOS,
      { ...REMOVE, apply: [AT, ' no ip dhcp relay address {{target}}'] },
      /would be told "no ip dhcp relay address 10\.9\.9\.5", which is not understood/,
    ],
    [
      'cisco-nxos',
      'another platform',
      NXOS,
      { ...REMOVE, apply: [AT, ' no ip helper-address {{target}}'] },
      /"no ip helper-address 10\.9\.9\.5", which is not understood/,
    ],
    [
      'cisco-nxos',
      'all relays',
      NXOS,
      { ...REMOVE, apply: [AT, ' no {{statement}}', ' no ip dhcp relay address 10.9.8.20'] },
      /a relay to another server would change/,
    ],
    [
      'cisco-nxos',
      'a feature that goes',
      NXOS,
      { ...REMOVE, apply: ['no feature dhcp'], rollback: ['feature dhcp'] },
      /"no feature dhcp", which is about something else/,
    ],
    [
      'cisco-nxos',
      'the wrong interface',
      NXOS,
      { ...REMOVE, apply: ['interface Vlan20', ' no {{statement}}'] },
      /"interface Vlan20", which is about another interface/,
    ],
    [
      'cisco-nxos',
      'a rollback without its VRF',
      NXOS,
      { ...REMOVE, rollback: [AT, ' ip dhcp relay address {{target}}'] },
      /does not restore/,
    ],
    [
      'arista-eos',
      'the word order of IOS',
      EOS,
      { ...REMOVE, apply: [AT, ' no ip helper-address vrf default {{target}}'] },
      /which is not understood/,
    ],
    [
      'arista-eos',
      'the relay switched off where it serves others',
      EOS,
      { apply: [AT, ' dhcp relay ipv4 disabled'], rollback: [AT, ' no dhcp relay ipv4 disabled'] },
      /a relay to another server would change/,
    ],
    [
      'arista-eos',
      'all lines, so that the defaults step in',
      EOS,
      { apply: [AT, ' no ip helper-address'], rollback: [AT, ' {{statement}}', ' ip helper-address 10.9.8.21'] },
      /a relay to another server would change/,
    ],
    [
      'arista-eos',
      'the default servers',
      EOS,
      { ...REMOVE, apply: [...REMOVE.apply, 'dhcp relay', ' no server 10.9.8.20'] },
      /"dhcp relay", which is about something else/,
    ],
    [
      'arista-eos',
      'option 82',
      EOS,
      { ...REMOVE, apply: ['ip dhcp relay information option', ...REMOVE.apply] },
      /which is about something else/,
    ],
    [
      'juniper-junos',
      'a server group that others use',
      JUNOS,
      { apply: [`delete ${LEVEL} server-group SERVERS {{target}}`], rollback: [`set ${LEVEL} server-group SERVERS {{target}}`] },
      /irb\.20: a relay to another server would change/,
    ],
    [
      'juniper-junos',
      'the group itself',
      JUNOS,
      { apply: [`delete ${LEVEL} group {{group}}`], rollback: [`set ${LEVEL} group {{group}} interface {{interface}}`] },
      /a relay to another server would change/,
    ],
    [
      'juniper-junos',
      'all servers of the interface',
      JUNOS,
      { apply: [`deactivate ${LEVEL} group {{group}} interface {{interface}}`], rollback: ['top'] },
      /is nothing that a fix may type/,
    ],
    [
      'juniper-junos',
      'all servers of the interface, from its level',
      JUNOS,
      {
        apply: [`edit ${LEVEL}`, 'deactivate group {{group}} interface {{interface}}', 'top'],
        rollback: [`edit ${LEVEL}`, 'activate group {{group}} interface {{interface}}', 'top'],
      },
      /irb\.\d0: a relay to another server would change/,
    ],
    [
      'juniper-junos',
      'a new group without option 82',
      JUNOS,
      {
        apply: [
          `edit ${LEVEL}`,
          'deactivate group {{group}} interface {{interface}}',
          'set group NEW interface {{interface}}',
          'set server-group NEW 10.9.8.20',
          'set group NEW active-server-group NEW',
          'top',
        ],
        rollback: [
          `edit ${LEVEL}`,
          'delete group NEW',
          'delete server-group NEW',
          'activate group {{group}} interface {{interface}}',
          'top',
        ],
      },
      /irb\.10: it would change in itself/,
    ],
    [
      'juniper-junos',
      'another service',
      JUNOS,
      { apply: ['delete system services ssh'], rollback: ['set system services ssh'] },
      /"delete system services ssh" is nothing that a fix may type/,
    ],
    [
      'juniper-junos',
      'an operational command',
      JUNOS,
      { apply: ['run request system reboot'], rollback: ['top'] },
      /is nothing that a fix may type/,
    ],
    [
      'juniper-junos',
      'a commit',
      JUNOS,
      { apply: [`set ${LEVEL} group {{group}} interface {{interface}} exclude`, 'commit'], rollback: ['top'] },
      /"commit" is nothing that a fix may type/,
    ],
    [
      'juniper-junos',
      'a group that is not there',
      JUNOS,
      { apply: [`edit ${LEVEL}`, 'copy group NONE to group NEW', 'top'], rollback: ['top'] },
      /"copy group NONE to group NEW", which is not understood/,
    ],
    ['juniper-junos', 'nothing', JUNOS, { apply: ['top'], rollback: ['top'] }, /"top", which is not understood/],
  ])('of %s is withheld for %s', (platform, _, texts, broken, why) => {
    const remediations = fixesWith({ platform, action: 'remove-relay', ...broken }, texts)
    expect(refused('remove', remediations)).toMatch(why)
    for (const { caution } of remediations) expect(caution).toMatch(/^No snippet is shown because none could be proven: /)
  })

  it.each([
    ['cisco-nxos', NXOS],
    ['arista-eos', EOS],
    ['juniper-junos', JUNOS],
  ])('of %s is shown where it is right', (platform, texts) => {
    expect(fixesWith({ platform, action: 'none' }, texts)[0]).toMatchObject({ strategy: 'remove', proven: true })
  })

  it.each<[string, Pick<Case, 'apply' | 'rollback'>, RegExp]>([
    [
      'the setting under another name',
      { apply: ['dhcp relay', '   mlag requests disabled'], rollback: ['dhcp relay'] },
      /which is not understood/,
    ],
    [
      'the pair as a whole',
      { apply: ['mlag configuration', '   shutdown'], rollback: ['mlag configuration', '   no shutdown'] },
      /which is about something else/,
    ],
    [
      'tunnels instead',
      { apply: ['dhcp relay', '   tunnel requests disabled'], rollback: ['dhcp relay', '   no tunnel requests disabled'] },
      /which is about something else than the relay/,
    ],
    [
      'one half only',
      {
        apply: ['{{#if on_preferred}}', 'dhcp relay', '   mlag peer-link requests disabled', '{{/if}}'],
        rollback: ['dhcp relay', '   no mlag peer-link requests disabled'],
      },
      /writes no command/,
    ],
    [
      'default servers that go along',
      {
        apply: ['dhcp relay', '   mlag peer-link requests disabled', '   no server 10.9.8.20'],
        rollback: ['dhcp relay', '   no mlag peer-link requests disabled', '   server 10.9.8.20'],
      },
      /a relay to another server would change|which is about something else/,
    ],
  ])('of a pair is withheld for %s', (_, broken, why) => {
    const pair = Object.fromEntries(
      Object.entries(EOS).map(([name, text], n) => [
        name,
        `mlag configuration\n   domain-id M\n   local-interface Vlan4094\n   peer-address 10.0.0.${2 - n}\n   peer-link Port-Channel1\ninterface Vlan4094\n   ip address 10.0.0.${n + 1}/30\n   dhcp relay ipv4 disabled\n${text}`,
      ]),
    )
    const remediations = fixesWith({ platform: 'arista-eos', action: 'dedup-pair', ...broken }, pair)
    expect(refused('pair-dedup', remediations)).toMatch(why)
    expect(remediations[0]).toMatchObject({ strategy: 'remove', proven: true })
  })
})
