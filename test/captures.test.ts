// Captures as they come: whatever happened to the second router's file, its relay must not get lost without a word.
// The first router relays as well, so the truth is `duplicate`; `unknown` is honest, `single` would be a wrong clean.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditFolder, auditInventory } from '../src/api.ts'
import { known } from '../src/audit/known.ts'
import { reader } from '../src/audit/read.ts'
import { pxePoint } from './support/point.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'iphelper-audit-captures-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const point = pxePoint()
const options = {
  templates: [join(import.meta.dirname, '..', 'templates')],
  version: '0',
  failOn: 'error' as const,
  started: new Date(0),
}

let run = 0
async function verdictWith(first: string, second: string): Promise<string> {
  const dir = join(folder, `${run++}`)
  mkdirSync(dir)
  writeFileSync(join(dir, 'r1.cfg'), first)
  writeFileSync(join(dir, 'r2.cfg'), second)
  const { segments } = await auditFolder(dir, [point], options)
  return segments.find(s => s.subnets.includes('10.0.10.0/24'))?.pxe[0]?.verdict ?? 'no segment'
}

const ios = (name: string, host: number, ...body: string[]) =>
  [
    'version 15.2',
    'service timestamps log datetime msec',
    `hostname ${name}`,
    '!',
    'interface Vlan10',
    ` ip address 10.0.10.${host} 255.255.255.0`,
    ...body,
    '!',
    'line vty 0 4',
    'end',
    '',
  ].join('\n')
const nxos = (name: string, ...body: string[]) =>
  [
    '!Command: show running-config',
    'version 9.3(8) Bios:version',
    `hostname ${name}`,
    'feature dhcp',
    'feature interface-vlan',
    '',
    'interface Vlan10',
    ...body,
    '',
    'line console',
    'line vty',
    '',
  ].join('\n')
const eos = (name: string, host: number, ...body: string[]) =>
  [
    `! device: ${name} (DCS-7050SX3-48YC8, EOS-4.28.3M)`,
    '!',
    `hostname ${name}`,
    '!',
    'interface Vlan10',
    `   ip address 10.0.10.${host}/24`,
    ...body,
    '!',
    'end',
    '',
  ].join('\n')

const HELPER = ' ip helper-address 10.9.9.5'
const BACK = '\b'.repeat(9)
const junos = (name: string, host: number) =>
  `set version 20.4R3\nset system host-name ${name}\nset interfaces irb unit 10 family inet address 10.0.10.${host}/24\n`
const RELAYED = 'set forwarding-options helpers bootp server 10.9.9.5\nset forwarding-options helpers bootp interface irb.10\n'
const changed = (how: string) =>
  `r2> show configuration | display set\n${junos('r2', 3)}${RELAYED}r2> configure\n[edit]\nr2# set interfaces irb disable\n[edit]\n${how}[edit]\nr2> \n`
const stale = (command: string) =>
  `r2> show configuration | display set\n${junos('r2', 3)}${RELAYED}r2> ${command}\ninterfaces {\n    irb {\n        disable;\n    }\n}\nr2> \n`
const R1 = ios('r1', 2, HELPER)
/** A macro of the kind that IOS prints as it was typed: its words are a script's, `end` among them. */
const SMARTPORT = `macro auto execute PC ACCESS_VLAN=10 {
if [[ $LINKUP == YES ]]
then conf t
interface $INTERFACE
switchport access vlan $ACCESS_VLAN
exit
end
fi
if [[ $LINKUP == NO ]]
then conf t
default interface $INTERFACE
shutdown
exit
end
fi
}
`

describe('the control', () => {
  it('is a duplicate, and single where only one relays', async () => {
    expect(await verdictWith(R1, ios('r2', 3, HELPER))).toBe('duplicate')
    expect(await verdictWith(R1, ios('r2', 3))).toBe('single')
  })
})

it('a macro that is a script says nothing of the router, and its end is none of the configuration', async () => {
  const scripted = (...body: string[]) => ios('r2', 3, ...body).replace('interface', `${SMARTPORT}interface`)
  expect(await verdictWith(R1, scripted(HELPER))).toBe('duplicate')
  expect(await verdictWith(R1, scripted())).toBe('single')
  expect(await verdictWith(R1, scripted().replace(/line vty.*/s, ''))).toBe('unknown')
})

