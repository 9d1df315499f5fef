// What lies in a folder of configurations, and which of it is one: a plain folder, or the store of RANCID or Oxidized.
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, join, resolve, sep } from 'node:path'
import { Trouble } from '../model/trouble.ts'
import { decode } from './decode.ts'
import { isBare } from './git.ts'

/** What people keep beside configurations. Anything else is read: a file left out by mistake would be a router nobody audits. */
const ELSE = /\.(md|markdown|rst|json|jsonl|ya?ml|html?|png|jpe?g|gif|svg|pdf|csv|tsv|xlsx?|docx?|pptx?|py|js|ts|sh)$/i

/** Endings of them that are top-level domains as well: backup tools name files after hosts, and some stand in Moldova. */
const DOMAINS = /\.(md|py|sh)$/i

/** Everything below a folder that matters. */
export interface Found {
  /** Configurations, and output of `show` commands beside them. */
  readonly files: readonly string[]
  /** Bare git repositories, as Oxidized keeps one for each group. */
  readonly repositories: readonly string[]
  /** router.db of RANCID, each with the folder that holds its configurations. */
  readonly lists: readonly { readonly file: string; readonly configs: string }[]
}

/** The list that RANCID works from; Oxidized's has the same name. */
export const ROUTER_DB = 'router.db'

/** Beside the groups of RANCID lie its logs and its repository, with an older copy of everything; other folders may be groups too. */
const BESIDE_GROUPS = /^(CVS|SVN|logs|bin|etc|share)$/

/**
 * Looks through a folder, those below it, and those that links among them lead to: what a link leaves out would be routers nobody
 * audits. Each folder counts once, where it stands rather than where a link does; a link to one that holds `dir` leads round in a circle.
 */
export function walk(dir: string): Found {
  const files: string[] = []
  const links: string[] = []
  const seen = new Set<string>()
  const repositories: string[] = []
  const lists: { file: string; configs: string }[] = []
  const visit = (folder: string): void => {
    const bare = isBare(folder)
    const entries = bare ? [] : entriesOf(folder)
    const real = realpathSync(folder)
    if (seen.has(real)) return
    seen.add(real)
    if (bare) {
      repositories.push(folder)
      return
    }
    const listed = entries.some(e => e.name === ROUTER_DB && !e.isDirectory())
    // A group of RANCID keeps its configurations in a folder of their own, and lists and logs beside it.
    const apart = listed && isFolder(join(folder, 'configs'))
    if (listed) lists.push({ file: join(folder, ROUTER_DB), configs: apart ? join(folder, 'configs') : folder })
    if (apart) {
      visit(join(folder, 'configs'))
      return
    }
    const base = entries.some(e => e.isDirectory() && existsSync(join(folder, e.name, ROUTER_DB)))
    const store = listed || existsSync(join(folder, '..', ROUTER_DB))
    for (const entry of entries) {
      const path = join(folder, entry.name)
      if (entry.name.startsWith('.') || (store && isLeftover(folder, entry.name))) continue
      if (entry.isDirectory() || (entry.isSymbolicLink() && isFolder(path))) {
        if ((base && BESIDE_GROUPS.test(entry.name)) || isCvs(path)) continue
        if (entry.isDirectory()) visit(path)
        else links.push(path)
      } else if ((entry.isFile() || entry.isSymbolicLink()) && !isElse(path, () => readFileSync(path))) files.push(path)
    }
  }
  visit(dir)
  const top = within(realpathSync(dir))
  // More of them are found on the way.
  for (const link of links) if (!top.startsWith(within(realpathSync(link)))) visit(link)
  // The folder with the configurations of a group alone.
  const above = join(dir, '..', ROUTER_DB)
  if (basename(resolve(dir)) === 'configs' && existsSync(above)) lists.push({ file: above, configs: dir })
  return { files: files.sort(), repositories: repositories.sort(), lists }
}

/** How the paths of everything in a folder begin. */
const within = (folder: string): string => (folder.endsWith(sep) ? folder : `${folder}${sep}`)

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new Trouble('usage', `there is no folder ${folder}; check the path`)
    if (code === 'ENOTDIR') throw new Trouble('usage', `${folder} is a file, not a folder; name the folder it stands in`)
    throw new Trouble('usage', `the folder ${folder} cannot be read (${code}); check that you may read it`)
  }
}

/** What RANCID leaves beside configurations: its lists, and what a run that was broken off had written so far. */
function isLeftover(folder: string, name: string): boolean {
  if (name === ROUTER_DB || /^routers\.(all|db|down|up|mail)$|,v$/.test(name)) return true
  const [, whole] = /^(.+)\.(?:new|raw)$/.exec(name) ?? []
  // A router may be called so: what nothing stands beside is read.
  return whole !== undefined && existsSync(join(folder, whole))
}

const isCvs = (path: string): boolean => basename(path) === 'CVS' && existsSync(join(path, 'Entries'))

/** A device says what it is called, also one that this version cannot read: it is a router all the same. */
const NAMED =
  /^(?:hostname|switchname| ?sysname) \S+\s*$|^\s*(?:set system )?host-name \S|^\s+set hostname \S|^\/system identity\s*$/m
const INTERFACES = /^(?:set )?interfaces? \S|^\/interface\b|^config system interface\s*$/m

/** Endings of data that some systems keep their configuration in. */
const DATA = /\.(json|ya?ml)$/i

/** What begins the parts of such a one: SONiC, NVUE of Cumulus, SR Linux, Junos (`display json`), IOS-XE (RESTCONF), OpenConfig. */
const PARTS = [
  /"(?:DEVICE_METADATA|VLAN_INTERFACE|DHCP_RELAY|DHCPV4_RELAY)"\s*:\s*\{/,
  /^- set:\s*$/m,
  /"srl_nokia-\w+:/,
  /^\s*\{\s*"configuration"\s*:/,
  /"Cisco-IOS-XE-native:/,
  /"openconfig-(?:interfaces|relay-agent):/,
]

/** True for what is no configuration by its name; where the name may be that of one all the same, its text decides. */
export function isElse(path: string, read: () => Buffer): boolean {
  if (!ELSE.test(path)) return false
  const [domain, data] = [DOMAINS.test(path), DATA.test(path)]
  if (!domain && !data) return true
  try {
    const text = decode(read()) ?? ''
    if (data) return !PARTS.some(part => part.test(text))
    return !NAMED.test(text) || !INTERFACES.test(text) || /^(?:#!|```)/m.test(text)
  } catch {
    return true
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    // A broken link is kept: reading it fails, and the report says so.
    return false
  }
}
