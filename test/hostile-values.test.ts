// Values out of configurations and file names that try to say more than a name: no command is ever made of one.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Result } from '../src/model/result.ts'
import { collected } from './support/network/audit.ts'
import { fixed } from './support/network/fixed.ts'

/** Where a value can stand. Those that are not given are harmless. */
const SLOTS = ['device', 'hostname', 'description', 'interface', 'group', 'vrf', 'pool', 'list', 'target'] as const
type Slot = (typeof SLOTS)[number]
type Values = Readonly<Partial<Record<Slot, string>>>
interface Made {
  readonly platform: string
  /** Slots that a way to write the configuration has. */
  readonly slots: readonly Slot[]
  write(host: number, values: Values): string
  /** What a line of a snippet may look like, whatever the values are. */
  readonly shapes: readonly RegExp[]
}

const WORD = '[\\w.:/@+%*()=~&<>-]+'
const NAME = `${WORD}( +${WORD})*`
const shapes = (...patterns: readonly string[]) =>
  patterns.map(p => new RegExp(`^ *(no )?${p.replaceAll(' ', ' +').replaceAll('WORD', WORD).replaceAll('NAME', NAME)}$`))
const IOS = shapes(
  'interface NAME',
  'standby \\d+ name WORD',
  'ip helper-address (global |vrf WORD )?WORD( redundancy WORD)?',
  'ip dhcp pool NAME',
  'relay (destination|target) (global |vrf WORD )?[\\d.]+',
)
const NXOS = shapes('interface NAME', 'ip dhcp relay address [\\d.]+( use-vrf WORD)?')
const EOS = shapes(
  'interface NAME',
  'dhcp relay',
  'mlag peer-link requests disabled',
  'ip helper-address WORD( vrf WORD)?',
  'dhcp relay ipv4 disabled',
)
const JUNOS = shapes(
  'top',
  'edit (routing-instances WORD )?forwarding-options dhcp-relay',
  'copy group WORD to group WORD',
  '(set|delete) group WORD( active-server-group WORD| interface WORD( exclude)?)?',
  '(activate|deactivate) group WORD interface WORD',
  '(set|delete) server-group WORD( [\\d.]+)?',
  '(set|delete) (routing-instances WORD )?forwarding-options helpers bootp interface WORD( no-listen| server WORD( routing-instance WORD)?)?',
)

