// Configurations of all devices of an inventory, wherever they are.
import pLimit from 'p-limit'
import type { Collected, InventoryDevice } from '../model/inventory.ts'
import { collectOverSsh, type SessionOptions } from './session.ts'

/** How to collect. */
export interface CollectOptions extends SessionOptions {
  /** Sessions at a time. */
  readonly concurrency?: number
  /** Reads the configuration of a device that is given as a file. */
  readFile(file: string, owner: { readonly device: string; readonly site: string; readonly platform: string }): Collected
  /** Called as each device is done, in whatever order they are. */
  onDone?(result: Collected, done: number, total: number): void
}

/** Collects every device, in the order of the inventory. One that fails is a result like any other. */
export async function collect(devices: readonly InventoryDevice[], options: CollectOptions): Promise<Collected[]> {
  const limit = pLimit(options.concurrency ?? 32)
  let done = 0
  return Promise.all(
    devices.map(device =>
      limit(async () => {
        const result = await one(device, options)
        options.onDone?.(result, ++done, devices.length)
        return result
      }),
    ),
  )
}

async function one(device: InventoryDevice, options: CollectOptions): Promise<Collected> {
  const { name, site, platform, from } = device
  if ('file' in from) return options.readFile(from.file, { device: name, site, platform })
  try {
    return await collectOverSsh(device, from.ssh, options)
  } catch (error) {
    // A fault of ours in one session must not cost the others; the message may be anything, so only its kind is told.
    const reason = `collecting it failed inside the program (${(error as Error).name}); please report this`
    return { device: name, site, platform, file: `ssh://${from.ssh.host}:${from.ssh.port}`, state: 'failed', reason }
  }
}
