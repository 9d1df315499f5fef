// Redaction: nothing but secrets goes, the facts stay, and equal secrets have equal tokens.
import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keyFile, loadRedactionKey } from '../src/collect/redaction-key.ts'
import type { Authentication, Device } from '../src/model/device.ts'
import { readDevice } from '../src/parse/assemble.ts'
import { type Credential, keyCredential, textCredential } from '../src/parse/authentication.ts'
import { blank } from '../src/parse/blank.ts'
import { detect } from '../src/parse/detect.ts'
import { secretsOf } from '../src/parse/secret-forms.ts'
import { placesIn, startsOf } from '../src/parse/starts.ts'
import { platforms } from '../src/platforms.ts'
import { auditOf, router } from './support/accepting.ts'
import { seven } from './support/canaries/plant.ts'
import { configurations, pageOf, redactWith, TOKEN, tokensOf } from './support/redaction.ts'

const token = tokensOf('abcdef')
/** A line redacted, with `@VALUE` where the token of VALUE stands. */
function redacted(id: string, line: string, ...values: string[]): string {
  const { text } = redactWith(id, line)
  return values.reduce((shown, value) => shown.replaceAll(token(value), `@${value}`), text)
}

const read = (c: (typeof configurations)[number], text: string) => readDevice(c.platform, { device: c.name, file: c.name, text })
const credentialsOf = (device: Device): Authentication[] =>
  device.interfaces.flatMap(i => i.groups.flatMap(g => (g.authentication ? [g.authentication] : [])))
/** Facts without what redaction may change: tokens of credentials. */
const factsOf = (device: Device) => JSON.stringify(device, (key, value) => (key === 'token' ? undefined : value))

describe('every configuration', () => {
  const runs = configurations.map(c => ({ ...c, result: redactWith(c.platform.id, c.text) }))

  it('is there', () => expect(runs.length).toBeGreaterThan(80))

  it('keeps its lines', () => {
    const wrong = runs.filter(({ text, result }) => text.split('\n').length !== result.text.split('\n').length)
    expect(wrong.map(r => r.name)).toEqual([])
  })

  it('keeps all that is no secret, byte for byte', () => {
    const wrong = runs.filter(({ text, result }) => {
      // What stands between the tokens stands in the original, in this order.
      let at = 0
      for (const part of result.text.split(TOKEN)) {
        const found = text.indexOf(part, at)
        if (found < 0) return true
        at = found + part.length
      }
      return false
    })
    expect(wrong.map(r => r.name)).toEqual([])
  })

  it('is redacted in the same way again, and not any further', () => {
    const wrong = runs.filter(
      ({ platform, text, result }) =>
        redactWith(platform.id, text).text !== result.text || redactWith(platform.id, result.text).text !== result.text,
    )
    expect(wrong.map(r => r.name)).toEqual([])
  })

  it('has the same facts', () => {
    for (const run of runs) expect(factsOf(read(run, run.result.text)), run.name).toBe(factsOf(read(run, run.text)))
  })

  it('is told to be of the same platform', () => {
    const wrong = runs.filter(({ text, result }) => detect(text, platforms).platform !== detect(result.text, platforms).platform)
    expect(wrong.map(r => r.name)).toEqual([])
  })

  it('has credentials that are equal, or differ, as they did', () => {
    const pairs = runs.flatMap(run => {
      const before = credentialsOf(read(run, run.text))
      const after = credentialsOf(read(run, run.result.text))
      expect(after.length).toBe(before.length)
      return before.map((was, i) => ({ was, is: after[i] as Authentication }))
    })
    expect(pairs.length).toBeGreaterThan(20)
    for (const { was, is } of pairs) {
      expect(is.comparable).toBe(was.comparable)
      expect(is.token === 'redacted').toBe(was.token === 'redacted')
    }
    // One token for each, both ways.
    const [before, after] = [new Set(pairs.map(p => p.was.token)), new Set(pairs.map(p => p.is.token))]
    const together = new Set(pairs.map(({ was, is }) => `${was.token} ${is.token}`))
    expect([after.size, together.size]).toEqual([before.size, before.size])
  })
})

