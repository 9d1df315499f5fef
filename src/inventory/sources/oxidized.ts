// Oxidized's CSV source, and the part of its configuration that says where that is and which column holds what
// (docs/Sources.md and lib/oxidized/source/csv.rb of ytti/oxidized).
import { dirname, isAbsolute, join } from 'node:path'
import { Trouble } from '../../model/trouble.ts'
import { type Given, type Harvest, ignoredPasswords, type Setting, type Sourced, shown } from './sourced.ts'
import { sourceText } from './text.ts'
import { readTree } from './yaml.ts'

const WHAT = 'the CSV file of Oxidized, or its configuration'

/** How a file is laid out; Oxidized's own defaults where nothing is said. */
export interface CsvLayout {
  readonly delimiter: string
  /** Columns, from 0, by what they hold: name, ip, model, group, username, ssh_port, ssh_proxy ... */
  readonly map: Readonly<Record<string, number>>
}

interface Csv extends CsvLayout {
  readonly file: string
  readonly username: Given | null
}

/** Reads the devices at a path; `layout` wins over what a configuration says. */
export function readOxidized(path: string, layout: Partial<CsvLayout>): Harvest {
  const text = sourceText(path, WHAT)
  const csv = /^source:/m.test(text)
    ? configured(path, text)
    : { file: path, delimiter: ':', map: { name: 0, model: 1 }, username: null }
  const whole: Csv = { ...csv, ...layout }
  const { name = -1, password } = whole.map
  if (name < 0) throw new Trouble('inventory', `${path}:1: its map has no column for name; set map: { name: 0, model: 1 }`)
  const rows = (whole.file === path ? text : sourceText(whole.file, WHAT)).split(/\r?\n/)
  let passwords = 0
  const devices = rows.flatMap((line, n): Sourced[] => {
    // Comments as Oxidized knows them.
    if (/^\s*(#|$)/.test(line)) return []
    const fields = line.split(whole.delimiter)
    if (password !== undefined && fields[password]) passwords++
    return [deviceOf(fields, whole, `${whole.file}:${n + 1}`)]
  })
  if (devices.length === 0) throw new Trouble('inventory', `${whole.file}:1: it lists no device; name ${WHAT}`)
  return { devices, notices: ignoredPasswords(whole.file, passwords) }
}

function deviceOf(fields: readonly string[], { map, delimiter, username }: Csv, place: string): Sourced {
  const given = new Map<Setting, Given>()
  const column = (key: string): string => {
    const at = map[key]
    return at === undefined ? '' : (fields[at]?.trim() ?? '')
  }
  const set = (setting: Setting, value: string) => value !== '' && given.set(setting, { value, place })
  const name = column('name')
  set('host', column('ip'))
  set('platform', column('model'))
  if (username) given.set('username', username)
  set('username', column('username'))
  set('port', column('ssh_port'))
  const [proxy, port] = [column('ssh_proxy'), column('ssh_proxy_port')]
  if (proxy !== '') set('proxy_jump', port === '' ? proxy : `${proxy}:${port}`)
  const missing = Object.entries(map).find(([key, at]) => (key === 'name' || key === 'model') && fields[at] === undefined)
  return {
    name,
    place,
    given,
    byName: name,
    groups: [column('group')].filter(Boolean),
    trouble:
      missing === undefined
        ? null
        : `${place}: the line has no column ${missing[1]} for the ${missing[0]} with ${shown(delimiter)} between columns; set delimiter: and map: as in Oxidized`,
  }
}

/** `source.csv` of a configuration: file, delimiter, map and vars_map; and the user that is everybody's. */
function configured(file: string, text: string): Csv {
  const tree = readTree(file, WHAT, text)
  const under = (node: Parameters<typeof tree.fields>[0], key: string) => tree.fields(node).find(f => f.key === key)
  const csv = under(under(tree.root, 'source')?.node ?? null, 'csv')
  const said = (key: string) => tree.value(under(csv?.node ?? null, key)?.node ?? null)
  const path = said('file')
  if (typeof path !== 'string')
    throw new Trouble(
      'inventory',
      `${csv?.place ?? `${file}:1`}: this configuration of Oxidized names no source.csv.file; name the CSV file itself`,
    )
  const home = path.replace(/^~\//, `${process.env.HOME ?? ''}/`)
  // `!ruby/regexp /:/`: what is between the slashes; a plain text in most configurations.
  const delimiter = String(said('delimiter') ?? ':')
    .replace(/^\/(.*)\/$/, '$1')
    .replace(/^\\/, '')
  const columns = { ...(said('vars_map') as object | null), ...(said('map') as object | null) }
  const map = Object.fromEntries(Object.entries(columns).filter((e): e is [string, number] => typeof e[1] === 'number'))
  const user = under(tree.root, 'username')
  return {
    file: isAbsolute(home) ? home : join(dirname(file), home),
    delimiter: delimiter === 't' ? '\t' : delimiter,
    map: Object.keys(map).length > 0 ? map : { name: 0, model: 1 },
    username: user ? { value: tree.value(user.node), place: user.place } : null,
  }
}