describe('read all the same', () => {
  it.each([
    ['a pager, wiped with backspaces', ios('r2', 3, ` --More-- ${BACK}         ${BACK}${HELPER}`)],
    ['a pager, wiped with returns', ios('r2', 3, ` --More-- \r          \r${HELPER}`)],
    ['a pager in inverse video', ios('r2', 3, `\u001b[7m --More-- \u001b[27m${BACK}\b         ${BACK}${HELPER}`)],
    ['an erased line', ios('r2', 3, `\u001b[K${HELPER}`)],
    ['a bare pager line', ios('r2', 3, ' --More--', HELPER)],
    ['a message in between', ios('r2', 3, '*Mar  1 00:01:02.003: %LINK-3-UPDOWN: Interface Gi0/1, changed state to up', HELPER)],
    ['a syslog line in between', ios('r2', 3, 'Nov 23 10:00:00 r2 123: %SYS-5-CONFIG_I: Configured from console', HELPER)],
    ['a comment in column 0', ios('r2', 3, '!', HELPER)],
    ['a comment with words', ios('r2', 3, '! relay for PXE', HELPER)],
    ['a file that lost its indentation', ios('r2', 3, ' no ip redirects', ' ip ospf cost 10', HELPER).replaceAll('\n ', '\n')],
    [
      'a certificate that is referred to',
      `crypto pki certificate chain TP\n certificate self-signed 01 nvram:IOS-Self-Sig#1.cer\n!\n${ios('r2', 3, HELPER)}`,
    ],
    ['a banner in carets', `banner motd ^Corporate^\n${ios('r2', 3, HELPER)}banner exec ^C x ^C\n`],
    ['a banner with two blanks', `banner  motd #\ninterface Vlan10\n shutdown\n#\n${ios('r2', 3, HELPER)}`],
    [
      'NX-OS with a message in between',
      nxos(
        'r2',
        '  no shutdown',
        '  ip address 10.0.10.3/24',
        '2026 Nov 23 10:00:00 r2 %ETHPORT-5-IF_UP: up',
        '  ip dhcp relay address 10.9.9.5',
      ),
    ],
    [
      'NX-OS that lost its indentation',
      nxos('r2', 'description x', 'no ip redirects', 'no shutdown', 'ip address 10.0.10.3/24', 'ip dhcp relay address 10.9.9.5'),
    ],
    ['blanks that a web page made', ios('r2', 3, HELPER.replace('ip helper', 'ip\u00a0helper'))],
    ['a hyphen of a text program, and a sign that nobody sees', ios('r2', 3, ' \u200bip helper\u2011address 10.9.9.5')],
    ['a dash of a word processor', ios('r2', 3, HELPER.replace('-', '\u2013'))],
    ['a minus of a typesetter', ios('r2', 3, HELPER.replace('-', '\u2212'))],
    ['narrow and wide blanks', ios('r2', 3, '\u3000ip\u2009helper-address\u200310.9.9.5')],
    ['a mark of the direction of text', ios('r2', 3, HELPER.replace('10.9', '\u200e10.9'))],
    ['a banner between bytes that IOS shows as ^C', `banner motd \u0003\nAuthorized only\n\u0003\n${ios('r2', 3, HELPER)}`],
    ['Junos of which a line broke between two words', junos('r2', 3) + RELAYED.replace(' interface', '\n interface')],
    ['EOS with a comment in column 0', eos('r2', 3, '! PXE', '   ip helper-address 10.9.9.5')],
  ])('%s', async (_, second) => expect(await verdictWith(R1, second)).toBe('duplicate'))
})

