// Metrics for the textfile collector, held against the grammar of the text format.
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Result } from '../src/model/result.ts'
import { prometheus } from '../src/report/prometheus.ts'
import { cli, PLAIN, router, scheduled } from './support/scheduled.ts'

/** What a scraper makes of a text. */
interface Metric {
  readonly help: string
  readonly type: string
  readonly samples: Map<string, number>
}

/**
 * Reads the text format 0.0.4 as its documentation has it, and refuses everything else: HELP and TYPE once per metric and before its samples, samples of
 * one metric together and each once, label values quoted with \\, \" and \n escaped, a line feed at the end.
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
 */
function scrape(text: string): Map<string, Metric> {
  expect(text.endsWith('\n')).toBe(true)
  const metrics = new Map<string, Metric>()
  let current: { name: string; help: string; type?: string } | undefined
  for (const line of text.slice(0, -1).split('\n')) {
    const help = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ((?:[^\\]|\\\\|\\n)+)$/.exec(line)
    const type = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)$/.exec(line)
    const sample = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{.*\})? ([-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)$/.exec(line)
    if (help) {
      expect(metrics.has(help[1] ?? '')).toBe(false)
      current = { name: help[1] ?? '', help: help[2] ?? '' }
    } else if (type) {
      expect(type[1]).toBe(current?.name)
      metrics.set(type[1] ?? '', { help: current?.help ?? '', type: type[2] ?? '', samples: new Map() })
    } else if (sample) {
      expect(sample[1]).toBe(current?.name)
      const labels = labelsIn(sample[2] ?? '')
      const samples = metrics.get(sample[1] ?? '')?.samples
      expect(samples?.has(labels)).toBe(false)
      samples?.set(labels, Number(sample[3]))
    } else throw new Error(`no line of the text format: ${line}`)
  }
  return metrics
}

/** The labels of a sample as JSON, unescaped. */
function labelsIn(text: string): string {
  const labels: Record<string, string> = {}
  let rest = text === '' ? '' : text.slice(1, -1)
  while (rest !== '') {
    const [all, name = '', value = ''] = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/.exec(rest) ?? []
    if (all === undefined) throw new Error(`no labels: ${text}`)
    labels[name] = value.replace(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c))
    rest = rest.slice(all.length)
  }
  return JSON.stringify(labels)
}

const of = (metrics: Map<string, Metric>, name: string) =>
  Object.fromEntries(metrics.get(`iphelper_audit_${name}`)?.samples ?? [])

