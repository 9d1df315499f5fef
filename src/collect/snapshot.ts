// Writes a snapshot: configurations as they come, whole or not at all, and a manifest that is right whenever the run ends.
import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { InventoryDevice } from '../model/inventory.ts'
import { MANIFEST, type Manifest, type ManifestDevice } from '../model/snapshot.ts'
import type { Gathered } from './collect.ts'
import { type Failure, failure } from './failure.ts'
import { makeFolder } from './folder.ts'

/** Where and how a snapshot is written. */
export interface SnapshotOptions {
  readonly dir: string
  readonly tool: Manifest['tool']
  readonly started: Date
  /** The manifest that the folder has already; null for a new folder. */
  readonly previous: Manifest | null
  /** Finish the run that the manifest is from, instead of beginning another. */
  readonly resume: boolean
  /** Take a configuration that is much smaller than the last good one. */
  readonly allowSmaller: boolean
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

/** A configuration with less than this part of the last good one is more likely cut than tidied up. */
const SMALLER = 0.5
/** Below this many bytes a configuration may well halve. */
const SMALL = 2048
/** Milliseconds between two versions of the manifest while devices come in. */
const EVERY = 1000

/** Opens a folder for a snapshot; what is in it stays until something better comes. */
export function snapshot({ dir, tool, started, previous, resume, allowSmaller, redact }: SnapshotOptions): Snapshot {
  const begun = resume ? (previous?.started_at ?? started.toISOString()) : started.toISOString()
  const entries = new Map<string, ManifestDevice>(previous?.devices.map(d => [d.name, d]))
  let written = 0
  const manifest = (): Manifest => ({
    schema_version: 1,
    tool,
    started_at: begun,
    written_at: new Date().toISOString(),
    devices: [...entries.values()],
  })
  const write = (durable: boolean) => {
    replace(join(dir, MANIFEST), `${JSON.stringify(manifest(), null, 2)}\n`, durable)
    written = performance.now()
  }
  /** A device that failed keeps the last good configuration, and the manifest says so. */
  const failedEntry = ({ name, site, platform }: InventoryDevice, why: string, at: string): ManifestDevice => {
    // Whatever a device said, a manifest must stay readable.
    const reason = why.replace(/[\0-\x1f\x7f-\x9f]+/g, ' ') || 'no reason was given'
    const last = entries.get(name)
    if (last?.status === 'collected') return { ...last, site, attempt: { at, reason } }
    return {
      name,
      platform: platform === 'auto' ? null : platform,
      site,
      status: 'failed',
      reason,
      command: null,
      file: null,
      collected_at: at,
      sha256: null,
      bytes: null,
    }
  }
  const store = ({ device, collected, command, failure: trouble }: Gathered): Failure | null => {
    if (collected.state === 'failed') return trouble ?? failure('storage', collected.reason)
    const bytes = bytesOf(redact(collected.text, collected.platform))
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
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
    })
    return null
  }
  return {
    pending: devices =>
      resume
        ? devices.filter(({ name }) => {
            const entry = entries.get(name)
            return entry?.status !== 'collected' || entry.attempt !== undefined || entry.collected_at < begun
          })
        : devices,
    begin(devices) {
      for (const device of devices)
        entries.set(device.name, failedEntry(device, 'the run ended before its turn; finish it with --resume', begun))
      makeFolder(dir, 0o700)
      for (const left of readdirSync(dir)) if (/^\..+\.\d+\.partial$/.test(left)) rmSync(join(dir, left), { force: true })
      write(true)
    },
    save(gathered) {
      const { device } = gathered
      const trouble = store(gathered)
      const last = entries.get(device.name)
      if (trouble) entries.set(device.name, failedEntry(device, trouble.failed, new Date().toISOString()))
      // A manifest that cannot be written now may be written at the end, where it is said.
      if (performance.now() - written > EVERY) attempt(() => write(false))
      return { device: device.name, failure: trouble, kept: trouble && last?.status === 'collected' ? last.collected_at : null }
    },
    close() {
      write(true)
      return manifest()
    },
  }
}

/** Memory for one configuration at a time. */
let memory = Buffer.allocUnsafe(0)

/** A text in UTF-8, until the next one. */
function bytesOf(text: string): Buffer {
  const size = Buffer.byteLength(text)
  if (memory.length < size) memory = Buffer.allocUnsafeSlow(Math.max(size, memory.length * 2))
  memory.write(text)
  return memory.subarray(0, size)
}

function attempt(act: () => void): void {
  try {
    act()
  } catch {}
}

function shrunk(bytes: number, { bytes: before, collected_at }: ManifestDevice): Failure | null {
  if (before === null || before < SMALL || bytes >= before * SMALLER) return null
  return failure(
    'smaller',
    `it has ${bytes} bytes, and the last good one of ${collected_at.slice(0, 10)} has ${before}; if that is right, collect it with --allow-smaller`,
  )
}

/**
 * Writes a file whole or not at all, for its owner only. The manifest is `durable`, and tells by length and digest whether a
 * configuration survived a loss of power; to wait for the disk after each of thousands would hold up all the others.
 */
function replace(path: string, content: string | Uint8Array, durable = false): void {
  // Hidden, so that what a killed run leaves behind is nobody's configuration.
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}.partial`)
  try {
    const file = openSync(partial, 'w', 0o600)
    try {
      writeFileSync(file, content)
      if (durable) fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(partial, path)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}
