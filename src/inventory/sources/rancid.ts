// RANCID's router.db(5): `name;type;state[;comments]`, with colons up to RANCID 2.
import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { Trouble } from '../../model/trouble.ts'
import { type Given, type Harvest, type Setting, type Sourced, shown, some } from './sourced.ts'
import { isFolder, namesIn, sourceText } from './text.ts'

const WHAT = 'a router.db of RANCID, or the folder that holds it'

/** One line of a router.db. */
export interface Row {
  readonly name: string
  readonly type: string
  /** `up`, or why it is not collected. */
  readonly state: string
  readonly place: string
}

/** The devices of the router.db at a path; of a folder of groups, those of each, with the group as a tag. */
export function readRancid(path: string): Harvest {
  const files = filesAt(path)
  const rows = files.flatMap(file =>
    readRouterDb(file).map(row => ({ ...row, group: files.length > 1 ? basename(dirname(file)) : null })),
  )
  if (rows.length === 0) throw new Trouble('inventory', `${files[0]}:1: it lists no device; name ${WHAT}`)
  const down = rows.filter(r => r.state !== '' && r.state !== 'up')
  return {
    devices: rows.filter(r => !down.includes(r)).map(deviceOf),
    notices:
      down.length === 0
        ? []
        : [`${some(down.map(r => r.name))} ${down.length === 1 ? 'is' : 'are'} not up in ${path}, and left out`],
  }
}

/** All lines of one file that say something. */
export function readRouterDb(file: string): Row[] {
  return sourceText(file, WHAT)
    .split(/\r?\n/)
    .flatMap((line, n) => {
      const text = line.trim()
      if (text === '' || text.startsWith('#')) return []
      const [name = '', type = '', state = ''] = text.split(separatorOf(text)).map(field => field.trim())
      return [{ name, type, state: state.toLowerCase(), place: `${file}:${n + 1}` }]
    })
}

/** Either may stand in a comment; of a name only IPv6 addresses have colons, and with those it must be semicolons. */
function separatorOf(line: string): ';' | ':' {
  const [name = '', ...others] = line.split(';')
  return others.length > 0 && (!name.includes(':') || isIP(name.trim().replace(/^\[(.*)\]$/, '$1')) === 6) ? ';' : ':'
}

function deviceOf({ name, type, state, place, group }: Row & { readonly group: string | null }): Sourced {
  const given = new Map<Setting, Given>()
  if (type !== '') given.set('platform', { value: type, place })
  return {
    // RANCID names files after hosts in lower case, so names in a store and here agree.
    name: name.toLowerCase(),
    place,
    given,
    byName: name,
    groups: group === null ? [] : [group],
    trouble:
      type === '' || state === ''
        ? `${place}: the line of ${shown(name)} has no ${type === '' ? 'type' : 'state'}; write name;type;state`
        : null,
  }
}

function filesAt(path: string): string[] {
  if (!isFolder(path)) return [path]
  const found = ['', ...namesIn(path)].map(name => join(path, name, 'router.db')).filter(file => existsSync(file))
  if (found.length === 0) throw new Trouble('inventory', `there is no router.db in ${path}; name ${WHAT}`)
  return found
}
