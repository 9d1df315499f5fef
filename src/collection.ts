// Over SSH without an audit: snapshots, what devices offer, whether they let us in.
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pLimit from 'p-limit'
import { known } from './audit/known.ts'
import { platformFor } from './audit/read.ts'
import { gather } from './collect/collect.ts'
import type { Failure } from './collect/failure.ts'
import { makeFolder } from './collect/folder.ts'
import { type Probed, probeDevice } from './collect/probe.ts'
import { type Recording, recordingText } from './collect/record.ts'
import { keyFile, loadRedactionKey, type RedactionKey } from './collect/redaction-key.ts'
import { type Run, startRun } from './collect/run.ts'
import { withConnection } from './collect/session.ts'
import { type Saved, snapshot } from './collect/snapshot.ts'
import { readManifest } from './inventory/read-manifest.ts'
import type { Access, Inventory, InventoryDevice } from './model/inventory.ts'
import { MANIFEST, type Manifest } from './model/snapshot.ts'
import { Trouble } from './model/trouble.ts'
import { type Redacted, redactText } from './parse/redact.ts'
import { platformOf } from './platforms.ts'
import { type Reaching, runOptions, withPolicy } from './reaching.ts'

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
  const previous = openFolder(dir, resume)
  const key = loadRedactionKey(keyFile(options.env ?? process.env))
  if (key.warning) notice(key.warning)
  const redact = redactorOf(key)
  const store = snapshot({
    dir,
    tool,
    started: new Date(),
    previous,
    resume,
    allowSmaller,
    redact: (text, platform) => redact(text, platform).text,
  })
  const devices = withPolicy(store.pending(options.devices), options.hostKeys)
  const saved: Saved[] = []
  const recorder = record === undefined ? undefined : recorderInto(record, tool, redact)
  try {
    store.begin(devices)
    await gather(
      devices,
      { ...runOptions(inventory, options), ...(recorder && { record: recorder }), ...(onStart && { onStart }) },
      gathered => {
        const one = store.save(gathered)
        saved.push(one)
        options.onDone?.(one)
      },
    )
    return { saved, before: options.devices.length - devices.length, manifest: store.close() }
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new Trouble(
      'usage',
      `the snapshot ${dir} cannot be written (${code}${path ? `, ${path}` : ''}); name a folder you may write`,
    )
  }
}

/** The manifest of the folder; null where it is new. What is no snapshot is not written into. */
function openFolder(dir: string, resume: boolean): Manifest | null {
  const manifest = readManifest(dir)
  if (manifest) return manifest
  if (resume) throw new Trouble('usage', `there is no snapshot in ${dir} to resume; leave --resume out to begin one`)
  if (existsSync(dir) && readdirSync(dir).length > 0)
    throw new Trouble('usage', `${dir} holds files and no ${MANIFEST}; name an empty folder, or the folder of a snapshot`)
  return null
}

/** Takes secrets out of a text, as its platform writes them; where nobody knows which it is, as any of them does. */
const redactorOf =
  (key: RedactionKey) =>
  (text: string, platform: string): Redacted => {
    const page = platformOf(platform) ?? platformFor('auto', text, known)
    const pages = 'secrets' in page ? [page] : known.platforms
    return pages.reduce<Redacted>(
      (before, { secrets }) => {
        const { text, values } = redactText(before.text, secrets, key.tokenOf)
        return { text, values: [...before.values, ...values] }
      },
      { text, values: [] },
    )
  }

/** Writes recordings into a folder. */
function recorderInto(folder: string, tool: Manifest['tool'], redact: (text: string, platform: string) => Redacted) {
  try {
    makeFolder(folder, 0o700)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Trouble('usage', `the folder ${folder} cannot be made (${code}); name another one with --record`)
  }
  return (recording: Recording) => {
    const text = recordingText(recording, tool, answer => redact(answer, recording.platform))
    writeFileSync(join(folder, `${recording.device}.session`), text, { mode: 0o600 })
  }
}

/** Asks every device what it offers. */
export const probeDevices = (inventory: Inventory, devices: readonly InventoryDevice[], how: Reaching): Promise<Probed[]> =>
  overSsh(inventory, devices, how, (device, access, run) => probeDevice(device, access, run))

/** Whether one device let us in. */
export interface LoggedIn {
  readonly device: string
  readonly host: string
  readonly port: number
  readonly username: string
  readonly milliseconds: number
  /** Null where it did. */
  readonly failure: Failure | null
}

/** Logs in to every device and out again. */
export const logIn = (inventory: Inventory, devices: readonly InventoryDevice[], how: Reaching): Promise<LoggedIn[]> =>
  overSsh(inventory, devices, how, async (device, access, run) => {
    const started = performance.now()
    const result = await withConnection(device, access, run, async () => null)
    const { host, port, username } = access
    const milliseconds = Math.round(performance.now() - started)
    return {
      device: device.name,
      host,
      port,
      username,
      milliseconds,
      failure: result && { ...result, failed: run.vault.clean(result.failed) },
    }
  })

/** Does something on every device that is reached over SSH, in the order of the inventory. */
async function overSsh<T>(
  inventory: Inventory,
  devices: readonly InventoryDevice[],
  how: Reaching,
  act: (device: InventoryDevice, access: Access, run: Run) => Promise<T>,
): Promise<T[]> {
  const run = startRun(runOptions(inventory, how))
  const limit = pLimit(how.concurrency)
  try {
    return await Promise.all(
      withPolicy(devices, how.hostKeys).flatMap(device => {
        const { from } = device
        return 'ssh' in from ? [limit(() => act(device, from.ssh, run))] : []
      }),
    )
  } finally {
    run.routes.close()
  }
}
