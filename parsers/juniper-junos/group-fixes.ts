// Taking one interface out of a group of `dhcp-relay`, so that the others keep what they have.
import type { FixValues } from '../../src/parse/index.ts'

/** The parts of a `via`: the level, the group, and how the interface is listed there. */
export const VIA = /^(.*?)(?: group ("[^"]*"|\S+))?(?: interface (\S+)(?: upto (\S+))?)?$/

/** How an interface is listed: by itself, as one of a range, or as one of all. */
export interface Place {
  readonly via: string | null
  readonly level: string
  readonly group: string
  readonly listed: string | undefined
  readonly upto: string | undefined
}
type Args = Parameters<FixValues>
type Values = ReturnType<FixValues>

/**
 * A group is copied with all its settings, for this interface alone; then only the copy's servers differ. No interface may be
 * listed in both, nor in the range of another group, so a range that holds it is split around it. What else is listed and
 * left over in the copy (interfaces that are excluded, or not configured) makes the layout complain of the copy, and so the
 * proof fails.
 */
export function inGroup(device: Args[0], iface: Args[1], keeps: readonly Args[2][], place: Place): Values {
  const { via, level, group, listed, upto } = place
  if (group.includes('"')) return { withheld: 'the name of its group has blanks in it' }
  const spare = `${group.slice(0, 32)}-${iface.name.replace(/[^\w-]/g, '-')}`
  const entry = listed ?? iface.name
  const others = new Set<string>()
  for (const other of device.interfaces) {
    for (const r of other.relays) {
      const [, base, name, first = other.name, last] = VIA.exec(r.via ?? '') ?? []
      if (base !== level) continue
      if (name === spare) return { withheld: `there is a group ${spare} already` }
      if (name === group && first !== entry) others.add(first)
      const own = name === group && first === entry
      if (keeps.length > 0 && last !== undefined && !own && isWithin(iface.name, first, last))
        return { withheld: `group ${name} has a range around ${iface.name}, and no group may list a part of another's range` }
    }
  }
  const values = {
    level,
    group,
    six: level.endsWith(' dhcpv6'),
    spare,
    entry,
    keeps: keeps.map(r => r.target),
    others: [...others],
    /** The entry is for this interface alone. */
    listed: entry === iface.name && upto === undefined,
    range: upto !== undefined,
    upto: upto ?? '',
  }
  if (upto === undefined) return { ...values, moved: entry !== iface.name, split: null, next: '' }
  const inRange = device.interfaces
    .filter(i => i !== iface && i.relays.some(r => r.via === via))
    .map(i => i.name)
    .sort((a, b) => unit(a) - unit(b))
  return {
    ...values,
    ...(keeps.length > 0 ? splitAround(iface.name, entry, upto, inRange) : shrink(iface.name, entry, upto, inRange)),
  }
}

/** Without servers to keep, an interface inside of a range is excluded from it; one that begins it gives way to the next. */
function shrink(name: string, first: string, last: string, inRange: readonly string[]): Values {
  if (first !== name) return { listed: false, moved: true, split: null, next: '' }
  const [next] = inRange
  if (next === undefined) return { listed: true, moved: false, split: null, next: '' }
  if (unit(next) >= unit(last)) return splitAround(name, first, last, inRange)
  return { listed: false, moved: false, split: null, next }
}

/** What is left of a range in front of an interface, and behind it; each may be a range, one interface, or nothing. */
function splitAround(name: string, first: string, last: string, inRange: readonly string[]): Values {
  const before = inRange.filter(i => unit(i) < unit(name)).at(-1) ?? (first === name ? undefined : first)
  const after = inRange.find(i => unit(i) > unit(name)) ?? (unit(last) > unit(name) ? last : undefined)
  return {
    listed: false,
    moved: false,
    next: '',
    split: {
      front_there: before !== undefined,
      /** The last interface of the part in front; null where that is one interface only, or none. */
      front: before === undefined || before === first ? null : before,
      /** The first interface of the rear part; null where there is none. */
      rear: after ?? null,
      /** The rear part is one interface. */
      single: after === last,
    },
  }
}

const unit = (name: string) => Number(/\d+$/.exec(name)?.[0])
const stem = (name: string) => name.replace(/\d+$/, '')
const isWithin = (name: string, from: string, upto: string) =>
  stem(name) === stem(from) && unit(name) >= unit(from) && unit(name) <= unit(upto)
