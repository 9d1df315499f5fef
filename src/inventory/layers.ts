// Settings that stand in several places, and which of them holds: the later layer wins.
import type { Path } from './locate.ts'
import type { InventoryFile } from './schema.ts'
import type { Settings } from './settings-schema.ts'
import { kindOf } from './sources/source-schema.ts'
import type { Translated } from './sources/translate.ts'

/** Settings of one place. */
export interface Layer {
  readonly settings: Settings
  /** Where a setting of it stands, by its name (`ssh.port`): `group old (inventory.yaml:8)`. */
  whence(setting: string): string
}

/** What holds in the end. */
export interface Settled {
  readonly settings: Settings
  /** Where each setting stands, by its name. To find out costs more than the rest, and few want to know. */
  origins(): Map<string, string>
}

/** Puts layers on top of each other. */
export function settle(layers: readonly Layer[]): Settled {
  const ssh = Object.assign({}, ...layers.map(l => l.settings.ssh ?? {}))
  return {
    settings: Object.assign({}, ...layers.map(l => l.settings), { ssh }),
    origins: () =>
      new Map(layers.flatMap(({ settings: own, whence }) => namesOf(own).map(name => [name, whence(name)] as const))),
  }
}

/** The names of all that is set. */
const namesOf = ({ ssh, ...settings }: Settings): string[] => [
  ...Object.keys(settings).filter(name => settings[name as keyof typeof settings] !== undefined),
  ...Object.keys(ssh ?? {}).map(name => `ssh.${name}`),
]

/** Makes the layers of one inventory. */
export interface Layers {
  defaults(): Layer
  groups(names: readonly string[]): Layer[]
  /** A device of our own list. */
  device(index: number): Layer
  /** What a source says, above what our inventory says of all its devices. */
  source(translated: Translated, index: number): Layer[]
}

/** `line`: the line of a path in the inventory; `name`: what the inventory is called in origins. */
export function layersOf(
  file: InventoryFile,
  name: string,
  line: (path: Path) => number,
  short: (place: string) => string,
): Layers {
  const at = (path: Path) => `${name}:${line(path)}`
  const within = (path: Path) => (setting: string) => at([...path, ...setting.split('.')])
  return {
    defaults: () => ({ settings: file.defaults, whence: () => 'defaults' }),
    groups: names =>
      names.map(group => {
        const { aaa: _, ...settings } = file.groups[group] ?? {}
        return { settings, whence: setting => `group ${group} (${within(['groups', group])(setting)})` }
      }),
    device: index => {
      const { name: _, host, config, groups, ...settings } = file.devices[index] ?? { name: '' }
      return { settings, whence: within(['devices', index]) }
    },
    source: ({ settings, places }, index) => {
      const source = file.sources[index]
      const kind = (source && kindOf(source)) ?? ''
      return [
        ...(source?.site === undefined
          ? []
          : [{ settings: { site: source.site }, whence: () => `source ${kind} (${at(['sources', index, 'site'])})` }]),
        { settings, whence: setting => `source ${kind} ${short(places.get(setting) ?? '')}` },
      ]
    },
  }
}