describe('said to be unknown', () => {
  it.each([
    ['an abbreviated command', ios('r2', 3, ' ip helper-add 10.9.9.5')],
    ['a command in other case', ios('r2', 3, ' IP Helper-Address 10.9.9.5')],
    ['an abbreviated interface', ios('r2', 3, HELPER).replace('interface Vlan10', 'interfa Vlan10')],
    ['an interface in other case', ios('r2', 3, HELPER).replace('interface Vlan10', 'INTERFACE Vlan10')],
    ['an abbreviated address', ios('r2', 3, HELPER).replace('ip address', 'ip addr')],
    ['an SVI that may be up', nxos('r2', '  no shut', '  ip address 10.0.10.3/24', '  ip dhcp relay address 10.9.9.5')],
    [
      'an SVI that is taken up in words we do not know',
      nxos('r2', '  no shutdown ! up', '  ip address 10.0.10.3/24', '  ip dhcp relay address 10.9.9.5'),
    ],
    ['two routers in one file', `${ios('r9', 9)}${ios('r2', 3)}`],
    ['two routers of one name in one file', `${ios('r2', 9)}${ios('r2', 3)}`],
    [
      'two routers of NX-OS of one name',
      nxos('r2', '  no shutdown')
        .repeat(2)
        .replaceAll(/^!Command.*$/gm, ''),
    ],
    ['two routers of EOS of one name', eos('r2', 9).replace('Vlan10', 'Vlan11') + eos('r2', 3)],
    [
      'Junos from a user who may not see all of it',
      'version 20.4R3;\nsystem {\n    host-name r2;\n}\ninterfaces {\n    irb {\n        unit 10 {\n            family inet {\n                address 10.0.10.3/24;\n            }\n        }\n    }\n}\nforwarding-options {\n    helpers {\n        /* ACCESS-DENIED */\n    }\n}\nprotocols {\n    lldp {\n        interface all;\n    }\n}\n',
    ],
    ['two routers of Junos', junos('r9', 9) + junos('r2', 3)],
    ['a line that is indented deeper than the one above it', ios('r2', 3, `  ${HELPER}`)],
    [
      'lines that are indented deeper than a description',
      ios('r2', 3, HELPER).replace(/ ip/g, '  ip').replace('  ip', ' description x\n  ip'),
    ],
    ['an interface that is indented below a VLAN', ios('r2', 3, HELPER).replace('interface', 'vlan 10\n name x\n interface')],
    ['the same of EOS', eos('r2', 3, '   ip helper-address 10.9.9.5').replace('interface', 'vlan 10\n   name x\n   interface')],
    [
      'the same of NX-OS',
      nxos('r2', '  no shutdown', '  ip address 10.0.10.3/24', '  ip dhcp relay address 10.9.9.5').replace(
        'interface Vlan10',
        'vlan 10\n  name x\n  interface Vlan10',
      ),
    ],
    [
      'an interface that is indented below a line of its own',
      ios('r2', 3, HELPER).replace('!\ninterface', ' interface').replaceAll('\n ip', '\n  ip'),
    ],
    ['a relay at the left edge, below lines that are indented', ios('r2', 3, HELPER.trim())],
    ['an address there', ios('r2', 3, HELPER).replace(' ip address', ' description x\nip address')],
    [
      'a relay of a pool that is indented deeper',
      `ip dhcp pool P\n relay source 10.0.10.0 255.255.255.0\n  relay destination 10.9.9.5\n${ios('r2', 3)}`,
    ],
    ['EOS with a relay that is indented deeper', eos('r2', 3, '     ip helper-address 10.9.9.5')],
    ['NX-OS with one', nxos('r2', '  no shutdown', '  ip address 10.0.10.3/24', '    ip dhcp relay address 10.9.9.5')],
    [
      'Junos before a change and after it',
      `r2> show configuration | display set\n${junos('r2', 3)}set interfaces irb disable\n${RELAYED}r2> show configuration | display set\n${junos('r2', 3)}${RELAYED}r2> \n`,
    ],
    ['Junos with an earlier configuration', stale('show system rollback 1')],
    ['Junos with the rescue configuration', stale('show system configuration rescue')],
    ['Junos with the configuration in a file', stale('file show /config/juniper.conf.1.gz')],
    [
      'Junos, stopped at the pager',
      `r2> show configuration | display set\n${junos('r2', 3)}---(more 12%)---[abort]\n\n{master:0}\nr2> \n`,
    ],
    [
      'Junos as XML, with the prompts',
      'u@r2> show configuration | display xml\n<rpc-reply>\n  <configuration>\n    <version>20.4R3</version>\n    <snmp><contact>A &amp; B</contact></snmp>\n  </configuration>\n</rpc-reply>\n\nu@r2> \n',
    ],
    ['Junos with a change that was taken back', changed('r2# rollback 0\nload complete\n')],
    [
      'Junos with a change that was not committed',
      changed('r2# exit\nThe configuration has been changed but not committed\nExit with uncommitted changes? [yes,no] (yes)\n'),
    ],
    ['Junos with a change from a file', changed('r2# load override /var/tmp/new.conf\nload complete\n[edit]\nr2# commit\n')],
    [
      'Junos, and then another router, in one session',
      `u@r2> show configuration | display set\n${junos('r2', 3)}${RELAYED}u@r2> ssh r8\nu@r8> show configuration interfaces irb\ndisable;\n\nu@r8> \n`,
    ],
    [
      'Junos that showed a part from configuration mode',
      '[edit]\nu@r2# run show configuration interfaces\nirb {\n    unit 10 {\n        family inet {\n            address 10.0.10.3/24;\n        }\n    }\n}\n\n[edit]\nu@r2# \n',
    ],
    [
      'Junos that showed a part, without a prompt',
      'irb {\n    unit 10 {\n        family inet {\n            address 10.0.10.3/24;\n        }\n    }\n}\n',
    ],
    [
      'Junos that showed a part in answer to a short form',
      'u@r2> sh conf int\nirb {\n    unit 10 {\n        family inet {\n            address 10.0.10.3/24;\n        }\n    }\n}\n\nu@r2> \n',
    ],
    ['Junos that showed nothing', 'u@r2> show configuration\n\nerror: the configuration database is locked\n\nu@r2> \n'],
    ['Junos of which a line broke in a word', junos('r2', 3) + RELAYED.replace('irb.10', 'irb.1\n0')],
    ['a list of interfaces by name', `${ios('r2', 3)}interface range macro CLIENTS\n${HELPER}\n`],
    [
      'a secondary address not understood',
      ios('r2', 3, HELPER)
        .replace('255.255.255.0', '255.255.255.0 secondary vrf RED')
        .replace(' ip address', ' ip address 10.0.99.3 255.255.255.0\n ip address'),
    ],
    ['EOS in other case', eos('r2', 3, '   IP Helper-Address 10.9.9.5')],
    [
      'an EOS relay block with a word we do not know',
      `${eos('r2', 3).replace('end\n', '')}dhcp relay\n   servers 10.9.9.5\n!\nend\n`,
    ],
  ])('%s', async (_, second) => expect(await verdictWith(R1, second)).toBe('unknown'))
})

