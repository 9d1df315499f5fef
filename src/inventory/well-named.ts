// Names of devices as other inventories have them, and what they are called here.
import { deviceName } from './schema.ts'
import type { Gathered } from './sources/gather.ts'
import { shown } from './sources/sourced.ts'

/** All by their names, which are those of files as well. A device whose name cannot be one is told by what is left of it. */
export function wellNamed(devices: readonly Gathered[]): Map<string, Gathered[]> {
  const isName = (name: string) => deviceName.safeParse(name).success
  const good = new Set(devices.map(d => d.name).filter(isName))
  const made = new Map<string, string>()
  const nameOf = (given: string): string => {
    if (good.has(given)) return given
    const left = given.replace(/[/\\\0-\x1f\x7f-\x9f]+/g, '_').replace(/^[.\s]+/, '_') || '_'
    const taken = (name: string) => good.has(name) || (made.get(name) ?? given) !== given
    let name = left
    // Two names must not become one device.
    for (let n = 2; taken(name); n++) name = `${left}~${n}`
    made.set(name, given)
    return name
  }
  const named = new Map<string, Gathered[]>()
  for (const device of devices) {
    const name = nameOf(device.name)
    const trouble = `${device.place}: ${shown(device.name)} is no name for a device: it must not hold slashes or control characters, or begin with a dot or a blank; rename it`
    const safe = name === device.name ? device : { ...device, name, trouble: device.trouble ?? trouble }
    named.set(name, [...(named.get(name) ?? []), safe])
  }
  return named
}
