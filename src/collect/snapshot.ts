// Writes a snapshot: configurations as they come, whole or not at all, and a manifest that is right whenever the run ends.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { InventoryDevice } from '../model/inventory.ts'
import { MANIFEST, type Manifest, type ManifestDevice } from '../model/snapshot.ts'
import type { Gathered } from './collect.ts'
import { type Failure, failure } from './failure.ts'
import { shrunk } from './shrunk.ts'
import { bytesOf, digestOf, isThere, replace } from './stored.ts'

/** Where and how a snapshot is written. */
export interface SnapshotOptions {
  /** The folder, which is there, and taken for this run. */
  readonly dir: string
  readonly tool: Manifest['tool']
  readonly started: Date
  /** The manifest that the folder has already; null for a new folder. */
  readonly previous: Manifest | null
  /** Finish the run that the manifest is from, instead of beginning another. */
  readonly resume: boolean
  /** Take a configuration that is much smaller than the last good one. */
  readonly allowSmaller: boolean
  /** The devices of the inventory, also those that are not collected this time. */
  readonly known: ReadonlySet<string>
  /** Those of them that a limit leaves out this time; none when absent. */
  readonly left?: readonly InventoryDevice[]
  /** Takes the secrets out, line for line. */
  redact(text: string, platform: string): string
}

/** A snapshot being written. */
export interface Snapshot {
  /** The devices that are still to be collected. */
  pending(devices: readonly InventoryDevice[]): readonly InventoryDevice[]
  /** Writes the manifest that holds if nothing more comes. */
  begin(devices: readonly InventoryDevice[]): void
  /** Stores what came of one device. Never throws: what cannot be stored has failed. */
  save(gathered: Gathered): Saved
  /** Writes the manifest as it stands. */
  close(): Manifest
}

/** What became of one device. */
export interface Saved {
  readonly device: string
  readonly failure: Failure | null
  /** ISO 8601 time of the earlier configuration that was kept instead; null where none was. */
  readonly kept: string | null
}

/** Milliseconds between two versions of the manifest while devices come in, and so many times what the last one took to write. */
const EVERY = 1000
const TIMES = 50

