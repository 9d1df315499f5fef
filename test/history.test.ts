// From run to run: what is new, what stands, what is resolved. What was not judged is never resolved.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { resultSchema } from '../src/report/schema.ts'
import { historySchema } from '../src/state/line.ts'
import { cli, PLAIN, router, scheduled, told } from './support/scheduled.ts'

const both = { r2: router(2, [PLAIN]), r3: router(3, [PLAIN]) }
const counts = (numbers: Partial<Record<'new' | 'standing' | 'not_judged' | 'resolved' | 'accepted', number>>) => {
  return { new: 0, standing: 0, not_judged: 0, resolved: 0, accepted: 0, ...numbers }
}

describe('a duplicate', () => {
  it('is new, stands, is resolved, and is new again when it comes back', async () => {
    const net = scheduled(both)
    const first = await net.audit()
    expect([first.code, told(first.result)]).toEqual([1, ['new duplicate-pxe-relay']])
    expect(first.result.history).toMatchObject({ run: 1, previous: null, changes: ['1 new finding'], counts: counts({ new: 1 }) })
    const [finding] = first.result.findings
    expect(first.result.history?.oldest_open).toEqual({
      fingerprint: finding?.fingerprint,
      first_seen: first.result.started_at,
    })

    const second = await net.audit()
    expect([second.code, told(second.result)]).toEqual([1, ['standing duplicate-pxe-relay']])
    expect(second.result.history).toMatchObject({
      run: 2,
      previous: { run: 1, started_at: first.result.started_at, exit_code: 1 },
      changes: [],
      counts: counts({ standing: 1 }),
      oldest_open: { first_seen: first.result.started_at },
    })

    net.set({ r3: router(3) })
    const third = await net.audit()
    expect([third.code, told(third.result)]).toEqual([0, ['resolved duplicate-pxe-relay']])
    // PXE depends on r2 alone now, which is told for information.
    expect(third.result.history?.changes).toEqual(['1 new finding', '1 finding resolved', 'exit code 0, and it was 1'])
    expect(third.result.history?.time_to_fix).toEqual({
      findings: 1,
      median_seconds: Math.round((Date.parse(third.result.started_at) - Date.parse(first.result.started_at)) / 1000),
    })
    expect(third.result.history?.findings.find(f => f.status === 'resolved')).toMatchObject({
      fingerprint: finding?.fingerprint,
      site: 'default',
      not_judged: null,
      caveat: null,
      first_seen: first.result.started_at,
      last_seen: second.result.started_at,
    })

    net.set({ r3: router(3, [PLAIN]) })
    const fourth = await net.audit()
    expect(told(fourth.result)).toEqual(['new duplicate-pxe-relay'])
    expect(fourth.result.history?.findings.find(f => f.rule === 'duplicate-pxe-relay')?.first_seen).toBe(fourth.result.started_at)
    for (const { result } of [first, second, third, fourth]) expect(resultSchema.parse(result)).toEqual(result)
    for (const line of net.lines()) expect(historySchema.parse(line)).toEqual(line)
  })

  it('is told of once when a third router joins its two', async () => {
    const net = scheduled({ ...both, r4: router(4) })
    await net.audit()
    net.set({ r4: router(4, [PLAIN]) })
    const joined = await net.audit()
    expect(told(joined.result)).toEqual(['standing duplicate-pxe-relay'])
    expect(joined.result.history?.changes).toEqual(['1 finding more severe, or of more copies, than before'])
    expect(resultSchema.parse(joined.result)).toEqual(joined.result)
    expect((await net.audit()).result.history?.changes).toEqual([])
  })

  it.each<[string, Record<string, string | null>, string, readonly string[]]>([
    ['a router left the folder', { r3: null }, 'r3 is no longer in the audit', []],
    ['a configuration is cut', { r3: router(3).replace('end\n', '') }, 'the configuration of r3 is cut short', []],
    [
      'a line of the interface was not understood',
      { r3: router(3, ['ip helper-address somewhere else entirely']) },
      'whether default default 10.0.10.0/24 reaches wds more than once is unknown',
      [],
    ],
    ['both are too old', { r3: router(3) }, 'the configuration of r2 is too old', ['--max-age', '30m']],
    [
      'the PXE point has another name',
      { r3: router(3) },
      'wds is no longer judged on default default 10.0.10.0/24',
      ['--pxe', 'boot=10.9.9.5'],
    ],
    ['both left, and one without relays came', { r2: null, r3: null, r4: router(4) }, 'r2 is no longer in the audit', []],
  ])('stands where it was not judged: %s', async (_, change, why, more) => {
    const net = scheduled(both)
    await net.audit()
    net.set(change)
    if (more.includes('--max-age')) {
      // Only a manifest says how old a capture is; these two are of the year 2020.
      const device = (name: string) => {
        return {
          name,
          platform: 'cisco-ios',
          site: 'default',
          status: 'collected',
          reason: null,
          command: null,
          file: `${name}.cfg`,
          collected_at: '2020-01-01T00:00:00.000Z',
          sha256: null,
          bytes: null,
        }
      }
      writeFileSync(
        join(net.configs, 'manifest.json'),
        JSON.stringify({
          schema_version: 1,
          tool: { name: 'x', version: '1' },
          written_at: '2020-01-01T00:00:00.000Z',
          devices: ['r2', 'r3'].map(device),
        }),
      )
    }
    const { code, result } = await net.audit(...more)
    expect(told(result)).toContain(`standing duplicate-pxe-relay: ${why}`)
    expect(result.history?.counts).toMatchObject({ resolved: 0, not_judged: 1 })
    // Nobody is told that all is well while it may still be there.
    expect(code).toBe(3)
    expect(result.exit_code).toBe(3)
  })

  it('is resolved by nothing but being looked at: it stands as long as it takes', async () => {
    const net = scheduled(both)
    await net.audit()
    net.set({ r3: null })
    for (const _ of [1, 2])
      expect(told((await net.audit()).result)).toContain('standing duplicate-pxe-relay: r3 is no longer in the audit')
    net.set({ r3: router(3) })
    expect(told((await net.audit()).result)).toEqual(['resolved duplicate-pxe-relay'])
  })

  it('goes on under another name when its segment gets one', async () => {
    const net = scheduled(both)
    const first = await net.audit()
    // A second subnet, by which the segment is called from now on.
    const wider = (host: number) => router(host, [`ip address 10.0.10.${host} 255.255.255.0 secondary`, PLAIN], 5)
    net.set({ r2: wider(2), r3: wider(3) })
    const { result } = await net.audit()
    expect(result.segments.map(s => s.subnets)).toEqual([['10.0.5.0/24', '10.0.10.0/24']])
    expect(result.findings[0]?.fingerprint).not.toBe(first.result.findings[0]?.fingerprint)
    expect(told(result)).toEqual(['standing duplicate-pxe-relay'])
    expect(result.history?.findings[0]?.first_seen).toBe(first.result.started_at)
    expect(result.history?.changes).toEqual([])
  })

  it('is resolved when its segment is gone from routers that were read whole', async () => {
    const net = scheduled(both)
    await net.audit()
    net.set({ r2: router(2, [], 20), r3: router(3, [], 20) })
    expect(told((await net.audit()).result)).toEqual(['resolved duplicate-pxe-relay'])
  })

  it('stands when its segment is gone, and lines that could hide it were not understood', async () => {
    const net = scheduled(both)
    await net.audit()
    net.set({ r2: router(2, [], 20), r3: router(3, ['ip helper-address somewhere else entirely'], 20) })
    expect(told((await net.audit()).result)).toContain('standing duplicate-pxe-relay: lines of r3 were not understood')
  })

  it('is resolved with a caveat where that rests on more than lines', async () => {
    const net = scheduled(both)
    await net.audit()
    net.set({ r3: router(3, [PLAIN, 'shutdown']) })
    const { result } = await net.audit()
    expect(told(result)).toEqual(['resolved duplicate-pxe-relay'])
    expect(result.history?.findings.find(f => f.status === 'resolved')?.caveat).toBe(
      'r3 would relay Vlan10 to 10.9.9.5, but does not: interface-down',
    )
  })
})