describe('the log of a terminal', () => {
  const shown = (command: string, text: string) => `r2#${command}\nBuilding configuration...\n\n${text}r2#\n`
  const typed = 'r2#conf t\nr2(config)#interface Vlan10\nr2(config-if)#ip helper-address 10.9.9.5\nr2(config-if)#end\nr2#\n'

  it('shows a part of the configuration where its command has a filter', async () => {
    expect(await verdictWith(R1, shown('show running-config', ios('r2', 3)))).toBe('single')
    for (const filter of ['exclude helper', 'i interface|address|end', 'sec interface'])
      expect(await verdictWith(R1, shown(`sh run | ${filter}`, ios('r2', 3))), filter).toBe('unknown')
    expect(await verdictWith(R1, shown('show startup-config | begin line vty', 'line vty 0 4\nend\n'))).toBe('unknown')
    const behind = ios('r2', 3).replace(/^version.*\n/, '')
    expect(await verdictWith(R1, shown('more nvram:startup-config | begin hostname', behind))).toBe('unknown')
  })

  it('shows all of it from its first line on, or where another command of the log does', async () => {
    expect(await verdictWith(R1, shown('show running-config | begin version', ios('r2', 3)))).toBe('single')
    const more = 'r2#show running-config | include helper\nr2#show ip interface brief | exclude unassigned\nr2#\n'
    expect(await verdictWith(R1, `${shown('show running-config', ios('r2', 3))}${more}`)).toBe('single')
  })

  it('holds what was typed behind the configuration, and no configuration since', async () => {
    expect(await verdictWith(R1, `${shown('show running-config', ios('r2', 3))}${typed}`)).toBe('unknown')
    expect(await verdictWith(R1, `${typed}${shown('show running-config', ios('r2', 3))}`)).toBe('single')
    const left = 'r2#conf t\nr2(config)#do show clock\nr2(config)#exit\nr2#\n'
    expect(await verdictWith(R1, `${shown('show running-config', ios('r2', 3))}${left}`)).toBe('single')
  })
})

