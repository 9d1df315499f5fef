// The inventory file, read and checked. Everything wrong with it is said as `file:line:column: sentence`.
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import ipaddr from 'ipaddr.js'
import { type Document, LineCounter, parseDocument } from 'yaml'
import type { Access, Inventory, InventoryDevice, MaxAge, PxePoint } from '../model/inventory.ts'
import { Trouble } from '../model/trouble.ts'
import { check, settle } from './check.ts'
import { locate } from './locate.ts'
import { milliseconds } from './max-age.ts'
import { type Problem, problemsOf } from './problem.ts'
import { type InventoryFile, inventorySchema, type Settings } from './schema.ts'

/** Seconds for one session. Building the configuration alone takes old modular switches the better part of a minute. */
const TIMEOUT = 120

/** Reads an inventory. `platforms` are the valid ids; without them platform names are not checked. */
export function loadInventory(file: string, { platforms }: { readonly platforms?: readonly string[] } = {}): Inventory {
  const lines = new LineCounter()
  const doc = parseDocument(read(file), { lineCounter: lines, prettyErrors: false })
  const [broken] = doc.errors
  if (broken) {
    const { line, col } = lines.linePos(broken.pos[0])
    throw new Trouble('inventory', `${file}:${line}:${col}: this is not valid YAML: ${firstLine(broken.message)}`)
  }
  const data = plain(doc, file)
  const parsed = inventorySchema.safeParse(data)
  if (!parsed.success) throw complaint(file, doc, lines, problemsOf(parsed.error.issues, data))
  const problems = check(parsed.data, platforms)
  if (problems.length > 0) throw complaint(file, doc, lines, problems)
  return {
    file,
    max_age: ageOf(parsed.data.max_age),
    points: parsed.data.pxe_points.map(pointOf),
    devices: parsed.data.devices.map(device => deviceOf(file, device, settle(parsed.data, device))),
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT')
      throw new Trouble('inventory', `there is no inventory ${file}; copy inventory.example.yaml there, or name another file`)
    throw new Trouble('inventory', `the inventory ${file} cannot be read (${code}); check that it is a file you may read`)
  }
}

/** Aliases may expand a small file into one that fills the memory; the parser refuses those. */
function plain(doc: Document, file: string): unknown {
  try {
    return doc.toJS()
  } catch (error) {
    throw new Trouble('inventory', `${file}:1:1: this is not valid YAML: ${firstLine((error as Error).message)}`)
  }
}

/** The first problem of the file, and how many follow. */
function complaint(file: string, doc: Document, lines: LineCounter, problems: readonly Problem[]): Trouble {
  const placed = problems
    .map(({ path, at, message }) => ({ ...locate(doc, lines, path, at), at, message }))
    // A misspelt key is also a missing one, and the spelling is the better news.
    .sort((a, b) => (a.at === b.at ? a.line - b.line || a.col - b.col : a.at === 'key' ? -1 : 1))
  const [first] = placed
  const more = placed.length > 1 ? ` (and ${placed.length - 1} more)` : ''
  return new Trouble('inventory', `${file}:${first?.line}:${first?.col}: ${first?.message}${more}`)
}

function ageOf(duration: string | undefined): MaxAge | null {
  const age = duration === undefined ? null : milliseconds(duration)
  return age === null ? null : { milliseconds: age, said: `max_age is ${duration}` }
}

const pointOf = (point: InventoryFile['pxe_points'][number]): PxePoint => ({
  name: point.name,
  kind: point.kind,
  addresses: point.addresses.map(a => ipaddr.parse(a).toString()),
  retired: [],
  hostnames: point.hostnames,
  networks: point.networks,
  vrf: point.vrf ?? null,
  sites: point.sites ?? null,
})

function deviceOf(file: string, device: InventoryFile['devices'][number], settings: Settings): InventoryDevice {
  const base = { name: device.name, site: settings.site ?? 'default', platform: settings.platform ?? 'auto' }
  if (device.config !== undefined) return { ...base, from: { file: beside(file, device.config) } }
  const { ssh = {}, username = '', password = null, enable = null, key } = settings
  const access: Access = {
    host: device.host ?? '',
    port: ssh.port ?? 22,
    username,
    password: password && referenceBeside(file, password),
    enable: enable && referenceBeside(file, enable),
    key: key === undefined ? null : beside(file, key),
    known_hosts: beside(file, ssh.known_hosts ?? '~/.ssh/known_hosts'),
    legacy_algorithms: ssh.legacy_algorithms ?? false,
    timeout: ssh.timeout ?? TIMEOUT,
  }
  return { ...base, from: { ssh: access } }
}

/** Paths in an inventory are relative to it, wherever the program runs. */
function beside(inventory: string, path: string): string {
  if (path.startsWith('~/')) return join(homedir(), path.slice(2))
  return isAbsolute(path) ? path : join(dirname(inventory), path)
}

const referenceBeside = (inventory: string, reference: string): string =>
  reference.startsWith('file:') ? `file:${beside(inventory, reference.slice(5))}` : reference

const firstLine = (message: string): string => message.split('\n', 1)[0]?.trim().replace(/[.:]$/, '') ?? message
