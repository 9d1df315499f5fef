// Snapshots: configurations collected into a folder, without their secrets.
import { accessSync, constants, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { known } from './audit/known.ts'
import { platformFor } from './audit/read.ts'
import { type Gathered, gather } from './collect/collect.ts'
import { failure } from './collect/failure.ts'
import { makeFolder } from './collect/folder.ts'
import { type Recording, recordingText } from './collect/record.ts'
import { keyFile, loadRedactionKey, type RedactionKey } from './collect/redaction-key.ts'
import { type Saved, snapshot } from './collect/snapshot.ts'
import type { Inventory, InventoryDevice } from './model/inventory.ts'
import type { Manifest } from './model/snapshot.ts'
import { Trouble } from './model/trouble.ts'
import { type Redacted, redactText } from './parse/redact.ts'
import { platformOf } from './platforms.ts'
import { type Reaching, runOptions, withPolicy } from './reaching.ts'
import { takeFolder, unwritable } from './snapshot-folder.ts'

/** How to take a snapshot. */
export interface SnapshotOptions extends Reaching {
  /** The folder: new, empty, or a snapshot. */
  readonly dir: string
  readonly devices: readonly InventoryDevice[]
  readonly version: string
  readonly resume: boolean
  readonly allowSmaller: boolean
  /** Folder for a recording of every session; none when absent. */
  readonly record?: string | undefined
  /** Called before the first session. */
  readonly onStart?: (total: number) => void
  /** Called as each device is done, in whatever order they are. */
  onDone?(saved: Saved): void
}

/** What became of the devices. */
export interface SnapshotResult {
  readonly saved: readonly Saved[]
  /** Devices that the earlier run had collected; 0 where nothing was resumed. */
  readonly before: number
  readonly manifest: Manifest
}

/** Collects the devices into a folder, without the secrets in their configurations. */
export async function collectSnapshot(inventory: Inventory, options: SnapshotOptions): Promise<SnapshotResult> {
  const { dir, version, resume, allowSmaller, record, onStart, notice = () => {} } = options
  const tool = { name: 'iphelper-audit', version }
  const key = loadRedactionKey(keyFile(options.env ?? process.env))
  if (key.warning) notice(key.warning)
  const redact = redactorOf(key)
  const recorder = record === undefined ? undefined : recorderInto(record, dir, tool, redact)
  const taken = new Set(options.devices)
  const { lock, previous } = takeFolder(dir, resume)
  try {
    const store = snapshot({
      dir,
      tool,
      started: new Date(),
      previous,
      resume,
      allowSmaller,
      known: new Set(inventory.devices.map(d => d.name)),
      left: inventory.devices.filter(d => !taken.has(d)),
      // Every configuration has passed `named`.
      redact: (text, platform) => redact(text, platform, true).text,
    })
    const devices = withPolicy(store.pending(options.devices), options.hostKeys)
    const saved: Saved[] = []
    store.begin(devices)
    await gather(
      devices,
      { ...runOptions(inventory, options), ...(recorder && { record: recorder }), ...(onStart && { onStart }) },
      (gathered, forget) => {
        const one = store.save(named(gathered))
        forget()
        saved.push(one)
        options.onDone?.(one)
      },
    )
    return { saved, before: options.devices.length - devices.length, manifest: store.close() }
  } catch (error) {
    throw unwritable(dir, error)
  } finally {
    lock.release()
  }
}

/**
 * A configuration that another platform surely wrote is no success: systems that are alike answer each other's commands, and with the
 * wrong page their secrets would stay in.
 */
function named(gathered: Gathered): Gathered {
  const { collected } = gathered
  if (collected.state !== 'collected' || !platformOf(collected.platform)) return gathered
  const platform = platformFor(collected.platform, collected.text, known)
  if (!('reason' in platform)) return gathered
  const { device, site, file } = collected
  return {
    ...gathered,
    collected: { device, site, platform: collected.platform, file, state: 'failed', reason: platform.reason },
    failure: failure('platform', platform.reason),
  }
}

/**
 * Takes secrets out of a text, as its platform writes them; where nobody knows which it is, or it reads like another, as any of them
 * does. `sure`: it surely reads like no other.
 */
const redactorOf =
  (key: RedactionKey) =>
  (text: string, platform: string, sure = false): Redacted => {
    const own = platformOf(platform)
    const page = own && sure ? own : platformFor(own ? platform : 'auto', text, known)
    const pages = 'secrets' in page ? [page] : known.platforms
    return pages.reduce<Redacted>(
      (before, { secrets }) => {
        const { text, values } = redactText(before.text, secrets, key.tokenOf)
        return { text, values: [...before.values, ...values] }
      },
      { text, values: [] },
    )
  }

/** Writes recordings into a folder of their own: beside configurations they would be taken for some. */
function recorderInto(
  folder: string,
  dir: string,
  tool: Manifest['tool'],
  redact: (text: string, platform: string) => Redacted,
): (recording: Recording) => void {
  if (resolve(folder) === resolve(dir))
    throw new Trouble('usage', `--record ${folder} is the folder of the snapshot; name another one`)
  try {
    makeFolder(folder, 0o700)
    readdirSync(folder)
    accessSync(folder, constants.W_OK)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Trouble('usage', `--record ${folder} is no folder that can be written to (${code}); name another one`)
  }
  return recording => {
    const file = join(folder, `${recording.device}.session`)
    try {
      writeFileSync(
        file,
        recordingText(recording, tool, answer => redact(answer, recording.platform)),
        { mode: 0o600 },
      )
    } catch (error) {
      rmSync(file, { force: true })
      throw error
    }
  }
}