describe('a line', () => {
  const KEY = seven('sesame', 3)
  const cases: readonly (readonly [platform: string, line: string, expected: string])[] = [
    ['cisco-ios', 'enable secret 5 $1$abcd$sesame', 'enable secret 5 @$1$abcd$sesame'],
    ['cisco-ios', 'username ann privilege 15 secret 9 sesame', 'username ann privilege 15 secret 9 @sesame'],
    ['cisco-ios', 'username ann password 0 open sesame', 'username ann password 0 @open @sesame'],
    ['cisco-ios', 'snmp-server community sesame RO 10', 'snmp-server community @sesame RO 10'],
    ['cisco-ios', ' neighbor 192.0.2.1 password 7 sesame', ' neighbor 192.0.2.1 password 7 @sesame'],
    [
      'cisco-ios',
      'snmp-server host 192.0.2.1 vrf M version 2c sesame udp-port 162',
      'snmp-server host 192.0.2.1 vrf M version 2c @sesame udp-port 162',
    ],
    ['cisco-ios', 'crypto isakmp key sesame address 192.0.2.1 no-xauth', 'crypto isakmp key @sesame address 192.0.2.1 no-xauth'],
    [
      'cisco-ios',
      ' standby 1 authentication md5 key-string sesame timeout 30',
      ' standby 1 authentication md5 key-string @sesame timeout 30',
    ],
    ['cisco-ios', ` standby 1 authentication md5 key-string 7 ${KEY}`, ' standby 1 authentication md5 key-string 7 @sesame'],
    ['cisco-ios', `ntp authentication-key 1 md5 ${KEY} 7`, 'ntp authentication-key 1 md5 @sesame 7'],
    ['cisco-ios', ' standby authentication sesame', ' standby authentication @sesame'],
    ['cisco-ios', '\tstandby  authentication \t text  sesame \r', '\tstandby  authentication \t text  @sesame \r'],
    ['cisco-ios', 'STANDBY 1 AUTHENTICATION TEXT sesame', 'STANDBY 1 AUTHENTICATION TEXT @sesame'],
    ['cisco-ios', ' standby 1 authetication md5 key-string sesame', ' standby 1 authetication md5 key-string @sesame'],
    // Public, and the same as no authentication.
    ['cisco-ios', ' standby 1 authentication cisco', ' standby 1 authentication cisco'],
    ['cisco-ios', ' standby authentication text cisco', ' standby authentication text cisco'],
    ['cisco-ios', ' standby 1 authentication md5 key-string cisco', ' standby 1 authentication md5 key-string @cisco'],
    ['cisco-nxos', '    authentication text cisco', '    authentication text cisco'],
    // A name, and lines that end too early.
    ['cisco-ios', ' standby 1 authentication md5 key-chain sesame', ' standby 1 authentication md5 key-chain sesame'],
    ['cisco-ios', ' standby 1 authentication md5 key-string 7', ' standby 1 authentication md5 key-string 7'],
    ['cisco-ios', ' standby 1 authentication text', ' standby 1 authentication text'],
    // What is understood carries no secret behind a word that sounds like one.
    ['cisco-ios', ' ip helper-address vrf key 10.9.9.5', ' ip helper-address vrf key 10.9.9.5'],
    ['cisco-ios', ' ip helper-address 10.9.9.5 redundancy key', ' ip helper-address 10.9.9.5 redundancy key'],
    ['cisco-ios', ' standby 10 name password PXE', ' standby 10 name password PXE'],
    ['cisco-ios', ' description secret lab', ' description secret lab'],
    // Names are no keywords: PIN pads have a VRF of their own in many a shop.
    ['cisco-ios', ' ip helper-address vrf PIN 10.9.9.5', ' ip helper-address vrf PIN 10.9.9.5'],
    ['cisco-ios', ' ip helper-address vrf pmk 10.9.9.5 redundancy PIN', ' ip helper-address vrf pmk 10.9.9.5 redundancy PIN'],
    ['cisco-ios', ' relay destination vrf idtoken 10.9.9.5', ' relay destination vrf idtoken 10.9.9.5'],
    ['cisco-ios', ' description PIN pads', ' description PIN pads'],
    ['cisco-ios', ' vrrp 20 description key fobs', ' vrrp 20 description key fobs'],
    ['cisco-ios', ' pin sesame', ' pin @sesame'],
    [
      'juniper-junos',
      'server 10.9.9.7 logical-system secret routing-instance password;',
      'server 10.9.9.7 logical-system secret routing-instance password;',
    ],
    // A type in front of the secret is none.
    ['cisco-ios', 'snmp-server community 6 sesame RO', 'snmp-server community 6 @sesame RO'],
    ['cisco-ios', `snmp-server host 192.0.2.1 version 2c 7 ${KEY} bgp`, 'snmp-server host 192.0.2.1 version 2c 7 @sesame bgp'],
    ['cisco-ios', 'snmp-server host 192.0.2.1 sesame udp-port 162', 'snmp-server host 192.0.2.1 @sesame udp-port 162'],
    ['cisco-ios', ' ip nhrp authentication 0 sesame', ' ip nhrp authentication 0 @sesame'],
    [
      'cisco-nxos',
      'snmp-server user u G auth sha-256 open priv aes-256 sesame localizedkey',
      'snmp-server user u G auth sha-256 @open priv aes-256 @sesame localizedkey',
    ],
    ['arista-eos', 'snmp-server community 8a sesame ro', 'snmp-server community 8a @sesame ro'],
    // What ends a comment, or a string, stays.
    ['juniper-junos', '/* the password is sesame */', '/* the password @is @sesame */'],
    ['juniper-junos', '/* the password */', '/* the password */'],
    ['juniper-junos', '/* rotate the secret*/', '/* rotate the secret*/'],
    ['juniper-junos', '   password */', '   password */'],
    ['juniper-junos', '/* token=sesame*/', '/* token=@sesame*/'],
    ['juniper-junos', '/* $9$sesame*/', '/* @$9$sesame*/'],
    ['juniper-junos', 'known [ token=sesame];', 'known [ token=@sesame];'],
    ['juniper-junos', 'known "token=open[";', 'known "token=@open[";'],
    ['juniper-junos', 'announcement "token: sesame";', 'announcement "token: @sesame";'],
    ['cisco-ios', 'event manager environment _smtp_pw sesame', 'event manager environment _smtp_pw @sesame'],
    ['cisco-ios', 'event manager environment _passive_if Vlan10', 'event manager environment _passive_if Vlan10'],
    ['cisco-ios', '   Authorization: Basic sesame\\r\\n', '   Authorization: Basic @sesame\\r\\n'],
    ['cisco-ios', ' path ftp://ann@example:sesame@192.0.2.1/x', ' path ftp://ann@example:@sesame@192.0.2.1/x'],
    ['arista-eos', '   vrrp 10 ipv4 10.0.10.1', '   vrrp 10 ipv4 10.0.10.1'],
    ['cisco-nxos', '  ip dhcp relay address 10.9.9.5 use-vrf secret', '  ip dhcp relay address 10.9.9.5 use-vrf secret'],
    [
      'juniper-junos',
      'set forwarding-options dhcp-relay server-group secret 10.9.9.5',
      'set forwarding-options dhcp-relay server-group secret 10.9.9.5',
    ],
    // Junos: quotes, ends of statements and marks stay.
    ['juniper-junos', '  authentication-key "$9$sesame"; ## SECRET-DATA', '  authentication-key "@$9$sesame"; ## SECRET-DATA'],
    ['juniper-junos', '  authentication-key sesame;', '  authentication-key @sesame;'],
    [
      'juniper-junos',
      'vrrp-group 1 { authentication-type simple; authentication-key "sesame"; priority 90; }',
      'vrrp-group 1 { authentication-type simple; authentication-key "@sesame"; priority 90; }',
    ],
    [
      'juniper-junos',
      'set interfaces irb unit 1 family inet address 10.0.1.2/24 vrrp-group 1 authentication-key sesame',
      'set interfaces irb unit 1 family inet address 10.0.1.2/24 vrrp-group 1 authentication-key @sesame',
    ],
    // A community of BGP, and one of SNMP.
    ['juniper-junos', 'policy-options {\n  community sesame {\n', 'policy-options {\n  community sesame {\n'],
    ['juniper-junos', 'snmp {\n  name x;\n  community sesame {\n', 'snmp {\n  name x;\n  community @sesame {\n'],
    [
      'arista-eos',
      'username ann role network-admin secret sha512 sesame',
      'username ann role network-admin secret sha512 @sesame',
    ],
    ['arista-eos', '   isis authentication key 7 sesame level-1', '   isis authentication key 7 @sesame level-1'],
    ['cisco-nxos', 'username ann password 5 sesame  role network-admin', 'username ann password 5 @sesame  role network-admin'],
    ['cisco-ios', ' path ftp://ann:sesame@192.0.2.1/x', ' path ftp://ann:@sesame@192.0.2.1/x'],
    ['cisco-ios', ' action 1 cli command "enable password sesame"', ' action 1 cli command "enable password @sesame"'],
    // Unknown words.
    ['cisco-ios', 'wormhole passphrase 7 sesame', 'wormhole passphrase 7 @sesame'],
  ]
  it.each(cases)('%s: %s', (id, line, expected) => {
    const values = ['$1$abcd$sesame', '$9$sesame', 'sesame', 'open[', 'open', 'cisco', 'is']
    expect(redacted(id, line, ...values)).toBe(expected)
  })

  it.each(['<removed>', '<secret hidden>', '<configuration removed>', '***', '********', '[redacted]', token('x')].map(v => [v]))(
    'that holds %s already is left as it is',
    placeholder => {
      for (const line of [
        `enable secret 5 ${placeholder}`,
        `snmp-server community ${placeholder} RO`,
        `snmp-server community ${placeholder}`,
        ` standby 10 authentication md5 key-string 7 ${placeholder}`,
        ` wormhole password ${placeholder}`,
      ])
        expect(redactWith('cisco-ios', line).text).toBe(line)
    },
  )

  it('of Junos that hides its secret is left as it is', () => {
    const line = '  secret /* SECRET-DATA */; ## SECRET-DATA'
    expect(redactWith('juniper-junos', line).text).toBe(line)
  })

  it('with a secret that may be a placeholder proves nothing afterwards, either', () => {
    const { text } = redactWith('cisco-ios', ' standby 10 authentication xxxxxxxx')
    expect(text).toBe(' standby 10 authentication redacted')
    expect(textCredential('redacted')).toEqual(textCredential('xxxxxxxx'))
  })

  it('is found, however long it is', () => {
    const line = `! ${'word '.repeat(20_000)} password sesame`
    expect(redactWith('cisco-ios', line).text).not.toContain('sesame')
  })

  it('ends with a carriage return alone in some captures', () => {
    const text = 'hostname r1\renable secret sesame\rinterface Vlan1\r'
    expect(redacted('cisco-ios', text, 'sesame')).toBe('hostname r1\renable secret @sesame\rinterface Vlan1\r')
  })
})