it('the message at the saving of a configuration is free text', async () => {
  const saying = (text: string) => ios('r2', 3, HELPER).replace('interface', `banner config-save ${text}\ninterface`)
  for (const text of ['^CDo it!^C', '^CC\nDo it!\n^C']) expect(await verdictWith(R1, saying(text)), text).toBe('duplicate')
})

describe('two captures of one router', () => {
  it('are no pair: the newer counts, and the peer is still missing', async () => {
    const gated = ios('r1', 2, ' standby 10 ip 10.0.10.1', ' standby 10 name X', `${HELPER} redundancy X`)
    expect(await verdictWith(gated, gated)).toBe('unknown')
    expect(await verdictWith(R1, R1)).toBe('single')
  })

  it('are named in a finding that quotes both files', async () => {
    const dir = join(folder, 'both')
    mkdirSync(dir)
    for (const file of ['r1.cfg', 'r1-old.cfg']) writeFileSync(join(dir, file), R1)
    const { findings } = await auditFolder(dir, [point], options)
    const [finding, ...more] = findings.filter(f => f.rule === 'duplicate-capture')
    expect(more).toEqual([])
    expect(finding?.message).toContain(join(dir, 'r1.cfg'))
    expect(finding?.message).toContain(join(dir, 'r1-old.cfg'))
    expect(finding?.evidence.map(e => e.file).sort()).toEqual([join(dir, 'r1-old.cfg'), join(dir, 'r1.cfg')])
    expect(finding?.evidence.map(e => e.text)).toEqual(Array(2).fill('ip address 10.0.10.2 255.255.255.0'))
  })

  describe('that differ', () => {
    const vlan = (id: number, host: number, ...lines: string[]) => [
      `interface Vlan${id}`,
      ` ip address 10.0.${id}.${host} 255.255.255.0`,
      ...lines,
    ]
    const relaying = ios('r1', 2, HELPER, ...vlan(20, 2, HELPER), ...vlan(30, 2))
    const silent = ios('r1', 2, ...vlan(20, 2, HELPER))
    const peer = ios('r2', 3, ...vlan(20, 3), ...vlan(30, 3, HELPER), ...vlan(40, 3, HELPER))
    const found = async (first: string, second: string, seconds: readonly [number, number]) => {
      const dir = join(folder, `${run++}`)
      mkdirSync(dir)
      for (const [name, text] of [['r1.cfg', first] as const, ['r1-old.cfg', second] as const, ['r2.cfg', peer] as const])
        writeFileSync(join(dir, name), text)
      utimesSync(join(dir, 'r1.cfg'), seconds[0], seconds[0])
      utimesSync(join(dir, 'r1-old.cfg'), seconds[1], seconds[1])
      const { segments } = await auditFolder(dir, [point], options)
      return segments.flatMap(s => s.pxe.map(p => `${s.subnets[0]} ${p.verdict}`)).sort()
    }
    // Which of the two holds nobody knows: VLAN 10 has one copy or none. VLAN 30 is the newer router's, or the peer's alone.
    const open = ['10.0.10.0/24 unknown', '10.0.20.0/24 single', '10.0.30.0/24 unknown', '10.0.40.0/24 single']

    it('leave open what they differ in, whichever file looks newer', async () => {
      for (const seconds of [
        [1e9, 1e9],
        [1e9, 2e9],
        [2e9, 1e9],
      ] as const) {
        expect(await found(relaying, silent, seconds), `${seconds}`).toEqual(open)
        expect(await found(silent, relaying, seconds), `${seconds}`).toEqual(open)
      }
    })

    it('are no ground for a fix of that router', async () => {
      const dir = join(folder, `${run++}`)
      mkdirSync(dir)
      const doubled = ios('r1', 2, HELPER, ' ip helper-address 10.9.9.6')
      const two = pxePoint({ addresses: ['10.9.9.5', '10.9.9.6'] })
      const proven = async () => (await auditFolder(dir, [two], options)).remediations.some(r => r.proven)
      writeFileSync(join(dir, 'r1.cfg'), doubled)
      expect(await proven()).toBe(true)
      writeFileSync(join(dir, 'r1-old.cfg'), silent)
      // Whichever of the two is taken.
      utimesSync(join(dir, 'r1-old.cfg'), 1e9, 1e9)
      expect(await proven()).toBe(false)
    })

    it('do so not where a repository says when each was committed', async () => {
      const dir = join(folder, `${run++}`)
      mkdirSync(dir)
      const commit = (day: number, files: Readonly<Record<string, string>>) => {
        for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
        const date = `2026-11-0${day}T00:00:00Z`
        const who = ['-c', 'user.name=o', '-c', 'user.email=o@example.net', '-c', 'commit.gpgsign=false']
        for (const args of [
          ['init', '-q'],
          ['add', '-A'],
          [...who, 'commit', '-q', '-m', date],
        ])
          execFileSync('git', ['-C', dir, ...args], { env: { ...process.env, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date } })
      }
      const verdicts = async () => {
        const { segments } = await auditFolder(dir, [point], options)
        return segments.flatMap(s => s.pxe.map(p => `${s.subnets[0]} ${p.verdict}`)).sort()
      }
      const known = (vlan10: string) => [`10.0.10.0/24 ${vlan10}`, ...['20', '30', '40'].map(v => `10.0.${v}.0/24 single`)]
      commit(1, { 'r1-old.cfg': silent, 'r2.cfg': peer })
      commit(2, { 'r1.cfg': relaying })
      expect(await verdicts()).toEqual(known('single'))
      commit(3, { 'r1-old.cfg': `!\n${silent}` })
      expect(await verdicts()).toEqual(known('none'))
    })
  })
})

