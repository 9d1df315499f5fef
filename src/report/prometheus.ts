// Metrics for the textfile collector of Prometheus' node_exporter, in its text format 0.0.4:
// https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
import type { Result, Verdict } from '../model/result.ts'
import { VERDICT_ORDER } from './words.ts'

/** One value with its labels. */
interface Sample {
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

/** A result as metrics, ending with a newline. `finished` is when the run ended, where the result does not say. */
export function prometheus(result: Result, finished?: Date): string {
  const { tool, exit_code, history } = result
  const started = Date.parse(result.started_at)
  const ended = history ? Date.parse(history.finished_at) : finished?.getTime()
  const judged = result.summary.duplicate + result.summary.single + result.summary.none > 0
  const success = history ? history.last_success_at : judged ? result.started_at : null
  return [
    metric('info', 'The version that wrote these metrics.', [{ labels: { version: tool.version }, value: 1 }]),
    metric('verdicts', 'Verdicts per segment and PXE point, by site.', verdicts(result)),
    metric('findings', 'Findings by rule, severity, and whether somebody accepted them.', findings(result)),
    metric('devices', 'Devices by site and by what became of them.', devices(result)),
    metric('exit_code', 'Exit code of the last run: 0 clean, 1 findings, 3 not everything could be judged.', [
      { value: exit_code },
    ]),
    metric('last_run_timestamp_seconds', 'When the last run started.', [{ value: started / 1000 }]),
    metric(
      'last_run_duration_seconds',
      'How long the last run took.',
      // A clock that went back makes nothing last less than no time.
      ended === undefined ? [] : [{ value: Math.max(0, ended - started) / 1000 }],
    ),
    metric(
      'last_success_timestamp_seconds',
      'When the last run started that could give a verdict.',
      success === null ? [] : [{ value: Date.parse(success) / 1000 }],
    ),
    ...(history
      ? [
          metric('tracked_findings', 'Findings that nobody accepted, against the run before; resolved ones by this run.', [
            { labels: { status: 'new' }, value: history.counts.new },
            { labels: { status: 'standing' }, value: history.counts.standing - history.counts.not_judged },
            { labels: { status: 'not_judged' }, value: history.counts.not_judged },
            { labels: { status: 'resolved' }, value: history.counts.resolved },
          ]),
          metric(
            'oldest_open_finding_timestamp_seconds',
            'When the finding was found that has been open longest.',
            history.oldest_open === null ? [] : [{ value: Date.parse(history.oldest_open.first_seen) / 1000 }],
          ),
        ]
      : []),
  ].join('')
}

/** A metric with its help; nothing where it has no value. */
function metric(name: string, help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return ''
  const full = `iphelper_audit_${name}`
  const lines = samples.map(({ labels, value }) => `${full}${labelText(labels)} ${value}`)
  return `${[`# HELP ${full} ${escaped(help)}`, `# TYPE ${full} gauge`, ...lines].join('\n')}\n`
}

function labelText(labels: Sample['labels']): string {
  const pairs = Object.entries(labels ?? {}).map(([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')

/** Every verdict of every site, also where there is none: a series that is not there cannot go down to 0. */
function verdicts({ segments, devices }: Result): Sample[] {
  const sites = new Map<string, Record<Verdict, number>>()
  const of = (site: string) => {
    const known = sites.get(site) ?? { duplicate: 0, unknown: 0, single: 0, none: 0 }
    sites.set(site, known)
    return known
  }
  for (const { site } of devices) of(site)
  for (const { site, pxe } of segments) for (const { verdict } of pxe) of(site)[verdict]++
  return [...sites].flatMap(([site, counts]) =>
    VERDICT_ORDER.map(verdict => ({ labels: { site, verdict }, value: counts[verdict] })),
  )
}

function findings({ findings: all }: Result): Sample[] {
  const counts = new Map<string, { readonly labels: Record<string, string>; value: number }>()
  for (const { rule, severity, waived } of all) {
    const accepted = String(waived !== null)
    const key = `${rule} ${severity} ${accepted}`
    const sample = counts.get(key) ?? { labels: { rule, severity, accepted }, value: 0 }
    sample.value++
    counts.set(key, sample)
  }
  return [...counts.values()]
}

const STATES = ['collected', 'failed', 'cut', 'stale'] as const

/** Each device once: read whole and in time, not read, cut short, or too old. */
function devices({ devices: all }: Result): Sample[] {
  const sites = new Map<string, Record<(typeof STATES)[number], number>>()
  for (const { site, state, complete, stale } of all) {
    const counts = sites.get(site) ?? { collected: 0, failed: 0, cut: 0, stale: 0 }
    counts[state === 'failed' ? 'failed' : complete === false ? 'cut' : stale ? 'stale' : 'collected']++
    sites.set(site, counts)
  }
  return [...sites].flatMap(([site, counts]) => STATES.map(state => ({ labels: { site, state }, value: counts[state] })))
}
