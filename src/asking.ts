// What devices offer, and whether they let us in: asked over SSH, with nothing collected.
import pLimit from 'p-limit'
import { type Failure, failure } from './collect/failure.ts'
import { type Probed, probeDevice, unasked } from './collect/probe.ts'
import { type Run, startRun } from './collect/run.ts'
import { withConnection } from './collect/session.ts'
import type { Access, Inventory, InventoryDevice } from './model/inventory.ts'
import { type Reaching, runOptions, withPolicy } from './reaching.ts'

/** What is told of devices while they are asked. */
export interface Watched<T> {
  /** Called before the first one. */
  onStart?(total: number): void
  /** Called as each one is done, in whatever order they are. */
  onDone?(result: T): void
}

/** Asks every device what it offers. */
export const probeDevices = (
  inventory: Inventory,
  devices: readonly InventoryDevice[],
  how: Reaching & Watched<Probed>,
): Promise<Probed[]> => overSsh(inventory, devices, how, probeDevice, unasked)

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
export const logIn = (
  inventory: Inventory,
  devices: readonly InventoryDevice[],
  how: Reaching & Watched<LoggedIn>,
): Promise<LoggedIn[]> =>
  overSsh(
    inventory,
    devices,
    how,
    async (device, access, run) => {
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
    },
    (device, why) => ({ device, host: '', port: 0, username: '', milliseconds: 0, failure: why }),
  )

/** Does something on every device that is reached over SSH, in the order of the inventory. `failed` stands for those that cannot be. */
async function overSsh<T>(
  inventory: Inventory,
  devices: readonly InventoryDevice[],
  how: Reaching & Watched<T>,
  act: (device: InventoryDevice, access: Access, run: Run) => Promise<T>,
  failed: (device: string, why: Failure) => T,
): Promise<T[]> {
  const run = startRun(runOptions(inventory, how))
  const limit = pLimit(how.concurrency)
  const one = async (device: InventoryDevice): Promise<T> => {
    const { from, name } = device
    if ('unusable' in from) return failed(name, failure('inventory', from.unusable))
    if (!('ssh' in from) || run.signal.aborted) return failed(name, failure('interrupted', String(run.signal.reason)))
    return act(device, from.ssh, run)
  }
  const reached = withPolicy(devices, how.hostKeys).filter(device => !('file' in device.from))
  how.onStart?.(reached.length)
  try {
    return await Promise.all(
      reached.map(device =>
        limit(async () => {
          const result = await one(device)
          how.onDone?.(result)
          return result
        }),
      ),
    )
  } finally {
    run.routes.close()
  }
}