it('a comment of Junos that names a secret ends where it did: what follows is configuration', () => {
  const configuration = (comment: string) => `version 21.4R1.12;
${comment}
interfaces {
    irb {
        unit 10 {
            family inet {
                address 10.0.10.2/24 {
                    vrrp-group 10 {
                        virtual-address 10.0.10.1;
                    }
                }
            }
        }
    }
}
`
  for (const comment of ['/* rotate the password */', '/* rotate\n   the secret */', '/* the token: x */', '/* key=x*/']) {
    const text = configuration(comment)
    const device = (said: string) => factsOf(readDevice(pageOf('juniper-junos'), { device: 'r1', file: 'r1', text: said }))
    expect(device(redactWith('juniper-junos', text).text), comment).toBe(device(text))
  }
})

describe('a block', () => {
  it('of a private key is blanked line by line', () => {
    const text = 'a\n-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIAbcdefgh\nxyz=\n-----END EC PRIVATE KEY-----\nip routing\n'
    const shown = redacted('cisco-ios', text, 'MHcCAQEEIAbcdefgh', 'xyz=')
    expect(shown).toBe('a\n-----BEGIN EC PRIVATE KEY-----\n@MHcCAQEEIAbcdefgh\n@xyz=\n-----END EC PRIVATE KEY-----\nip routing\n')
  })
  it('that is cut short ends where configuration begins', () => {
    const rest = 'interface Vlan10\n ip address 10.0.10.2 255.255.255.0\n shutdown\nend\n'
    for (const head of ['-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIAbcdefgh\n', ' key-string\n'])
      expect(redactWith('cisco-ios', head + rest).text.endsWith(rest)).toBe(true)
  })
  it('of text for people keeps what ends it', () => {
    for (const text of [
      'banner motd ^C\nEnter your password now ^C\nip helper-address 10.9.9.5\n',
      'banner login #no password, no entry#\nip helper-address 10.9.9.5\n',
      'banner motd\nThe secret word is friend\nEOF\nip helper-address 10.9.9.5\n',
    ])
      expect(redactWith('cisco-ios', text).text).toBe(text)
    expect(redacted('cisco-ios', 'banner motd #\nusername a password sesame#\n', 'sesame')).toBe(
      'banner motd #\nusername a password @sesame#\n',
    )
  })
  it('ends its lines with carriage returns alone in some captures', () => {
    const text = '-----BEGIN EC PRIVATE KEY-----\rMHcCAQEEIAbcdefgh\rxyz=\r-----END EC PRIVATE KEY-----\rip routing\r'
    expect(redacted('cisco-ios', text, 'MHcCAQEEIAbcdefgh', 'xyz=')).toBe(
      '-----BEGIN EC PRIVATE KEY-----\r@MHcCAQEEIAbcdefgh\r@xyz=\r-----END EC PRIVATE KEY-----\rip routing\r',
    )
    const feeds = text.replaceAll('\r', '\r\r\n')
    expect(redacted('cisco-ios', feeds, 'MHcCAQEEIAbcdefgh', 'xyz=')).toContain('@MHcCAQEEIAbcdefgh\r\r\n@xyz=\r\r\n-----END')
  })
  it('of a script that is asked for a password has it in the next command', () => {
    const script = (...said: readonly string[]) => said.map((words, n) => ` action ${n + 1}.0 ${words}\n`).join('')
    const asked = (pattern: string, ...rest: readonly string[]) =>
      script(`cli command "copy run scp:" pattern "${pattern}"`, ...rest)
    for (const pattern of ['[Pp]assword', 'word:', 'passphrase'])
      expect(
        redacted('cisco-ios', asked(pattern, 'wait 2', 'cli command "open sesame"', 'cli command "end"'), '"open sesame"'),
      ).toBe(asked(pattern, 'wait 2', 'cli command "@"open sesame""', 'cli command "end"'))
    const twice = ['cli command "ann" pattern "assword"', 'cli command "sesame" pattern "#"', 'cli command "end"']
    expect(redacted('cisco-ios', asked('sername', ...twice), '"sesame"')).toBe(
      asked('sername', 'cli command "ann" pattern "assword"', 'cli command "@"sesame"" pattern "#"', 'cli command "end"'),
    )
    // Just the return key, and something else than an answer
    for (const next of ['cli command ""', 'syslog msg "copied"'])
      expect(redactWith('cisco-ios', asked('word:', next)).text).toBe(asked('word:', next))
  })
  it('of text for people ends with its line, whatever ends that', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['banner motd ^C', 'Enter your password now ^C', 'line vty 0 4', ' password sesame', ''].join(end)
      expect(redacted('cisco-ios', text, 'sesame')).toBe(text.replace('sesame', '@sesame'))
    }
  })
  it('that never ends is none: what follows is configuration', () =>
    expect(redactWith('cisco-ios', 'banner motd #\nhello\nenable password sesame\n').text).not.toContain('sesame'))
  it('of Junos in quotes may go on over several lines', () =>
    expect(redacted('juniper-junos', 'secret "open\n sesame";\nhost-name r1;\n', 'open', 'sesame')).toBe(
      'secret "@open\n @sesame";\nhost-name r1;\n',
    ))
})

