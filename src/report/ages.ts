// How long something has been so.

/** `12 min`, `5 h`, `21 d`; a clock that went back makes nothing younger than new. */
export function spanText(seconds: number): string {
  const minutes = Math.floor(Math.max(0, seconds) / 60)
  if (minutes < 1) return 'less than a minute'
  if (minutes < 120) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`
}

/** The time between two moments in ISO 8601. */
export const ageText = (from: string, to: string): string => spanText((Date.parse(to) - Date.parse(from)) / 1000)

/** `2026-11-23 08:45 UTC`, for columns; what is no ISO time is shown as it is. */
export function momentText(iso: string): string {
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) ? iso : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