describe('accepted findings', () => {
  const waivers = (net: { dir: string }, text: string) => {
    const file = join(net.dir, 'waivers.yaml')
    writeFileSync(file, text)
    return ['--waivers', file]
  }
  const WAIVER = 'waivers: [{ rule: duplicate-pxe-relay, reason: known, owner: Network team }]\n'

  it('are told apart, and told when they are accepted no longer', async () => {
    const net = scheduled(both)
    const first = await net.audit(...waivers(net, WAIVER))
    expect(told(first.result)).toEqual(['new duplicate-pxe-relay (accepted)'])
    expect(first.result.history).toMatchObject({ changes: [], counts: counts({ accepted: 1 }), oldest_open: null })
    const second = await net.audit(...waivers(net, WAIVER))
    expect(told(second.result)).toEqual(['standing duplicate-pxe-relay (accepted)'])
    const third = await net.audit()
    expect(told(third.result)).toEqual(['standing duplicate-pxe-relay'])
    expect(third.result.history).toMatchObject({
      changes: ['1 finding no longer accepted', 'exit code 1, and it was 0'],
      counts: counts({ standing: 1 }),
    })
    const fourth = await net.audit(...waivers(net, WAIVER))
    expect(fourth.result.history).toMatchObject({ changes: ['exit code 0, and it was 1'], counts: counts({ accepted: 1 }) })
    net.set({ r3: router(3) })
    const fifth = await net.audit(...waivers(net, WAIVER))
    expect(told(fifth.result)).toEqual(['resolved duplicate-pxe-relay (accepted)'])
    // Nobody had to mend it, so it says nothing of the time that takes.
    expect(fifth.result.history?.time_to_fix).toEqual({ findings: 0, median_seconds: null })
  })
})