describe('values', () => {
  it('are the secrets, as written and in clear, the longest first', () => {
    const hidden = seven('open-sesame', 5)
    const text = `enable password 7 ${hidden}\nsnmp-server community s3same-0 RO\nsnmp-server community s3same-0 RO\n`
    expect(redactWith('cisco-ios', text).values).toEqual([hidden, 'open-sesame', 's3same-0'])
  })
  it('leave out what is too short, or an ordinary word of the text', () => {
    const text = 'enable password abc\nsnmp-server community interface RO\nsnmp-server community ninety RO\ninterface Vlan10\n'
    expect(redactWith('cisco-ios', text).values).toEqual(['ninety'])
  })
})

describe('any text', () => {
  const COMMON =
    'key secret password 7 0 md5 authentication 10 text key-string community " ; ://u:p@h # -----BEGIN X----- -----END X----- sesame <removed> *** cisco'
  /** Words that other platforms do not print. */
  const OWN = { 'juniper-junos': '{ } $9$abc ## SECRET-DATA', 'others': 'standby snmp-server ^C banner motd' }
  // Of a hundred thousand such texts one is redacted differently the second time, none of them anything that a device would print. So
  // that a run does not depend on chance, the seed is given.
  it.each(platforms.map(p => [p.id]))('of %s keeps its lines, and is redacted once and for all', id => {
    const own = id === 'juniper-junos' ? OWN[id] : OWN.others
    const word = fc.constantFrom(...`${COMMON} ${own}`.split(' '), '\n', '\r\n', '  ')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), words => {
        const text = words.join(' ')
        const once = redactWith(id, text).text
        expect(once.replace(/[^\n\r]/g, '')).toBe(text.replace(/[^\n\r]/g, ''))
        expect(redactWith(id, once).text).toBe(once)
      }),
      { numRuns: 2000, seed: 20_261_127 },
    )
  })
  it.each(['" secret " #', '" secret "x #c', '" key-string " ##'])(
    '%j: what stands in front of a comment is none of it',
    text => {
      const once = redactWith('juniper-junos', text).text
      expect(redactWith('juniper-junos', once).text).toBe(once)
      expect(once.slice(once.indexOf('#'))).toBe(text.slice(text.indexOf('#')))
    },
  )
})

