// The configurations of an earlier audit, read again: from where they were, or from where they are now.
import { existsSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { contentHash } from './audit/content.ts'
import { OVER_SSH } from './audit/read.ts'
import { collect } from './collect/collect.ts'
import { resolveSecret } from './collect/secret.ts'
import { listFolder } from './inventory/folder.ts'
import { loadInventory } from './inventory/load.ts'
import { readConfig } from './inventory/read-config.ts'
import type { Collected, CollectedText } from './model/inventory.ts'
import type { DeviceResult, Result } from './model/result.ts'
import { Trouble } from './model/trouble.ts'
import { platforms } from './platforms.ts'
import { type Reaching, runOptions, withPolicy } from './reaching.ts'

/** Where to look. */
export interface Whereabouts extends Reaching {
  /** The file with the result: paths in it may be relative to its folder. */
  readonly resultFile: string
  /** A folder that holds the configurations now; absent where they are where they were. */
  readonly configs?: string | undefined
  /** An inventory that says how to reach devices that were read over SSH. */
  readonly inventory?: string | undefined
  readonly warn: (sentence: string) => void
}

/** What is there now. */
export interface Reread {
  readonly collected: readonly Collected[]
  /** Why the configuration of a device is not the one that was audited, by name of the device. */
  readonly changed: ReadonlyMap<string, string>
}

/** Reads the devices of a result again; of those that were read over SSH only the needed ones. */
export async function reread({ devices }: Result, needed: ReadonlySet<string>, where: Whereabouts): Promise<Reread> {
  const remote = (d: DeviceResult) => where.configs === undefined && d.file.startsWith(OVER_SSH)
  const wanted = devices.filter(d => !remote(d) || needed.has(d.name))
  const again = await collectAgain(
    wanted.filter(d => remote(d) && d.sha256 !== null),
    where,
  )
  const find = where.configs === undefined ? inPlace(where) : inFolder(where.configs, where)
  const changed = new Map<string, string>()
  const collected = wanted.map((device): Collected => {
    const { name, site, platform, file, sha256, reason } = device
    const owner = { device: name, site, platform: platform ?? 'auto' }
    // Not read then, so nothing of it was relied upon.
    if (sha256 === null) return { ...owner, file, state: 'failed', reason: reason ?? 'it was not read' }
    const now = { ...(again.get(name) ?? find(device)), site, platform: platform ?? 'auto' }
    const other = now.state === 'failed' ? now.reason : (difference(device, now) ?? tooOld(device))
    if (other !== null) changed.set(name, other)
    return now.state === 'failed' ? now : asProven(now, device)
  })
  return { collected, changed }
}

/** Why a text is another one than was audited; null where it is the same. */
function difference(
  { sha256, content_sha256, collected_at }: DeviceResult,
  { file, text, ...now }: CollectedText,
): string | null {
  if (now.sha256 === sha256) return null
  if (content_sha256 !== undefined && contentHash(text) === content_sha256) return null
  return `${file} has changed since the audit${collected_at === null ? '' : ` (its configuration of ${collected_at})`}; audit again`
}

/** What was too old then is no younger now. */
const tooOld = ({ stale, reason }: DeviceResult): string | null =>
  stale ? `${reason ?? 'its capture is too old'}; collect it again` : null

/** What proved a configuration whole, or cut, does so still: it is the same text. */
const asProven = (now: CollectedText, { complete, reason }: DeviceResult): CollectedText => ({
  ...now,
  whole: now.whole || complete === true,
  incomplete: now.incomplete ?? (complete === false ? reason : null),
})

type Find = (device: DeviceResult) => Collected

/** Files are named as seen from the folder in which the audit ran; somebody may have taken them along with the result. */
function inPlace({ resultFile, warn }: Whereabouts): Find {
  const inRepository = repositories(warn)
  return ({ name, site, platform, file }) => {
    const owner = { device: name, site, platform: platform ?? 'auto' }
    const places = isAbsolute(file) ? [file] : [file, join(dirname(resultFile), file)]
    const there = places.find(place => existsSync(place) && statSync(place).isFile())
    if (there !== undefined) return { ...readConfig(there, owner), file }
    for (const place of places) {
      const stored = inRepository(place)
      if (stored) return stored.read({ site, platform: owner.platform })
    }
    const reason = `${file} is not there any more; say where the configurations are: --configs FOLDER`
    return { ...owner, file, state: 'failed', reason }
  }
}

/** Finds `REPOSITORY:PATH`, a file in a bare repository of git. */
function repositories(warn: Whereabouts['warn']): (file: string) => ReturnType<typeof listFolder>[number] | undefined {
  const known = new Map<string, ReturnType<typeof listFolder>>()
  return file => {
    const [, repository] = /^(.+?):[^:]+$/.exec(file) ?? []
    if (repository === undefined || !existsSync(repository) || !statSync(repository).isDirectory()) return undefined
    const entries = known.get(repository) ?? listFolder(repository, warn)
    known.set(repository, entries)
    return entries.find(e => e.file === file)
  }
}

/** Files of a folder are found by the names of their devices. */
function inFolder(folder: string, { warn }: Whereabouts): Find {
  const entries = new Map(listFolder(folder, warn).map(e => [e.device, e]))
  return ({ name, site, platform }) => {
    const owner = { device: name, site, platform: platform ?? 'auto' }
    const reason = `there is no configuration named ${name} in ${folder}`
    return entries.get(name)?.read(owner) ?? { ...owner, file: folder, state: 'failed', reason }
  }
}

/** Collects devices over SSH; one that the inventory does not have, or no inventory, is a reason. */
async function collectAgain(devices: readonly DeviceResult[], where: Whereabouts): Promise<Map<string, Collected>> {
  if (devices.length === 0) return new Map()
  const failed = ({ name, site, platform, file }: DeviceResult, reason: string): Collected => ({
    ...{ device: name, site, platform: platform ?? 'auto', file },
    state: 'failed',
    reason,
  })
  if (where.inventory === undefined) {
    const how = 'to have it read again name the inventory: -i inventory.yaml'
    return new Map(devices.map(d => [d.name, failed(d, `it was read over SSH (${d.file}); ${how}`)]))
  }
  const { inventory: file, warn } = where
  const inventory = await loadInventory(file, {
    platforms: platforms.map(p => p.id),
    secret: reference => resolveSecret(reference, 'NetBox token', { env: where.env ?? process.env }),
    warn,
  })
  const names = new Set(devices.map(d => d.name))
  const reachable = inventory.devices.filter(d => names.has(d.name) && 'ssh' in d.from)
  if (reachable.length < devices.length)
    warn(`${devices.length - reachable.length} of ${devices.length} devices that were read over SSH are not in ${file}`)
  const found = await collect(withPolicy(reachable, where.hostKeys), runOptions(inventory, where))
  const byName = new Map(found.map(c => [c.device, c]))
  return new Map(devices.map(d => [d.name, byName.get(d.name) ?? failed(d, `${file} has no device ${d.name} with a host`)]))
}

/** Says that a result is too old to start from. */
export function basisOf(result: Result, file: string): NonNullable<Result['basis']> {
  if (result.basis) return result.basis
  const sentence = `${file} does not say what the audit was told, as an earlier version wrote it; audit again and save the result: audit ... --format json=${file}`
  throw new Trouble('input', sentence)
}
