// How old a capture may be: `30m`, `36h`, `7d`, `2w`.

const MINUTE = 60_000
const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: 60 * MINUTE, d: 24 * 60 * MINUTE, w: 7 * 24 * 60 * MINUTE }

/** What a duration looks like: a whole number and one unit. */
export const DURATION = /^([1-9]\d{0,5})([mhdw])$/

/** A duration in milliseconds; null for what is none. */
export function milliseconds(duration: string): number | null {
  const [, number, unit = ''] = DURATION.exec(duration) ?? []
  return number === undefined ? null : Number(number) * (UNITS[unit] ?? Number.NaN)
}
