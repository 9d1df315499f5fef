// What --verbose has to say.
import type { StageTime } from '../model/timings.ts'
import type { Taken } from './settings/apply.ts'

/** The settings of a run that no flag said, with their origins. */
export function settingLines(taken: readonly Taken[]): string[] {
  if (taken.length === 0) return []
  const rows = taken.map(({ option, raw, origin }) => [
    [option.long, ...(raw === true || raw === null ? [] : raw)].join(' '),
    origin,
  ])
  const width = Math.max(...rows.map(([said = '']) => said.length))
  return ['settings:', ...rows.map(([said = '', origin]) => `  ${said.padEnd(width)}  ${origin}`)]
}

/** The time of every stage, and of all; `loaded` is what passed before the run, in milliseconds. */
export function timeLines(stages: readonly StageTime[], whole: number, loaded: number | undefined): string[] {
  const measured = stages.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const rows: readonly (readonly [string, number])[] = [
    ...(loaded === undefined ? [] : [['start', loaded] as const]),
    ...stages.map(({ stage, milliseconds }) => [stage, milliseconds] as const),
    ['other', Math.max(0, whole - measured)],
    ['total', whole + (loaded ?? 0)],
  ]
  const name = Math.max(...rows.map(([stage]) => stage.length))
  const seconds = rows.map(([, milliseconds]) => (milliseconds / 1000).toFixed(3))
  const digits = Math.max(...seconds.map(s => s.length))
  return ['time:', ...rows.map(([stage], n) => `  ${stage.padEnd(name)}  ${seconds[n]?.padStart(digits)} s`)]
}