describe('one router under the names of two that an inventory tells apart', () => {
  const POINT = 'pxe_points: [{ name: wds, kind: wds, addresses: [10.9.9.5] }]\n'
  const folderWith = (files: Readonly<Record<string, string>>): string => {
    const dir = join(folder, `same-${run++}`)
    mkdirSync(dir)
    for (const [file, text] of Object.entries(files)) writeFileSync(join(dir, file), text)
    return dir
  }
  const outcome = ({ segments, devices }: Awaited<ReturnType<typeof auditFolder>>) => ({
    verdict: segments.find(s => s.subnets.includes('10.0.10.0/24'))?.pxe[0]?.verdict,
    failed: devices.filter(d => d.state === 'failed').map(d => [d.name, d.sha256, d.reason]),
  })
  const inventoried = async (dir: string, devices: string, more = {}) => {
    writeFileSync(join(dir, 'inventory.yaml'), `${POINT}devices:\n${devices}`)
    return outcome(await auditInventory(join(dir, 'inventory.yaml'), { ...options, concurrency: 1, warn: () => {}, ...more }))
  }
  /** The other router was never read: it may relay, and it may not. */
  const open = (other: string, kept: string) => ({
    verdict: 'unknown',
    failed: [
      [
        other,
        null,
        `what was read as ${other} is the configuration of ${kept}, r1, and nothing is known of ${other}; correct its address, or take it out of the inventory if they are one router`,
      ],
    ],
  })

  it('leaves the other one unread, wherever the configurations are', async () => {
    const files = { 'r1.cfg': R1, 'r2.cfg': R1 }
    const own = folderWith(files)
    for (const file of Object.keys(files)) utimesSync(join(own, file), 1e9, 1e9)
    const given = '  - { name: r1, config: r1.cfg }\n  - { name: r2, config: r2.cfg }\n'
    expect(await inventoried(own, given)).toEqual(open('r2', 'r1'))
    const reached = '  - { name: r1, host: 192.0.2.1, username: u }\n  - { name: r2, host: 192.0.2.2, username: u }\n'
    expect(await inventoried(own, reached, { folder: own })).toEqual(open('r2', 'r1'))
    // What a snapshot of such an inventory says.
    const stored = (name: string, collected_at: string) => ({
      ...{ name, platform: 'cisco-ios', site: 'default', status: 'collected', reason: null, command: null, file: `${name}.cfg` },
      ...{ collected_at, sha256: null, bytes: R1.length },
    })
    const snapshot = folderWith({
      ...files,
      'manifest.json': JSON.stringify({
        schema_version: 1,
        tool: { name: 'x', version: '1' },
        started_at: '2026-11-27T00:00:00Z',
        written_at: '2026-11-27T00:00:02Z',
        devices: [stored('r1', '2026-11-27T00:00:00Z'), stored('r2', '2026-11-27T00:00:01Z')],
      }),
    })
    expect(outcome(await auditFolder(snapshot, [point], options))).toEqual(open('r1', 'r2'))
  })
  it('is none where one of the two is a file that lies there', async () => {
    const dir = folderWith({ 'r1.cfg': R1, 'r1-old.cfg': R1 })
    expect(await inventoried(dir, '  - { name: r1, host: 192.0.2.1, username: u }\n', { folder: dir })).toEqual({
      verdict: 'single',
      failed: [],
    })
    expect(outcome(await auditFolder(dir, [point], options)).verdict).toBe('single')
  })
})