describe('the words that lines are looked for by', () => {
  it('are in every line that an expression finds a secret in', () => {
    const missed = configurations.flatMap(({ platform: { secrets }, text }) =>
      text.split('\n').filter(line => {
        secrets.hint.lastIndex = 0
        return !secrets.hint.test(line) && blank(line, secrets) !== line
      }),
    )
    expect(missed).toEqual([])
  })
  it('are found faster than by their expression, and in the same places', () => {
    for (const { platform, text } of configurations) {
      const { hint, hintHere, starts } = platform.secrets
      const next = placesIn(text, starts)
      const found: number[] = []
      for (let place = next(0); place >= 0; place = next(place + 1)) {
        hintHere.lastIndex = place
        if (hintHere.test(text)) found.push(place)
      }
      hint.lastIndex = 0
      // Overlapping words begin at more places than an expression finds one after the other, and never at fewer.
      const places = new Set(found)
      expect([...text.matchAll(hint)].filter(match => !places.has(match.index))).toEqual([])
    }
  })
  it('are found at every place of a text, wherever the search begins', () => {
    const words = ['pass', 'key', '@', '$1', 'md5']
    const starts = startsOf(words)
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...words, 'PaSs', 'x', 'xxxxxxx', ' ', 'k', 'ü', '漢', '\n'), { maxLength: 25 }),
        fc.nat(30),
        (parts, from) => {
          const text = parts.join('')
          const places = words.flatMap(word =>
            [...text.matchAll(new RegExp(`(?=${word.replace('$', '\\$')})`, 'gi'))].map(m => m.index),
          )
          const next = placesIn(text, starts)
          const found: number[] = []
          for (let place = next(from); place >= 0; place = next(place + 1)) found.push(place)
          expect(places.filter(place => place >= from && !found.includes(place))).toEqual([])
          expect(found).toEqual([...found].sort((a, b) => a - b))
          expect(found.every(place => place >= from && place < text.length)).toBe(true)
        },
      ),
      { numRuns: 2000 },
    )
  })
  it('are some of those that each form needs', () => {
    for (const { id, secrets } of platforms)
      for (const { words, expression } of secrets.forms)
        for (const word of words) {
          secrets.hint.lastIndex = 0
          expect(secrets.hint.test(word), `${id}: ${expression.source}`).toBe(true)
        }
  })
  it('must be there: a form without one is refused', () =>
    expect(() => secretsOf({ forms: ['<any> \\d+ <secret>'], plain: [] })).toThrow('no word tells the form'))
})

