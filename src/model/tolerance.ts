// How much may stay open before a run counts as incomplete.
import type { DeviceResult, Summary } from './result.ts'

/** As many, or as many of a hundred: `--max-unknown 3`, `--max-unknown 5%`. */
export interface Tolerance {
  readonly text: string
  readonly number: number
  readonly percent: boolean
}

/** What stays open: verdicts, and devices that were not read, not read whole, or are too old. */
interface Open {
  readonly verdicts: { readonly open: number; readonly all: number }
  readonly devices: { readonly open: number; readonly all: number }
}

const openOf = ({ duplicate, single, none, unknown }: Summary, devices: readonly DeviceResult[]): Open => ({
  verdicts: { open: unknown, all: duplicate + single + none + unknown },
  devices: {
    open: devices.filter(d => d.state === 'failed' || d.complete === false || d.stale === true).length,
    all: devices.length,
  },
})

/**
 * Whether more stays open than is tolerated; without a tolerance that is anything at all. Verdicts and devices are counted each for
 * themselves: a router that was not read may have segments that no verdict tells of.
 */
export function isIncomplete(summary: Summary, devices: readonly DeviceResult[], tolerance: Tolerance | null): boolean {
  const { verdicts, devices: read } = openOf(summary, devices)
  // No verdict at all is no clean bill, whatever is tolerated.
  if (verdicts.open === verdicts.all) return true
  return [verdicts, read].some(({ open, all }) => !tolerates(tolerance, open, all))
}

/** Whether so many of all may stay open. */
function tolerates(tolerance: Tolerance | null, open: number, all: number): boolean {
  const { number, percent } = tolerance ?? { number: 0, percent: false }
  return percent ? open * 100 <= number * all : open <= number
}

/**
 * Whether a change may leave so many of the verdicts open that it touches. Where all of them are, nothing is known of what it does,
 * and nothing is tolerated.
 */
export const toleratesOpen = (tolerance: Tolerance | null, open: number, touched: number): boolean =>
  tolerance !== null && open < touched && tolerates(tolerance, open, touched)

/** What is open and tolerated, as a sentence; null where nothing is, or more than that. */
export function toleratedText(summary: Summary, devices: readonly DeviceResult[], tolerance: Tolerance): string | null {
  const { verdicts, devices: read } = openOf(summary, devices)
  if (verdicts.open + read.open === 0 || isIncomplete(summary, devices, tolerance)) return null
  return `--max-unknown ${tolerance.text} tolerates that ${verdicts.open} of ${verdicts.all} verdicts are unknown and ${read.open} of ${read.all} devices were not read whole`
}