describe('history', () => {
  it('prints the runs and what is open, with ages', async () => {
    const net = scheduled(both)
    await net.audit()
    net.set({ r3: null, r4: router(4) })
    await net.audit()
    // r2 alone looks clean; what stands in the history does not let it pass for that.
    const words = (await net.audit('--format', 'text')).out.split(/\s+/).join(' ')
    expect(words).toContain(
      'No duplicate was found, but not everything could be judged. 1 finding of earlier runs could not be judged, and stands.',
    )
    const { code, out, err } = await cli('history', net.state)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const minute = /\d{4}-\d\d-\d\d \d\d:\d\d UTC/g
    expect(
      out
        .replace(minute, 'TIME')
        .split('\n')
        .slice(0, 3)
        .map(l => l.replace(/ +/g, ' ')),
    ).toEqual([
      'run started exit dup unknown failed new resolved open',
      '1 TIME 1 1 0 0 1 0 1',
      expect.stringMatching(/^2 TIME 3 /),
    ])
    expect(out.split(/\s+/).join(' ').replace(minute, 'TIME')).toContain(
      'Open for less than a minute, since run 1 of TIME. Not judged by the last run: r3 is no longer in the audit; last seen TIME.',
    )
    expect(out.split('\n').filter(l => l.length > 80)).toEqual([])
    const json = JSON.parse((await cli('history', net.state, '--format', 'json')).out)
    expect(json.runs.map((r: { new: number }) => r.new)[0]).toBe(1)
    expect(json.runs[0].sites.default).toEqual({
      segments: 1,
      duplicate: 1,
      single: 0,
      none: 0,
      unknown: 0,
      devices: 2,
      failed: 0,
      cut: 0,
      stale: 0,
      error: 1,
      warning: 0,
      info: 0,
      accepted: 0,
      not_judged: 0,
    })
    expect(json.runs[1].sites.default).toMatchObject({ duplicate: 0, error: 1, not_judged: 1 })
    expect(json.open.map((f: { rule: string; first_run: number }) => [f.rule, f.first_run])).toContainEqual([
      'duplicate-pxe-relay',
      1,
    ])
  })

  it('closes what no run can judge, and nothing else', async () => {
    const net = scheduled(both)
    const first = await net.audit()
    const fingerprint = first.result.findings[0]?.fingerprint ?? ''
    expect(await cli('history', net.state, '--close', fingerprint)).toEqual({
      code: 2,
      out: '',
      err: `iphelper-audit: the last run saw the finding ${fingerprint}, so it is not gone; accept it with a waiver if it is to stay\n`,
    })
    expect(await cli('history', net.state, '--gone', 'r3')).toMatchObject({
      code: 2,
      err: 'iphelper-audit: no open finding waits for r3 to be in the audit again; history lists what each waits for\n',
    })
    net.set({ r3: null })
    await net.audit()
    expect(await cli('history', net.state, '--gone', 'r3')).toEqual({
      code: 0,
      out: `Closed 1 finding in ${net.state}.\n`,
      err: '',
    })
    const { code, result } = await net.audit()
    expect([code, told(result)]).toEqual([0, []])
    expect(result.history?.time_to_fix.findings).toBe(0)
    expect(await cli('history', net.state, '--close', 'nothing')).toMatchObject({
      code: 2,
      err: 'iphelper-audit: no open finding has the fingerprint nothing; history without --close lists them\n',
    })
    // A router that was closed and comes back with the same lines is a new finding.
    net.set({ r3: router(3, [PLAIN]) })
    expect(told((await net.audit()).result)).toEqual(['new duplicate-pxe-relay'])
  })

  it('says so where there is none, and leaves the folder alone', async () => {
    const net = scheduled(both)
    expect(await cli('history', net.dir)).toEqual({
      code: 2,
      out: '',
      err: `iphelper-audit: there is no history in ${net.dir}; name the folder that audit --state was given\n`,
    })
    expect((await cli('history', join(net.dir, 'none'), '--gone', 'r3')).code).toBe(2)
  })
})