describe('--prometheus', () => {
  it('writes what a monitoring wants to know', async () => {
    const net = scheduled({
      r2: router(2, [PLAIN]),
      r3: router(3, [PLAIN]),
      r4: router(4, [], 20),
      r5: '',
      r6: router(6, [], 30).replace('end\n', ''),
    })
    const file = join(net.dir, 'audit.prom')
    const { result } = await net.audit('--prometheus', file)
    const metrics = scrape(readFileSync(file, 'utf8'))
    // Two of the files are no whole configuration, so nothing but the duplicate can be said of any segment.
    expect(of(metrics, 'verdicts')).toEqual({
      '{"site":"default","verdict":"duplicate"}': 1,
      '{"site":"default","verdict":"unknown"}': result.segments.length - 1,
      '{"site":"default","verdict":"single"}': 0,
      '{"site":"default","verdict":"none"}': 0,
    })
    expect(of(metrics, 'devices')).toEqual({
      '{"site":"default","state":"collected"}': 3,
      '{"site":"default","state":"failed"}': 1,
      '{"site":"default","state":"cut"}': 1,
      '{"site":"default","state":"stale"}': 0,
    })
    expect(of(metrics, 'findings')).toMatchObject({
      '{"rule":"duplicate-pxe-relay","severity":"error","accepted":"false"}': 1,
      '{"rule":"truncated-config","severity":"warning","accepted":"false"}': 1,
    })
    expect(of(metrics, 'exit_code')).toEqual({ '{}': 1 })
    const started = Date.parse(result.started_at) / 1000
    expect(of(metrics, 'last_run_timestamp_seconds')).toEqual({ '{}': started })
    expect(of(metrics, 'last_success_timestamp_seconds')).toEqual({ '{}': started })
    expect(of(metrics, 'last_run_duration_seconds')['{}']).toBeGreaterThanOrEqual(0)
    expect(of(metrics, 'oldest_open_finding_timestamp_seconds')).toEqual({ '{}': started })
    expect(of(metrics, 'tracked_findings')['{"status":"new"}']).toBe(result.findings.length)
    // The collector is another user.
    expect(statSync(file).mode & 0o444).toBe(0o444)
  })

  it('keeps the last success through a run that could judge nothing', async () => {
    const net = scheduled({ r2: router(2, [PLAIN]), r3: router(3, [PLAIN]) })
    const file = join(net.dir, 'audit.prom')
    const first = await net.audit('--prometheus', file)
    net.set({ r2: '', r3: '' })
    const second = await net.audit('--prometheus', file)
    const metrics = scrape(readFileSync(file, 'utf8'))
    expect(of(metrics, 'last_run_timestamp_seconds')).toEqual({ '{}': Date.parse(second.result.started_at) / 1000 })
    expect(of(metrics, 'last_success_timestamp_seconds')).toEqual({ '{}': Date.parse(first.result.started_at) / 1000 })
    expect(of(metrics, 'tracked_findings')).toMatchObject({ '{"status":"standing"}': 0, '{"status":"not_judged"}': 1 })
  })

  it('works without a state, and as a format', async () => {
    const net = scheduled({ r2: router(2, [PLAIN]), r3: router(3, []) })
    const file = join(net.dir, 'audit.prom')
    const { code, out } = await cli(
      'audit',
      '--configs',
      net.configs,
      '--pxe',
      '10.9.9.5',
      '--prometheus',
      file,
      '--format',
      'prometheus',
    )
    expect(code).toBe(0)
    const [written, printed] = [scrape(readFileSync(file, 'utf8')), scrape(out)]
    expect(written.has('iphelper_audit_tracked_findings')).toBe(false)
    expect(of(written, 'last_run_duration_seconds')['{}']).toBeGreaterThanOrEqual(0)
    expect(of(printed, 'verdicts')).toEqual(of(written, 'verdicts'))
  })

  it('that cannot be written costs no report: one sentence, exit code 2', async () => {
    const net = scheduled({ r2: router(2, [PLAIN]), r3: router(3, []) })
    writeFileSync(join(net.dir, 'file'), '')
    const { code, err, result } = await net.audit('--prometheus', join(net.dir, 'file', 'audit.prom'))
    expect([code, result.exit_code, err]).toEqual([
      2,
      0,
      `iphelper-audit: the file of metrics cannot be written to ${net.dir}/file/audit.prom (ENOTDIR); name a file you may write\n`,
    ])
    expect(net.lines()).toHaveLength(1)
  })

  it('can be read whatever sites, rules and devices are called', async () => {
    const net = scheduled({ r2: router(2, [PLAIN]), r3: router(3, [PLAIN]) })
    const { result } = await net.audit()
    const name = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', '\\', '\n', '{', '}', ',', '=', ' ', 'n', 'é') }))
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), name, (sites, rule) => {
        const named: Result = {
          ...result,
          devices: sites.flatMap(site => result.devices.map(d => ({ ...d, site }))),
          segments: sites.flatMap(site => result.segments.map(s => ({ ...s, site }))),
          findings: result.findings.map(f => ({ ...f, rule })),
        }
        const metrics = scrape(prometheus(named))
        for (const site of new Set(sites)) {
          const times = sites.filter(s => s === site).length
          expect(of(metrics, 'verdicts')[JSON.stringify({ site, verdict: 'duplicate' })]).toBe(times)
          expect(of(metrics, 'devices')[JSON.stringify({ site, state: 'collected' })]).toBe(2 * times)
        }
        expect(of(metrics, 'findings')).toEqual({ [JSON.stringify({ rule, severity: 'error', accepted: 'false' })]: 1 })
      }),
    )
  })
})
