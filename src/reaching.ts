// How the devices of an inventory are reached in one run, whatever is done there.
import type { CollectOptions } from './collect/collect.ts'
import type { RunOptions } from './collect/run.ts'
import { readConfig } from './inventory/read-config.ts'
import type { HostKeyPolicy, Inventory, InventoryDevice } from './model/inventory.ts'
import { platformOf } from './platforms.ts'

/** How to get at the devices of an inventory; what is set here wins over the inventory. */
export interface Reaching {
  /** Sessions at a time. */
  readonly concurrency: number
  readonly hostKeys?: HostKeyPolicy | undefined
  readonly loginsPerSecond?: number | undefined
  readonly loginsInFlight?: number | undefined
  readonly ask?: RunOptions['ask'] | undefined
  readonly env?: RunOptions['env'] | undefined
  /** Aborted to end the run; its reason is the sentence that the devices still open get. */
  readonly signal?: AbortSignal | undefined
  /** Takes what the user should know. */
  readonly notice?: ((sentence: string) => void) | undefined
  readonly retries?: RunOptions['retries'] | undefined
}

/** What a run over the devices of an inventory is started with. */
export function runOptions(inventory: Inventory, how: Reaching): CollectOptions {
  const { all, groups } = inventory.logins
  const { ask, env, signal, notice, retries } = how
  return {
    platformOf,
    concurrency: how.concurrency,
    readFile: (file, owner) => readConfig(file, { ...owner, named: true }),
    logins: {
      all: { per_second: how.loginsPerSecond ?? all.per_second, in_flight: how.loginsInFlight ?? all.in_flight },
      groups,
    },
    ...(ask && { ask }),
    ...(env && { env }),
    ...(signal && { signal }),
    ...(notice && { notice }),
    ...(retries && { retries }),
  }
}

/** Devices with the host key policy of this run. */
export const withPolicy = (devices: readonly InventoryDevice[], policy: HostKeyPolicy | undefined): readonly InventoryDevice[] =>
  policy === undefined
    ? devices
    : devices.map(device =>
        'ssh' in device.from
          ? {
              ...device,
              from: {
                ssh: {
                  ...device.from.ssh,
                  host_keys: policy,
                  jumps: device.from.ssh.jumps.map(j => ({ ...j, host_keys: policy })),
                },
              },
            }
          : device,
      )