const MADE: readonly Made[] = [
  {
    platform: 'cisco-ios',
    slots: ['device', 'hostname', 'description', 'interface', 'group', 'vrf', 'target'],
    write: (host, { hostname = 'r', description = 'x', interface: iface = 'Vlan10', group = 'PXE', vrf, target = '10.9.9.5' }) =>
      `hostname ${hostname}\ninterface ${iface}\n description ${description}\n ip address 10.10.0.${host} 255.255.255.0\n ip helper-address ${vrf === undefined ? '' : `vrf ${vrf} `}${target}\n ip helper-address 10.9.8.20\n standby 10 ip 10.10.0.1\n standby 10 name ${group}\nend\n`,
    shapes: IOS,
  },
  {
    platform: 'cisco-ios',
    slots: ['device', 'pool', 'vrf'],
    write: (host, { pool = 'P', vrf }) =>
      `interface Vlan10\n ip address 10.10.0.${host} 255.255.255.0\nip dhcp pool ${pool}\n relay source 10.10.0.0 255.255.255.0\n relay destination ${vrf === undefined ? '' : `vrf ${vrf} `}10.9.9.5\nend\n`,
    shapes: IOS,
  },
  {
    platform: 'cisco-nxos',
    slots: ['device', 'hostname', 'description', 'interface', 'group', 'vrf'],
    write: (host, { hostname = 'r', description = 'x', interface: iface = 'Vlan10', group = 'PXE', vrf }) =>
      `!Command: show running-config\nversion 9.3(8)\nhostname ${hostname}\nfeature hsrp\nfeature dhcp\nservice dhcp\nip dhcp relay\ninterface ${iface}\n  description ${description}\n  no shutdown\n  ip address 10.10.0.${host}/24\n  ip dhcp relay address 10.9.9.5${vrf === undefined ? '' : ` use-vrf ${vrf}`}\n  hsrp 10\n    ip 10.10.0.1\n    name ${group}\nline vty\n`,
    shapes: NXOS,
  },
  {
    platform: 'arista-eos',
    slots: ['device', 'hostname', 'description', 'interface', 'vrf', 'target'],
    write: (host, { hostname = 'r', description = 'x', interface: iface = 'Vlan10', vrf, target = '10.9.9.5' }) =>
      `hostname ${hostname}\ndhcp relay\n   server 10.9.8.20\nmlag configuration\n   domain-id M\n   peer-address 10.0.0.${host === 2 ? 2 : 1}\n   peer-link Port-Channel1\ninterface Vlan4094\n   ip address 10.0.0.${host === 2 ? 1 : 2}/30\n   dhcp relay ipv4 disabled\ninterface ${iface}\n   description ${description}\n   ip address 10.10.0.${host}/24\n   ip helper-address ${target}${vrf === undefined ? '' : ` vrf ${vrf}`}\nend\n`,
    shapes: EOS,
  },
  ...[(text: string) => text, (text: string) => `"${text}"`].map(
    (quote): Made => ({
      platform: 'juniper-junos',
      slots: ['device', 'hostname', 'description', 'group', 'list', 'vrf'],
      write: (host, { hostname = 'r', description = 'x', group = 'G', list = 'S', vrf }) => {
        const level = `set ${vrf === undefined ? '' : `routing-instances ${quote(vrf)} `}forwarding-options dhcp-relay`
        return [
          `set system host-name ${quote(hostname)}`,
          `set interfaces irb unit 10 description ${quote(description)}`,
          `set interfaces irb unit 10 family inet address 10.10.0.${host}/24`,
          `set interfaces irb unit 11 family inet address 10.11.0.${host}/24`,
          ...(vrf === undefined
            ? []
            : [
                `set routing-instances ${quote(vrf)} instance-type virtual-router`,
                `set routing-instances ${quote(vrf)} interface irb.10`,
              ]),
          `${level} server-group ${quote(list)} 10.9.9.5`,
          `${level} server-group ${quote(list)} 10.9.8.20`,
          `${level} group ${quote(group)} active-server-group ${quote(list)}`,
          `${level} group ${quote(group)} interface irb.10`,
          '',
        ].join('\n')
      },
      shapes: JUNOS,
    }),
  ),
  {
    platform: 'juniper-junos',
    slots: ['device', 'hostname', 'vrf', 'target'],
    write: (host, { hostname = 'r', vrf, target = '10.9.9.5' }) =>
      `system {\n    host-name ${hostname};\n}\ninterfaces {\n    irb {\n        unit 10 {\n            family inet {\n                address 10.10.0.${host}/24;\n            }\n        }\n    }\n}\nforwarding-options {\n    helpers {\n        bootp {\n            interface irb.10 {\n                server ${target}${vrf === undefined ? '' : ` routing-instance ${vrf}`};\n                server 10.9.8.20;\n            }\n        }\n    }\n}\n`,
    shapes: JUNOS,
  },
]

function auditOf({ platform, write }: Made, values: Values): Result {
  const { device = 'r', target } = values
  const files = [2, 3].map(host => collected({ name: `${device}${host}`, os: 'ios' }, write(host, values), platform))
  const point = { name: 'pxe', kind: 'wds', retired: [], networks: [], vrf: null, sites: null } as const
  return fixed(
    files,
    { vrf: null },
    { points: [{ ...point, addresses: ['10.9.9.5'], hostnames: target === undefined ? [] : [target] }] },
  )
}