describe('a capture that was cut in a banner, with the next one behind it', () => {
  it('is no configuration of its own, although the banner of the next one ends it and an end follows', async () => {
    const relays = ios('r1', 2, ' ip helper-address 10.9.9.5')
    const banner = 'banner motd ^C\nNo trespassing\n^C\nline vty 0 4'
    const second = (text: string) => text.replace('line vty 0 4', banner)
    const cut = ios('r2', 3).replace('line vty 0 4\nend\n', 'banner motd ^C\nNo tres\n')
    expect(await verdictWith(relays, `${cut}${second(ios('r3', 4, ' ip helper-address 10.9.9.5'))}`)).not.toBe('single')
    const cutNxos = nxos('r2', '  ip address 10.0.10.3/24').replace('line console\nline vty\n', 'banner motd ^\nNo tres\n')
    const nextNxos = nxos('r3', '  ip address 10.0.10.4/24', '  ip dhcp relay address 10.9.9.5').replace(
      'line console',
      'banner motd ^\nNo trespassing\n^\nline console',
    )
    expect(await verdictWith(relays, `${cutNxos}${nextNxos}`)).not.toBe('single')
  })
})

describe('two routers with one host name', () => {
  it('are two where an interface tells them apart; whether an address they share is one gateway cannot be told', async () => {
    const leaf = (loopback: number) =>
      ios('Switch', 1, HELPER).replace(
        'interface Vlan10',
        `interface Loopback0\n ip address 10.255.0.${loopback} 255.255.255.255\n!\ninterface Vlan10`,
      )
    expect(await verdictWith(leaf(1), leaf(2))).toBe('unknown')
  })
})

describe('a secondary address in an abbreviated command', () => {
  it('may place the interface anywhere', async () => {
    const second = ios('r2', 3, HELPER).replace(
      ' ip address 10.0.10.3 255.255.255.0',
      ' ip address 10.0.99.3 255.255.255.0\n ip add 10.0.10.3 255.255.255.0 secondary',
    )
    expect(await verdictWith(R1, second)).toBe('unknown')
  })
})

describe('a platform that is named wrong', () => {
  it('is said, and nothing is read with the wrong grammar', () => {
    const dir = join(folder, 'named')
    mkdirSync(dir)
    writeFileSync(join(dir, 'r1.cfg'), `Building configuration...\n\nCurrent configuration : 300 bytes\n!\n${R1}`)
    const inventory = join(dir, 'inventory.yaml')
    writeFileSync(
      inventory,
      'pxe_points: [{ name: wds, kind: wds, addresses: [10.9.9.5] }]\ndevices: [{ name: r1, config: r1.cfg, platform: juniper-junos }]\n',
    )
    return auditInventory(inventory, { ...options, concurrency: 1, warn: () => {} }).then(result => {
      expect(result.exit_code).toBe(3)
      expect(result.devices[0]).toMatchObject({ state: 'failed' })
      expect(result.devices[0]?.reason).toContain('it is named juniper-junos and reads like cisco-ios; correct its platform')
    })
  })
})

