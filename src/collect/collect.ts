// Configurations of all devices of an inventory, wherever they are.
import { hash } from 'node:crypto'
import pLimit from 'p-limit'
import type { Access, Collected, Hop, InventoryDevice } from '../model/inventory.ts'
import { pause } from './budget.ts'
import { type Failure, failure } from './failure.ts'
import { enablePassword, neededFor } from './login.ts'
import { type Run, type RunOptions, startRun } from './run.ts'
import { collectOverSsh, placeOf, type SessionResult } from './session.ts'

/** How to collect. */
export interface CollectOptions extends RunOptions {
  /** Sessions at a time. */
  readonly concurrency?: number
  /** Called before the first session, when everything that a person has to be asked for is there. */
  onStart?(total: number): void
  /** Reads the configuration of a device that is given as a file. */
  readFile(file: string, owner: { readonly device: string; readonly site: string; readonly platform: string }): Collected
}

/** What came of one device. */
export interface Gathered {
  readonly device: InventoryDevice
  readonly collected: Collected
  /** The command that printed the configuration; null where none was used. */
  readonly command: string | null
  /** What went wrong, with its kind; null for devices that are files too. */
  readonly failure: Failure | null
}

/** Collects every device, in the order of the inventory. One that fails is a result like any other. */
export async function collect(
  devices: readonly InventoryDevice[],
  options: CollectOptions & { onDone?(result: Collected, done: number, total: number): void },
): Promise<Collected[]> {
  const results = new Map<InventoryDevice, Collected>()
  await gather(devices, options, ({ device, collected }) => {
    const kept = digested(collected)
    results.set(device, kept)
    options.onDone?.(kept, results.size, devices.length)
  })
  return devices.flatMap(device => results.get(device) ?? [])
}

/** With the digest of the text that a session has brought. */
const digested = (collected: Collected): Collected =>
  collected.state === 'collected' && collected.sha256 === ''
    ? { ...collected, sha256: hash('sha256', collected.text) }
    : collected

/**
 * The same, one after the other as they come, and those of sessions without a digest. Nothing is kept, so memory does not grow with
 * the inventory; whoever takes a result and is done with its text says so with `forget`.
 */
export async function gather(
  devices: readonly InventoryDevice[],
  options: CollectOptions,
  take: (gathered: Gathered, forget: () => void) => void | Promise<void>,
): Promise<void> {
  const run = startRun(options)
  // A person is asked before anything starts, not in the middle of it.
  for (const { from } of devices) if ('ssh' in from && asks(from.ssh)) await askFor(from.ssh, run)
  options.onStart?.(devices.length)
  const sessions = options.concurrency ?? DEFAULT_SESSIONS
  const limit = pLimit(sessions)
  const visit = async (device: InventoryDevice, n: number) => {
    if (n < sessions) await pause(n * APART, run.signal)
    const { forget, ...result } = await one(device, options, run)
    await take({ device, ...result }, () => forget?.())
  }
  try {
    await Promise.all(devices.map((device, n) => limit(visit, device, n)))
  } finally {
    run.routes.close()
  }
}

/** Whether a person has to be asked for anything. */
const asks = (access: Access): boolean => access.enable === 'ask' || asksIn(access) || access.jumps.some(asksIn)
const asksIn = ({ password, passphrase }: Hop): boolean => password === 'ask' || passphrase === 'ask'

async function askFor(access: Access, { vault, signal }: Run): Promise<void> {
  for (const { reference, what } of [
    ...access.jumps.flatMap(hop => Object.values(neededFor(hop, true))),
    ...Object.values(neededFor(access, false)),
    { reference: access.enable, what: enablePassword(access) },
  ])
    if (reference === 'ask' && !signal.aborted) await vault.get(reference, what)
}

/**
 * Milliseconds between the first sessions. All at once they would stay in step: hundreds of logins in one moment, then
 * hundreds of configurations, and nothing to do in between.
 */
const APART = 3

/** Sessions at a time where nobody says. */
const DEFAULT_SESSIONS = 32

async function one(device: InventoryDevice, options: CollectOptions, run: Run): Promise<SessionResult> {
  const { name, site, platform, from } = device
  if ('file' in from)
    return { collected: options.readFile(from.file, { device: name, site, platform }), command: null, failure: null }
  const file = 'ssh' in from ? placeOf(from.ssh) : from.place
  const failed = (why: Failure): SessionResult => ({
    collected: {
      ...{ device: name, site, platform, file, state: 'failed', reason: why.failed },
      ...('unusable' in from && from.anywhere ? { adrift: true } : {}),
    },
    command: null,
    failure: why,
  })
  if ('unusable' in from) return failed(failure('inventory', from.unusable))
  if (run.signal.aborted) return failed(failure('interrupted', String(run.signal.reason)))
  try {
    return await collectOverSsh(device, from.ssh, run)
  } catch (error) {
    // A fault of ours in one session must not cost the others; the message may be anything, so only its kind is told.
    return failed(failure('fault', `collecting it failed inside the program (${(error as Error).name}); please report this`))
  }
}
