// Oxidized's CSV source, and the part of its configuration that says where that is, which column holds what, and what a value means
// (docs/Sources.md, docs/Configuration.md, lib/oxidized/source/csv.rb and lib/oxidized/node.rb of ytti/oxidized).
import { dirname, isAbsolute, join } from 'node:path'
import { Trouble } from '../../model/trouble.ts'
import { type Given, type Harvest, ignoredPasswords, type Setting, type Sourced, shown } from './sourced.ts'
import { sourceText } from './text.ts'
import { type Field, readTree, type Tree } from './yaml.ts'

const WHAT = 'the CSV file of Oxidized, or its configuration'

/** How a file is laid out; Oxidized's own defaults where nothing is said. */
export interface CsvLayout {
  readonly delimiter: string
  /** Columns, from 0, by what they hold: name, ip, model, group, username, ssh_port, ssh_proxy ... */
  readonly map: Readonly<Record<string, number>>
}

interface Csv extends CsvLayout {
  readonly file: string
  readonly meaning: Meaning
}

/** What a configuration says besides the layout. */
interface Meaning {
  /** `model_map` and `group_map`: other names for those of the CSV file. */
  model(name: string): string
  group(name: string): string
  /** The model of devices of which the CSV file has none. */
  readonly usual: Given | null
  /** The user for a device that has none of its own. */
  username(group: string, model: string): Given | null
}

const PLAIN: Meaning = { model: name => name, group: name => name, usual: null, username: () => null }

/** Reads the devices at a path; `layout` wins over what a configuration says. */
export function readOxidized(path: string, layout: Partial<CsvLayout>): Harvest {
  const text = sourceText(path, WHAT)
  const csv = /^source:/m.test(text)
    ? configured(path, text)
    : { file: path, delimiter: ':', map: { name: 0, model: 1 }, meaning: PLAIN }
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

function deviceOf(fields: readonly string[], { map, delimiter, meaning }: Csv, place: string): Sourced {
  const given = new Map<Setting, Given>()
  const column = (key: string): string => {
    const at = map[key]
    const text = at === undefined ? '' : (fields[at]?.trim() ?? '')
    return text === 'nil' ? '' : text
  }
  const set = (setting: Setting, value: string) => value !== '' && given.set(setting, { value, place })
  const missing = Object.entries(map).find(([key, at]) => (key === 'name' || key === 'model') && fields[at] === undefined)
  // With another delimiter the first column is the whole line, and a password is in it.
  const name = missing === undefined ? column('name') : (/[\w.-]+/.exec(column('name'))?.[0] ?? '')
  set('host', column('ip'))
  const model = meaning.model(column('model'))
  const group = meaning.group(column('group'))
  set('platform', model)
  if (map.model === undefined && meaning.usual) given.set('platform', meaning.usual)
  const username = meaning.username(group, model || String(meaning.usual?.value ?? ''))
  if (username) given.set('username', username)
  set('username', column('username'))
  set('port', column('ssh_port'))
  const [proxy, port] = [column('ssh_proxy'), column('ssh_proxy_port')]
  if (proxy !== '') set('proxy_jump', port === '' ? proxy : `${proxy}:${port}`)
  return {
    name,
    place,
    given,
    byName: name,
    groups: [group].filter(Boolean),
    trouble:
      missing === undefined
        ? null
        : `${place}: the line has no column ${missing[1]} for the ${missing[0]} with ${shown(delimiter)} between columns; set delimiter: and map: as in Oxidized`,
  }
}

/** `source.csv` of a configuration: file, delimiter, map and vars_map; and what it says of the values in that file. */
function configured(file: string, text: string): Csv {
  const tree = readTree(file, WHAT, text)
  const under = (node: Field['node'], key: string) => tree.fields(node).find(f => f.key === key)
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
  if (said('gpg') === true)
    throw new Trouble('inventory', `${csv?.place}: its CSV file is encrypted with GPG; name a file that is not`)
  return {
    file: isAbsolute(home) ? home : join(dirname(file), home),
    delimiter: delimiter === 't' ? '\t' : delimiter,
    map: Object.keys(map).length > 0 ? map : { name: 0, model: 1 },
    meaning: meaningOf(tree),
  }
}

/** A user is looked for in `groups.GROUP.models.MODEL`, in `groups.GROUP`, in `models.MODEL`, and at the top. */
function meaningOf(tree: Tree): Meaning {
  const at = (...path: string[]): Given | null => {
    let node = tree.root
    let place = ''
    for (const key of path) {
      const field = tree.fields(node).find(f => f.key === key)
      if (!field) return null
      ;({ node, place } = field)
    }
    const value = tree.value(node)
    return value === null ? null : { value, place }
  }
  return {
    model: renaming(tree, 'model_map'),
    group: renaming(tree, 'group_map'),
    usual: at('model'),
    username: (group, model) =>
      at('groups', group, 'models', model.toLowerCase(), 'username') ??
      at('groups', group, 'username') ??
      at('models', model.toLowerCase(), 'username') ??
      at('username'),
  }
}

/** Its keys are names or regular expressions (`!ruby/regexp /^cisco/`); the first that fits counts. */
function renaming(tree: Tree, key: string): (name: string) => string {
  const fields = tree.fields(tree.fields(tree.root).find(f => f.key === key)?.node ?? null)
  const names = fields.map(f => ({ fits: fitting(f.key), to: tree.value(f.node) }))
  return name => {
    const found = names.find(n => n.fits(name))?.to
    return typeof found === 'string' ? found : name
  }
}

function fitting(key: string): (name: string) => boolean {
  const [, source] = /^\/(.*)\/$/s.exec(key) ?? []
  if (source === undefined || !isPattern(source)) return name => name === key
  const pattern = new RegExp(source)
  return name => pattern.test(name)
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source)
    return true
  } catch {
    return false
  }
}