describe('a file named after a host', () => {
  const read = async (file: string, text: string): Promise<number> => {
    const dir = join(folder, `named-${run++}`)
    mkdirSync(dir)
    writeFileSync(join(dir, 'r1.cfg'), R1)
    writeFileSync(join(dir, file), text)
    return (await auditFolder(dir, [point], options)).devices.length
  }
  it('is read, also where its domain looks like the ending of a document or a program', async () => {
    for (const domain of ['md', 'py', 'sh']) expect(await read(`r2.corp.${domain}`, ios('r2', 3, HELPER)), domain).toBe(2)
    expect(await read('r2.corp.md', junos('r2', 3))).toBe(2)
  })
  it('is none where its text is that of a document or a program', async () => {
    expect(await read('README.md', '# Lab\n\nThe switches relay.\n')).toBe(1)
    expect(await read('README.md', '# Lab\n```\nhostname r2\ninterface Vlan10\n```\n')).toBe(1)
    expect(await read('push.sh', '#!/bin/sh\nhostname r2\ninterface up\n')).toBe(1)
  })
  it('is a router where it is JSON or YAML that a system keeps its configuration in', async () => {
    const sonic = { DEVICE_METADATA: { localhost: { hostname: 'r2' } }, VLAN: { Vlan10: { dhcp_servers: ['10.9.9.5'] } } }
    for (const [file, text] of [
      ['config_db.json', JSON.stringify(sonic, null, 4)],
      ['startup.yaml', '- header:\n    model: vx\n- set:\n    service:\n      dhcp-relay: {}\n'],
      ['r2.json', '{ "srl_nokia-interfaces:interface": [] }'],
      ['r2.json', '{\n    "configuration" : {\n        "forwarding-options" : {}\n    }\n}\n'],
      ['r2.json', '{ "Cisco-IOS-XE-native:native": {} }'],
      ['r2.yml', '"openconfig-interfaces:interfaces": {}\n'],
    ] as const)
      expect(await read(file, text), text).toBe(2)
  })
  it('is none where its data are those of another program', async () => {
    expect(await read('hosts.yml', 'all:\n  hosts:\n    r2: { hostname: r2, interfaces: [Vlan10] }\n')).toBe(1)
    expect(await read('result.json', '{ "devices": [{ "name": "r2", "interfaces": [] }] }')).toBe(1)
  })
})

describe('secrets', () => {
  it('stay out of what a result quotes', async () => {
    const dir = join(folder, 'quoted')
    mkdirSync(dir)
    const lines = [
      ' standby 10 authentication md5 key-string 7 hunter2 timeout',
      ' standby 10 timer authentication hunter2 and more',
      ' vrrp 10 peer authentication ietf hunter2',
    ]
    writeFileSync(join(dir, 'r1.cfg'), ios('r1', 2, ...lines, HELPER))
    const result = await auditFolder(dir, [point], options)
    expect(result.findings.find(f => f.rule === 'unrecognized-lines')?.evidence.map(e => e.text)).toEqual([
      'standby 10 authentication md5 key-string 7 <removed>',
      'standby 10 timer authentication <removed>',
      'vrrp 10 peer authentication <removed>',
    ])
    expect(JSON.stringify(result)).not.toContain('hunter2')
  })
})

it('a file that changes between its digest and its reading has failed: it is no router without relays', () => {
  const { result, read } = reader(known)({
    state: 'collected',
    device: 'r1',
    site: 'here',
    platform: 'cisco-nxos',
    file: 'r1.cfg',
    text: '',
    unread: true,
    reread: () => null,
    sha256: 'a',
    collected_at: '2026-11-27T00:00:00.000Z',
    incomplete: null,
    whole: true,
  })
  expect(read).toBeNull()
  expect(result).toMatchObject({ state: 'failed', complete: false, reason: 'r1.cfg has changed while it was read; run it again' })
})