describe('tokens of credentials', () => {
  const one = (value: string) => tokensOf('aaaaaa')(value)
  const two = (value: string) => tokensOf('bbbbbb')(value)
  it('are equal for equal secrets of one key, and tell whose key it was', () => {
    expect(textCredential(one('x'))).toEqual({ token: expect.stringMatching(/^text:aaaaaa:/), comparable: true })
    expect(keyCredential(one('x'), '7')).toEqual(keyCredential(one('x')))
    expect(keyCredential(one('x'))).not.toEqual(keyCredential(one('y')))
    expect(keyCredential(one('x'))?.token).not.toBe(textCredential(one('x'))?.token)
  })
  it('prove nothing where the secret was not known in clear', () => {
    const hidden: (Credential | undefined)[] = [keyCredential(one('x'), '6'), keyCredential(`${one('x')}-opaque`, '7')]
    for (const credential of hidden)
      expect(credential).toMatchObject({ comparable: false, token: expect.stringMatching(/^hidden:/) })
  })

  const gated = (host: number, authentication: string) =>
    router(host, {
      10: [
        'ip helper-address 10.9.9.5 redundancy PXE',
        'standby 10 ip 10.0.10.1',
        'standby 10 name PXE',
        ...(authentication === '' ? [] : [`standby 10 authentication ${authentication}`]),
      ],
    })
  const verdictOf = (a: string, b: string) => auditOf({ r2: a, r3: b }).segments[0]?.pxe[0]?.verdict
  const stored = (text: string, key: string) => redactWith('cisco-ios', text, key).text

  it('show that two routers authenticate differently, as their secrets did', () => {
    const [a, b] = [gated(2, 'text ONE'), gated(3, 'text TWO')]
    expect(verdictOf(a, b)).toBe('duplicate')
    expect(verdictOf(stored(a, 'aaaaaa'), stored(b, 'aaaaaa'))).toBe('duplicate')
    expect(verdictOf(stored(a, 'aaaaaa'), stored(gated(3, ''), 'aaaaaa'))).toBe('duplicate')
  })
  it('show that they authenticate alike, hidden from the eye or not', () => {
    const [a, b] = [gated(2, `md5 key-string 7 ${seven('ONE', 8)}`), gated(3, 'md5 key-string ONE')]
    expect(verdictOf(stored(a, 'aaaaaa'), stored(b, 'aaaaaa'))).toBe('single')
  })
  it('cannot be compared across keys, or with a secret in clear', () => {
    const [a, b] = [gated(2, 'text ONE'), gated(3, 'text TWO')]
    expect(stored(a, 'aaaaaa')).toContain(one('ONE'))
    expect(stored(b, 'bbbbbb')).toContain(two('TWO'))
    expect(verdictOf(stored(a, 'aaaaaa'), stored(b, 'bbbbbb'))).toBe('single')
    expect(verdictOf(stored(a, 'aaaaaa'), b)).toBe('single')
  })
  it('leave the default what it is: no authentication', () =>
    expect(verdictOf(stored(gated(2, 'cisco'), 'aaaaaa'), stored(gated(3, ''), 'aaaaaa'))).toBe('single'))
})

