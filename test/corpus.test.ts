// Real configurations: every fact known to be true comes out, nothing more where the list is complete, and no line
// that matters is lost without a word.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from '../src/analyze/rules/index.ts'
import { audit } from '../src/audit/audit.ts'
import { known } from '../src/audit/known.ts'
import type { Device, Group, Interface } from '../src/model/device.ts'
import type { Result } from '../src/model/result.ts'
import { readDevice } from '../src/parse/assemble.ts'
import { detect } from '../src/parse/detect.ts'
import { parse } from '../src/parse/grammar.ts'
import { platformOf, platforms } from '../src/platforms.ts'
import { resultSchema } from '../src/report/schema.ts'
import { corpus, corpusText, entries, hasCorpus, networks, type TrueGroup, type Truth, truths } from './support/corpus.ts'
import { pxePoint } from './support/point.ts'

/** Rows of the truth that are surely wrong, with the lines that prove it. */
const EXCEPTIONS: Readonly<Record<string, string>> = readExceptions()
function readExceptions() {
  const file = join(import.meta.dirname, 'corpus-exceptions.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

const ours = new Set(platforms.map(p => p.id))
const read = (file: string, platform: string): Device => {
  const page = platformOf(platform)
  if (!page) throw new Error(`no platform ${platform}`)
  return readDevice(page, { device: file, file, text: corpusText(file) })
}
const key = (name: string) => name.toLowerCase().replaceAll(' ', '')
const byName = (device: Device) => new Map(device.interfaces.map(i => [key(i.name), i]))
const relaysOf = (i: Interface | undefined) =>
  (i?.relays ?? [])
    .filter(r => r.family === 4)
    .map(r => r.target)
    .sort()

/** One number with addresses of both families is one row of the truth and two groups of ours. */
function groupLike(i: Interface | undefined, wanted: TrueGroup): Group[] {
  const protocol = wanted.protocol === 'varp' ? 'anycast' : wanted.protocol
  return (i?.groups ?? []).filter(
    g =>
      g.protocol === protocol &&
      g.id === wanted.id &&
      (wanted.vips === null || wanted.vips.length === 0 || g.virtual_addresses.some(v => wanted.vips?.includes(v))),
  )
}

describe.skipIf(!hasCorpus)('facts known to be true', () => {
  const rows = truths.filter(t => ours.has(t.platform) && !(t.file in EXCEPTIONS))

  it('are there for every platform', () => {
    for (const id of ['cisco-ios', 'cisco-nxos', 'arista-eos', 'juniper-junos'])
      expect(rows.filter(r => r.platform === id).length, id).toBeGreaterThan(5)
  })

  it.each(rows.map(r => [`${r.platform} ${r.file}`, r] as const))('%s', (_, truth: Truth) => {
    const device = read(truth.file, truth.platform)
    const interfaces = byName(device)
    for (const [name, facts] of Object.entries(truth.facts.interfaces)) {
      const i = interfaces.get(key(name))
      if (facts.relays) expect([...new Set(relaysOf(i))], `relays of ${name}`).toEqual([...new Set(facts.relays)].sort())
      for (const wanted of facts.groups ?? []) {
        const found = groupLike(i, wanted)
        expect(found.length, `${wanted.protocol} ${wanted.id} of ${name}`).toBeGreaterThan(0)
        if (wanted.vips)
          expect(found.flatMap(g => g.virtual_addresses).sort(), `addresses of ${name} ${wanted.id}`).toEqual(
            [...wanted.vips].sort(),
          )
        for (const g of found) {
          if (wanted.priority !== null) expect(g.priority, `priority of ${name} ${wanted.id}`).toBe(wanted.priority)
          if (wanted.preempt !== null) expect(g.preempt, `preemption of ${name} ${wanted.id}`).toBe(wanted.preempt)
        }
      }
    }
    if (!truth.complete) return
    const stated = new Map(Object.entries(truth.facts.interfaces).map(([name, facts]) => [key(name), facts]))
    for (const i of device.interfaces) {
      const facts = stated.get(key(i.name))
      expect(relaysOf(i).length === 0 || facts?.relays != null, `${i.name} relays to ${relaysOf(i)} and should not`).toBe(true)
      for (const g of i.groups) {
        // The truth lists anycast gateways of IPv4 only: vlan-interfaces.cfg has ipv6 virtual-router address on Vlan24 as well.
        if (g.protocol === 'anycast' && g.family === 6) continue
        const wanted = (facts?.groups ?? []).some(w => groupLike({ ...i, groups: [g] }, w).length > 0)
        expect(wanted, `${i.name} has ${g.protocol} ${g.id} ${g.virtual_addresses} and should not`).toBe(true)
      }
    }
  })
})

/** Lines that open with one of these say something about gateways or relays. */
const OURS =
  /^\s*(?:no |set |delete |deactivate )?(?:ip helper-address|standby(?! bfd all)|vrrp|hsrp|glbp|ip virtual-router|ipv6 virtual-router|ip(?:v6)? address virtual(?! source-nat)|ip(?:v6)? dhcp relay (?:address|destination)|fabric forwarding mode|vrrp-group|vrrp-inet6-group|virtual-gateway-address|(?:routing-instances \S+ )?forwarding-options (?:dhcp-relay|helpers bootp)|interfaces .*(?:vrrp|virtual-gateway))\b/

describe.skipIf(!hasCorpus)('no line that matters is lost', () => {
  const files = entries.filter(e => ours.has(e.platform) && !(e.file in EXCEPTIONS))
  it.each([...ours].map(id => [id]))('%s', id => {
    const lost: string[] = []
    for (const { file } of files.filter(f => f.platform === id)) {
      const platform = platformOf(id)
      if (!platform) continue
      const text = corpusText(file)
      const { classOf } = parse(platform.grammar, text, () => {})
      text.split('\n').forEach((line, n) => {
        if (OURS.test(line) && classOf(n + 1) === 'unmodelled') lost.push(`${file}:${n + 1}: ${line.trim().slice(0, 120)}`)
      })
    }
    expect(lost).toEqual([])
  })
})

describe.skipIf(!hasCorpus)('detection', () => {
  it.each([...ours].map(id => [id]))('%s files are told, or honestly not', id => {
    const files = entries.filter(e => e.platform === id && !(e.file in EXCEPTIONS))
    /** Below this a file is a fragment that several platforms could have written. */
    const whole = files.filter(({ file }) => corpusText(file).split('\n').length > 25)
    const wrong = files.flatMap(({ file }) => {
      const { platform } = detect(corpusText(file), known.platforms, known.strangers)
      return platform && platform.id !== id ? [`${file}: ${platform.id}`] : []
    })
    const told = whole.filter(({ file }) => detect(corpusText(file), known.platforms, known.strangers).platform?.id === id)
    expect(wrong).toEqual([])
    expect(told.length / whole.length).toBeGreaterThan(0.9)
  })

  it('never takes a system that cannot be read for one that can', () => {
    const wrong = entries
      .filter(e => !ours.has(e.platform) && !(e.file in EXCEPTIONS) && existsSync(join(corpus, 'files', e.file)))
      .flatMap(({ file, platform }) => {
        const found = detect(corpusText(file), known.platforms, known.strangers).platform
        return found ? [`${file} is ${platform}, taken for ${found.id}`] : []
      })
    expect(wrong).toEqual([])
  })
})

describe.skipIf(!hasCorpus)('networks', () => {
  const point = (...addresses: string[]) => pxePoint({ name: addresses.join(' '), addresses })
  const auditOf = (id: string, points: readonly ReturnType<typeof point>[]) => {
    const { files } = networks.find(n => n.id === id) ?? { files: [] }
    const collected = files.map(file => ({
      state: 'collected' as const,
      device: file,
      site: id,
      platform: 'auto',
      file,
      text: corpusText(file),
      sha256: '',
      collected_at: '',
      incomplete: null,
      whole: false,
    }))
    return audit({
      ...known,
      rules,
      collected,
      points,
      templates: [join(import.meta.dirname, '..', 'templates')],
      tool: { name: 'test', version: '0' },
      started: new Date(0),
      assume: { pairs: false },
      failOn: 'error',
    })
  }
  const verdicts = (result: Result) =>
    Object.fromEntries(
      result.segments.flatMap(s =>
        s.pxe
          .filter(p => p.verdict === 'duplicate' || p.verdict === 'single')
          .map(p => [`${s.vrf} ${s.subnets[0]} ${p.point}`, `${p.verdict} ${p.copies}`]),
      ),
    )

  // Read off the configurations: sw1.cfg:89 and sw2.cfg:89 both relay Vlan1000, a VARP gateway in VRF client.
  it('an EVPN fabric whose two switches relay to one server (P168)', () => {
    expect(verdicts(auditOf('P168', [point('10.0.0.2')]))).toEqual({ 'client 172.16.0.0/24 10.0.0.2': 'duplicate 2' })
  })

  // sw1.cfg:85-86 and sw2.cfg:85-86: two switches, two servers each.
  it('two switches that relay to two servers (P169)', () => {
    expect(verdicts(auditOf('P169', [point('10.0.0.2'), point('10.0.0.3')]))).toEqual({
      'default 172.16.0.0/24 10.0.0.2': 'duplicate 2',
      'default 172.16.0.0/24 10.0.0.3': 'duplicate 2',
    })
    expect(verdicts(auditOf('P169', [point('10.0.0.2', '10.0.0.3')]))).toEqual({
      'default 172.16.0.0/24 10.0.0.2 10.0.0.3': 'duplicate 4',
    })
  })

  // BR1 and BR2 run HSRP 12 on GigabitEthernet0/2 and relay nothing.
  it('an HSRP pair without relays (P150)', () => {
    const result = auditOf('P150', [point('10.0.0.2')])
    expect(verdicts(result)).toEqual({})
    const segment = result.segments.find(s => s.subnets.includes('192.168.1.0/24'))
    expect(segment?.members).toHaveLength(2)
    expect(result.findings.filter(f => f.rule === 'lone-redundancy-group')).toEqual([])
  })

  // Every leaf has 10.1.0.1/24 on irb.400 and relays it in instance red to 192.168.36.100; likewise irb.1400 in blue to
  // 10.10.0.200 (server-leaf1: lines 352, 11696, 11704, and 5005, 5013). No gateway keyword says that they are redundant.
  it('a Junos fabric with equal gateway addresses on three leaves (P018)', () => {
    const found = verdicts(auditOf('P018', [point('192.168.36.100'), point('10.10.0.200')]))
    expect(found['red 10.1.0.0/24 192.168.36.100']).toBe('duplicate 3')
    expect(found['blue 10.10.0.0/24 10.10.0.200']).toBe('duplicate 3')
  })

  it.each(networks.map(n => [n.id, n] as const))('%s is audited without a fault of the program', (id, { files }) => {
    const result = auditOf(id, [point('10.0.0.2')])
    expect(result.devices).toHaveLength(files.length)
    expect(result.findings.filter(f => f.subject.startsWith('rule '))).toEqual([])
    expect(resultSchema.parse(result).summary.devices).toBe(files.length)
    for (const r of result.remediations) expect(r.proven || r.apply === '').toBe(true)
  })
})
