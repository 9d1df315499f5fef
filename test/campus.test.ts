// The demonstration network, end to end: exactly the verdicts that were derived from its configurations by hand.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { run } from '../src/cli/run.ts'
import type { Result } from '../src/model/result.ts'
import { resultSchema } from '../src/report/schema.ts'

const root = join(import.meta.dirname, '..')
const campus = join(root, 'test', 'networks', 'campus')

interface Expected {
  readonly command: readonly string[]
  readonly verdicts: readonly {
    readonly vrf: string
    readonly subnets: readonly string[]
    readonly point: string
    readonly verdict: string
    readonly copies: number | null
    readonly survives_failover: boolean | null
    readonly because: string
    readonly with_sites?: Seen
    readonly with_pairs?: Seen
  }[]
}
interface Seen {
  readonly verdict: string
  readonly copies: number | null
  readonly survives_failover: boolean | null
}
const expected: Expected = JSON.parse(readFileSync(join(campus, 'expected.json'), 'utf8'))
const order = (a: { where: string; point: string }, b: { where: string; point: string }) =>
  `${a.where} ${a.point}` < `${b.where} ${b.point}` ? -1 : 1
const wanted = (choose: (v: Expected['verdicts'][number]) => Seen) =>
  expected.verdicts
    .map(v => {
      const { verdict, copies, survives_failover } = choose(v)
      return { where: place(v), point: v.point, verdict, copies, survives_failover }
    })
    .sort(order)
const given = (result: Result) =>
  result.segments
    .flatMap(s =>
      s.pxe.map(({ point, verdict, copies, survives_failover }) => ({
        where: place(s),
        point,
        verdict,
        copies,
        survives_failover,
      })),
    )
    .sort(order)

async function audit(...args: readonly string[]): Promise<Result> {
  let out = ''
  const io = { out: (text: string) => (out += text), err: () => {}, env: {}, width: 80, colour: false }
  await run(['audit', ...args, '--format', 'json'], io)
  return JSON.parse(out)
}

const place = (v: { vrf: string; subnets: readonly string[] }) => `${v.vrf} ${[...v.subnets].sort().join(' ')}`

describe('the demonstration network', () => {
  let out = ''
  let err = ''
  let code = 0
  let result: Result

  beforeAll(async () => {
    const command = expected.command.map(word => (word.startsWith('test/') ? join(root, word) : word))
    code = await run(command, { out: text => (out += text), err: text => (err += text), env: {}, width: 80, colour: false })
    result = JSON.parse(out)
  })

  it('has 14 devices or more, full-size, on four platforms', () => {
    const files = readdirSync(join(campus, 'configs'))
    expect(files.length).toBeGreaterThanOrEqual(14)
    for (const f of files) expect(readFileSync(join(campus, 'configs', f), 'utf8').split('\n').length, f).toBeGreaterThan(300)
    expect(new Set(result.devices.map(d => d.platform))).toEqual(
      new Set(['cisco-ios', 'cisco-nxos', 'arista-eos', 'juniper-junos']),
    )
  })

  it('ends with findings and nothing to complain about', () => {
    expect(err).toBe('')
    expect(code).toBe(1)
    expect(result.exit_code).toBe(1)
  })

  it('follows the contract', () => expect(resultSchema.strict().parse(result)).toEqual(result))

  it('gives exactly the verdicts written down', () => {
    expect(given(result)).toEqual(wanted(v => v))
  })

  it('judges segments that show two routers, where the user vouches for pairs', async () => {
    const vouched = await audit('--configs', join(campus, 'configs'), '--pxe', '10.9.9.5', '--pxe', '10.9.8.5', '--assume-pairs')
    expect(given(vouched)).toEqual(wanted(v => v.with_pairs ?? v))
  })

  it('keeps the cut configuration to its own site, where sites are known', async () => {
    const sited = await audit('-i', join(root, 'inventory.example.yaml'), '--configs', join(campus, 'configs'))
    const points: Readonly<Record<string, string>> = { 'wds-ams': '10.9.9.5', 'wds-lon': '10.9.8.5' }
    const own = (v: Expected['verdicts'][number]) =>
      v.subnets[0]?.startsWith('10.30.') || v.subnets[0] === '10.9.8.0/24' ? '10.9.8.5' : '10.9.9.5'
    const named = given(sited).map(v => ({ ...v, point: points[v.point] }))
    expect(named).toEqual(
      wanted(v => v.with_sites ?? v).filter(v => expected.verdicts.some(e => place(e) === v.where && own(e) === v.point)),
    )
  })

  it('rests every duplicate on the lines that were read by hand', () => {
    for (const v of expected.verdicts.filter(v => v.verdict === 'duplicate')) {
      const segment = result.segments.find(s => place(s) === place(v))
      const finding = result.findings.find(f => f.rule === 'duplicate-pxe-relay' && f.subject === `${segment?.id} ${v.point}`)
      const cited = [...v.because.matchAll(/([\w-]+\.cfg):(\d+)/g)].map(m => `${m[1]}:${m[2]}`)
      const evidence = (finding?.evidence ?? []).map(e => `${e.file.split('/').at(-1)}:${e.line}`)
      expect(evidence.length, place(v)).toBeGreaterThanOrEqual(2)
      expect(
        cited.some(c => evidence.includes(c)),
        `${place(v)}: ${evidence} against ${v.because}`,
      ).toBe(true)
    }
  })

  it('finds what was planted besides', () => {
    const rules = new Map<string, string[]>()
    for (const f of result.findings) rules.set(f.rule, [...(rules.get(f.rule) ?? []), f.subject])
    expect(rules.get('dangling-redundancy-name')).toEqual(['ams-dist-2 Vlan12 10.9.9.5 PXE-V21'])
    expect(rules.get('divergent-virtual-ip')).toEqual(['default default 10.20.19.0/24 hsrp v2 19 ipv4'])
    expect(rules.get('truncated-config')).toEqual(['ams-bld-2'])
    expect(
      rules
        .get('lone-redundancy-group')
        ?.map(s => s.split(' ')[2])
        .sort(),
    ).toEqual(['10.20.82.0/24', '10.30.43.0/24', '10.30.70.0/24', '10.30.71.0/24'])
  })

  it('has a proven fix for every duplicate', () => {
    for (const f of result.findings.filter(f => f.rule === 'duplicate-pxe-relay')) {
      const [best, ...more] = result.remediations.filter(r => r.fingerprint === f.fingerprint)
      expect(best?.proven, `${f.subject}: ${best?.caution}`).toBe(true)
      expect(['default', 'person'], f.subject).toContain(best?.choice)
      for (const r of [best, ...more].filter(r => r !== undefined)) {
        expect(r.proven, f.subject).toBe(r.withheld === null)
        expect([r.apply === '', r.rollback === ''], f.subject).toEqual([!r.proven, !r.proven])
        expect(r.verify.every(v => v.command !== '' && v.expect !== '')).toBe(true)
        expect(r.caution).not.toBe('')
      }
    }
  })

  it('never touches a relay to anything but the PXE server, nor option 82', () => {
    for (const { apply } of result.remediations) {
      expect(apply).not.toMatch(/information option|relay-agent-information/)
      for (const dhcp of ['10.9.9.20', '10.9.9.21', '10.9.8.20', '10.9.8.21'])
        expect(apply).not.toMatch(new RegExp(`(no|delete) .*\\b${dhcp.replaceAll('.', '\\.')}\\b`))
    }
  })
})
