// The line that a cited line stands under: `ip helper-address` alone does not say of which interface.
import type { Device } from '../model/device.ts'

/** Further up than this, the line is in another part of the file, as where every line names its interface itself. */
const NEAR = 200

const known = new WeakMap<Device, ReadonlyMap<number, number>>()

/** The line of the interface that a line belongs to; null where it belongs to none, or stands somewhere else. */
export function scopeOf(device: Device, line: number): number | null {
  const scopes = known.get(device) ?? linesOf(device)
  known.set(device, scopes)
  return scopes.get(line) ?? null
}

function linesOf({ interfaces }: Device): Map<number, number> {
  const scopes = new Map<number, number>()
  for (const { line: top, addresses, groups, relays, option_82 } of interfaces) {
    const own = [
      ...[...addresses, ...groups].map(a => a.line),
      ...relays.map(r => (r.via === null ? r.line : r.via_line)),
      option_82,
    ]
    for (const line of own) if (line !== null && line > top && line - top <= NEAR) scopes.set(line, top)
  }
  return scopes
}