describe('the key', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'iphelper-audit-key-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const mode = (path: string) => statSync(path).mode & 0o777

  it('is kept where state belongs', () => {
    expect(keyFile({ XDG_STATE_HOME: '/state', HOME: '/home/ann' })).toBe('/state/iphelper-audit/redaction-key')
    for (const XDG_STATE_HOME of [undefined, '', 'relative'])
      expect(keyFile({ ...(XDG_STATE_HOME === undefined ? {} : { XDG_STATE_HOME }), HOME: '/home/ann' })).toBe(
        '/home/ann/.local/state/iphelper-audit/redaction-key',
      )
  })
  it('is made once, for its owner alone, and makes tokens that tell nothing of it', () => {
    const file = join(folder, 'new', 'iphelper-audit', 'redaction-key')
    const first = loadRedactionKey(file)
    const again = loadRedactionKey(file)
    expect([mode(file), mode(join(file, '..'))]).toEqual([0o600, 0o700])
    expect(readdirSync(join(file, '..'))).toEqual(['redaction-key'])
    expect(first.warning).toBeNull()
    expect(first.tokenOf('sesame')).toMatch(new RegExp(`^redacted-${first.id}-[0-9a-f]{16}$`))
    expect([again.id, again.tokenOf('sesame')]).toEqual([first.id, first.tokenOf('sesame')])
    expect(first.tokenOf('sesame')).not.toBe(first.tokenOf('Sesame'))
    expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/)
    expect(readFileSync(file, 'utf8')).not.toContain(first.id)
    const other = loadRedactionKey(join(folder, 'other', 'redaction-key'))
    expect(other.id).not.toBe(first.id)
  })
  it('that others can read, or that is none, is refused in one sentence', () => {
    const file = join(folder, 'bad-key')
    writeFileSync(file, `${'ab'.repeat(32)}\n`, { mode: 0o600 })
    chmodSync(file, 0o640)
    expect(() => loadRedactionKey(file)).toThrow(
      `the redaction key ${file} can be read by others; remove it, or keep it with: chmod 600`,
    )
    chmodSync(file, 0o600)
    expect(loadRedactionKey(file).warning).toBeNull()
    for (const text of ['', 'ab', 'zz'.repeat(32), `${'ab'.repeat(32)}\n\n`]) {
      writeFileSync(file, text)
      expect(() => loadRedactionKey(file)).toThrow('is not 64 hexadecimal digits; remove it, and a new one is made')
    }
  })
  it('that cannot be stored serves this run, and says so', () => {
    writeFileSync(join(folder, 'file'), '')
    const key = loadRedactionKey(join(folder, 'file', 'redaction-key'))
    expect(key.warning).toContain('cannot be compared with those of others')
    expect(key.tokenOf('x')).toBe(key.tokenOf('x'))
    expect(loadRedactionKey(join(folder, 'file', 'redaction-key')).id).not.toBe(key.id)
  })
  it('is one for processes that make it at once', async () => {
    // Plain JavaScript of the three files, for processes of their own.
    const source = (path: string) =>
      ts.transpileModule(readFileSync(join(import.meta.dirname, '..', path), 'utf8'), {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      }).outputText
    mkdirSync(join(folder, 'js'))
    writeFileSync(join(folder, 'js', 'trouble.mjs'), source('src/model/trouble.ts'))
    writeFileSync(join(folder, 'js', 'folder.mjs'), source('src/collect/folder.ts'))
    const script = join(folder, 'js', 'key.mjs')
    const file = join(folder, 'race', 'redaction-key')
    const call = `console.log(loadRedactionKey(${JSON.stringify(file)}).id)`
    writeFileSync(
      script,
      `${source('src/collect/redaction-key.ts').replace('../model/trouble.ts', './trouble.mjs').replace('./folder.ts', './folder.mjs')}\n${call}\n`,
    )
    const ids = await Promise.all(
      Array.from(
        { length: 6 },
        () =>
          new Promise<string>((resolve, reject) => {
            let out = ''
            const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
            child.stdout.on('data', data => (out += data))
            child.on('error', reject).on('close', () => resolve(out.trim()))
          }),
      ),
    )
    expect(ids).toHaveLength(6)
    expect(new Set(ids)).toEqual(new Set([loadRedactionKey(file).id]))
    expect(readdirSync(join(file, '..'))).toEqual(['redaction-key'])
    expect(execFileSync(process.execPath, [script], { encoding: 'utf8' }).trim()).toBe(ids[0])
  })
})

it('a page is there for every platform that keeps secrets', () => {
  for (const { id } of platforms) expect(pageOf(id).secrets.forms.length, id).toBeGreaterThan(10)
  expect(existsSync(join(import.meta.dirname, 'fixtures'))).toBe(true)
})