describe('reports', () => {
  it('say what is new, resolved, and not judged, in text and HTML', async () => {
    const net = scheduled({ ...both, r6: router(6, [PLAIN], 30), r7: router(7, [PLAIN], 30) })
    const html = join(net.dir, 'r.html')
    const first = await net.audit('--format', 'text')
    expect(first.out).toContain('First run with this state: 2 new, 0 standing, 0 resolved.')
    net.set({ r2: router(2), r6: null, r8: router(8, [PLAIN], 40), r9: router(9, [PLAIN], 40) })
    const { out, result } = await net.audit('--format', 'text', '--format', `html=${html}`)
    const words = out.split(/\s+/).join(' ')
    expect(words).toMatch(/Since the run of \S+ \S+ UTC: \d new, 1 standing \(1 not judged\), 1 resolved\. /)
    expect(words).toMatch(/ new duplicate-pxe-relay [0-9a-f]{16} default default 10\.0\.40\.0\/24 wds /)
    expect(words).toMatch(
      / not judged duplicate-pxe-relay [0-9a-f]{16} default default 10\.0\.30\.0\/24 wds: r6 is no longer in the audit; last seen /,
    )
    expect(words).toMatch(
      / resolved duplicate-pxe-relay [0-9a-f]{16} default default 10\.0\.10\.0\/24 wds, after less than a minute /,
    )
    expect(out.split('\n').filter(l => l.length > 80)).toEqual([])
    const page = readFileSync(html, 'utf8')
    expect(page).toContain('<h2 id="history">Since the last run <')
    const ids = new Set(Array.from(page.matchAll(/ id="([^"]+)"/g), ([, id]) => id))
    const links = Array.from(page.matchAll(/ href="#([^"]+)"/g), ([, id]) => id)
    expect(links.filter(link => link?.startsWith('finding-')).length).toBeGreaterThan(2)
    expect(links.filter(link => !ids.has(link))).toEqual([])
    expect(page).toContain('r6 is no longer in the audit')
    // The stored result of a run can be rendered as any other.
    const stored = join(net.state, net.lines()[1]?.result ?? '')
    const again = await cli('report', stored, '--format', 'json')
    expect([again.code, JSON.parse(again.out)]).toEqual([0, result])
  })

  it('are what they were without a state', async () => {
    const net = scheduled(both)
    const plain = await cli('audit', '--configs', net.configs, '--pxe', '10.9.9.5', '--format', 'json')
    expect(JSON.parse(plain.out)).not.toHaveProperty('history')
    const text = await cli('audit', '--configs', net.configs, '--pxe', '10.9.9.5')
    expect(text.out).not.toMatch(/run/)
  })
})