/** Lines that none of the templates has; and commands that would do more than show something. */
function foreign({ remediations }: Result, { shapes }: Made): string[] {
  const lines = remediations.flatMap(r => [...r.apply.split('\n'), ...r.rollback.split('\n')]).filter(line => line !== '')
  const commands = remediations.flatMap(r => r.verify.map(v => v.command))
  return [
    ...lines.filter(line => !shapes.some(shape => shape.test(line))),
    ...commands.filter(command => !/^show [\w .:/,@+%*()=~&<>-]+( \| section [\w .:/,@+%*()=~&-]+)?$/.test(command)),
  ]
}

const HOSTILE = [
  '\n reload',
  '\r\nreload\r\n',
  '\nno ip routing\n',
  '\rreload',
  ' reload',
  '\treload',
  '"',
  "'",
  '\\',
  ';reload',
  '; set system root-authentication',
  '|reload',
  '| append flash:x',
  '?',
  '!',
  '#x',
  '$(reload)',
  '`reload`',
  '<x>',
  '{{device}}',
  '{{{statement}}}',
  '}}',
  '{{#each keep}}x{{/each}}',
  '=== apply',
  '\n=== apply\nreload\n',
  '\u0000',
  '\u0003',
  '\u0007',
  '\u001b[2J',
  '\u007f',
  '\u0085reload',
  '\u2028reload',
  '\u202Ereload',
  '\u200b',
  'é',
]
const cases = MADE.flatMap((made, n) => made.slots.map(slot => [`${made.platform} ${n}`, slot, made] as const))

describe('a hostile value', { timeout: 120_000 }, () => {
  it.each(cases)('on %s as %s never becomes a command of its own', (_, slot, made) => {
    // Without it there is a fix, so what follows is no accident.
    expect(auditOf(made, {}).remediations.some(r => r.proven)).toBe(true)
    for (const hostile of HOSTILE)
      for (const value of [hostile, `X${hostile}Y`]) {
        const result = auditOf(made, { [slot]: value })
        expect(foreign(result, made), JSON.stringify(value.slice(0, 60))).toEqual([])
        for (const r of result.remediations) expect(r.proven ? r.withheld : typeof r.withheld).toBe(r.proven ? null : 'string')
      }
  })

  it.each(cases.filter(([, slot]) => slot === 'description'))('on %s as %s keeps nobody from the fix', (_, slot, made) => {
    // What ends its line makes lines of its own, which is another configuration.
    for (const hostile of HOSTILE.filter(h => !/[\n\r\u0085\u2028"\\;#]/.test(h)))
      expect(auditOf(made, { [slot]: `X${hostile}Y` }).remediations[0]?.proven, JSON.stringify(hostile)).toBe(true)
  })

  it.each(cases)('on %s as %s may be long', (_, slot, made) => {
    const result = auditOf(made, { [slot]: 'x'.repeat(10_000) })
    expect(foreign(result, made)).toEqual([])
  })

  it('of any kind, in any place', () => {
    let shown = 0
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({ unit: fc.constantFrom(...'ab1 ./:;|?!#"\'{}\\\n\r\t-=<>()[]$`é\u202e'), maxLength: 12 }),
      fc.string({ unit: fc.constantFrom(...'abXY01._-'), minLength: 1, maxLength: 30 }),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...MADE),
        fc.record(Object.fromEntries(SLOTS.map(s => [s, fc.option(text, { nil: undefined, freq: 2 })]))),
        (made, values) => {
          const own = Object.fromEntries(
            Object.entries(values).filter(([slot, v]) => v !== undefined && made.slots.includes(slot as Slot)),
          )
          const result = auditOf(made, own)
          expect(foreign(result, made)).toEqual([])
          if (result.remediations.some(r => r.proven)) shown++
        },
      ),
      { numRuns: 600, seed: 20261127 },
    )
    expect(shown).toBeGreaterThan(50)
  })
})