/** Begins a snapshot; what is in the folder stays until something better comes. */
export function snapshot(options: SnapshotOptions): Snapshot {
  const { dir, tool, started, previous, resume, allowSmaller, known, left = [], redact } = options
  const begun = resume ? (previous?.started_at ?? started.toISOString()) : started.toISOString()
  const entries = new Map<string, ManifestDevice>(previous?.devices.map(d => [d.name, d]))
  /** When the next version of the manifest is to be written. */
  let due = 0
  /** Devices that the run to finish has collected already. */
  let there: readonly InventoryDevice[] = []
  const manifest = (): Manifest => ({
    schema_version: 1,
    tool,
    started_at: begun,
    written_at: new Date().toISOString(),
    devices: [...entries.values()],
  })
  const write = (durable: boolean) => {
    const started = performance.now()
    replace(join(dir, MANIFEST), `${JSON.stringify(manifest(), null, 2)}\n`, { durable })
    const ended = performance.now()
    due = ended + Math.max(EVERY, TIMES * (ended - started))
  }
  /** A device that failed keeps the last good configuration, and the manifest says so. */
  const failedEntry = ({ name, site, platform, from }: InventoryDevice, why: string, at: string): ManifestDevice => {
    // Whatever a device said, a manifest must stay readable.
    const reason = why.replace(/[\0-\x1f\x7f-\x9f]+/g, ' ') || 'no reason was given'
    const last = entries.get(name)
    const adrift = 'unusable' in from && from.anywhere === true
    // Where it stood when it was collected is the last that is known of it.
    if (last?.status === 'collected') return { ...last, ...(adrift ? {} : { site }), attempt: { at, reason } }
    return {
      name,
      platform: platform === 'auto' ? null : platform,
      site,
      ...(adrift && { adrift: true as const }),
      status: 'failed',
      reason,
      command: null,
      file: null,
      collected_at: at,
      sha256: null,
      bytes: null,
    }
  }
  /** Where a device stands that is not collected this time: the inventory may have been corrected since. */
  const sited = ({ site, from }: InventoryDevice, { adrift: _, ...entry }: ManifestDevice): ManifestDevice => {
    if (!('unusable' in from && from.anywhere)) return { ...entry, site }
    return entry.status === 'collected' ? entry : { ...entry, adrift: true }
  }
  /** Nobody collects these any more: what they were when somebody did is no evidence of what they are. */
  const strange = (name: string, entry: ManifestDevice) => {
    if (!isThere(dir, entry)) entries.delete(name)
    else
      entries.set(name, {
        ...entry,
        attempt: { at: begun, reason: 'it is no longer in the inventory; remove its file if the router is gone' },
      })
  }
  const store = ({ device, collected, command, failure: trouble }: Gathered): Failure | null => {
    if (collected.state === 'failed') return trouble ?? failure('storage', collected.reason)
    if (collected.incomplete !== null) return failure('incomplete', collected.incomplete)
    let bytes: Buffer
    try {
      bytes = bytesOf(redact(collected.text, collected.platform))
    } catch (error) {
      return failure('fault', `taking its secrets out failed inside the program (${(error as Error).name}); please report this`)
    }
    const last = entries.get(device.name)
    const smaller = allowSmaller || last?.status !== 'collected' ? null : shrunk(bytes.length, last)
    if (smaller !== null) return smaller
    const file = `${device.name}.cfg`
    try {
      replace(join(dir, file), bytes)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      return failure('storage', `${join(dir, file)} cannot be written (${code}); make room there or name another folder`)
    }
    entries.set(device.name, {
      name: device.name,
      platform: collected.platform === 'auto' ? null : collected.platform,
      site: device.site,
      status: 'collected',
      reason: null,
      command,
      file,
      collected_at: collected.collected_at,
      sha256: digestOf(bytes),
      bytes: bytes.length,
      // A file that was handed in proves nothing that it did not prove before.
      ...(collected.whole ? {} : { whole: false }),
    })
    return null
  }
  return {
    pending(devices) {
      const isOpen = ({ name, platform }: InventoryDevice) => {
        const entry = entries.get(name)
        if (entry?.status !== 'collected' || entry.attempt !== undefined || entry.collected_at < begun) return true
        // With the page of another platform it may hold secrets, and be no whole configuration.
        return (platform !== 'auto' && entry.platform !== platform) || !isThere(dir, entry)
      }
      const pending = new Set(devices.filter(device => !resume || isOpen(device)))
      there = devices.filter(device => !pending.has(device))
      return [...pending]
    },
    begin(devices) {
      for (const device of devices)
        entries.set(device.name, failedEntry(device, 'the run ended before its turn; finish it with --resume', begun))
      for (const [name, entry] of entries) if (!known.has(name)) strange(name, entry)
      for (const device of [...there, ...left]) {
        const entry = entries.get(device.name)
        // Without it the rest of a site would look like all there is.
        entries.set(device.name, entry ? sited(device, entry) : failedEntry(device, 'it was left out by --limit', begun))
      }
      for (const left of readdirSync(dir)) if (/^\..+\.\d+\.partial$/.test(left)) rmSync(join(dir, left), { force: true })
      write(true)
    },
    save(gathered) {
      const { device } = gathered
      const trouble = store(gathered)
      const last = entries.get(device.name)
      if (trouble) entries.set(device.name, failedEntry(device, trouble.failed, new Date().toISOString()))
      // A manifest that cannot be written now may be written at the end, where it is said.
      if (performance.now() > due) attempt(() => write(false))
      return { device: device.name, failure: trouble, kept: trouble && last?.status === 'collected' ? last.collected_at : null }
    },
    close() {
      write(true)
      return manifest()
    },
  }
}

function attempt(act: () => void): void {
  try {
    act()
  } catch {}
}
