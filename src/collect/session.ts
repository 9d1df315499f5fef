// One device, collected over SSH: from its entry in the inventory to its configuration, or to the reason why there is none.
import type { Access, Collected, CollectedText, InventoryDevice } from '../model/inventory.ts'
import { pause } from './budget.ts'
import type { Connection } from './connection.ts'
import type { Failure } from './failure.ts'
import { hostTrust } from './host-key.ts'
import type { Identification } from './identification.ts'
import { type Clock, type Limits, limits } from './limits.ts'
import { type Login, loginTo } from './login.ts'
import type { Run } from './run.ts'
import { connect } from './ssh.ts'
import { talk } from './talk.ts'

/** A configuration and the command that printed it; or a failure with its kind. */
export interface SessionResult {
  readonly collected: Collected
  readonly command: string | null
  readonly failure: Failure | null
  /** Lets go of the text of the configuration, for those who are done with it; see `Text`. */
  forget?(): void
}

/** Collects one device. Never throws for anything a device or an inventory can do. */
export async function collectOverSsh(device: InventoryDevice, access: Access, run: Run): Promise<SessionResult> {
  const base = { device: device.name, site: device.site, file: placeOf(access) }
  const result = await withConnection(device, access, run, (connection, clock) => print(connection, device, access, run, clock))
  if ('failed' in result) {
    const reason = run.vault.clean(result.failed).replace(/[\0-\x1f\x7f-\x9f]+/g, ' ')
    return {
      collected: { ...base, platform: device.platform, state: 'failed', reason },
      command: null,
      failure: { ...result, failed: reason },
    }
  }
  const { text, platform, command } = result
  result.text = ''
  const collected: CollectedText & { text: string } = {
    text,
    platform,
    state: 'collected',
    // Made by whoever keeps the text: a snapshot stores another one, and has no use for it.
    sha256: '',
    collected_at: new Date().toISOString(),
    incomplete: null,
    whole: true,
    named: true,
    ...base,
  }
  const forget = () => {
    collected.text = ''
  }
  return { collected, command, failure: null, forget }
}

async function print(connection: Connection, device: InventoryDevice, access: Access, run: Run, clock: Clock) {
  const shell = await connection.shell()
  return 'failed' in shell ? shell : talk(shell, device, access, run, clock)
}

/** Where a device is, as results name it. */
export const placeOf = ({ host, port }: Access): string => `ssh://${host.includes(':') ? `[${host}]` : host}:${port}`

/**
 * Logs in, does something, and hangs up. Tries again where that is safe: as long as no credential was sent, or after one
 * was taken.
 */
export async function withConnection<T>(
  device: InventoryDevice,
  access: Access,
  run: Run,
  use: (connection: Connection, clock: Clock) => Promise<T | Failure>,
  identification?: Identification,
): Promise<T | Failure> {
  const login = await loginTo(access, false, run.vault, run.keys, run.env)
  if (isFailure(login)) return login
  const time = limits(access.timeout, run.signal)
  for (let tries = 0; ; tries++) {
    const result = await attempt(device, access, run, { login, time, use, ...(identification && { identification }) })
    if (!isFailure(result) || !result.again || tries >= run.retries.count || time.over()) return result
    await pause(run.retries.wait * 2 ** tries * (1 + Math.random() / 4), run.signal)
    if (time.over()) return result
  }
}

interface Attempt<T> {
  readonly login: Login
  readonly time: Limits
  readonly identification?: Identification
  use(connection: Connection, clock: Clock): Promise<T | Failure>
}

async function attempt<T>(
  device: InventoryDevice,
  access: Access,
  run: Run,
  { login, time, identification, use }: Attempt<T>,
): Promise<T | Failure> {
  const leave = await run.budget.enter(device.groups, run.signal)
  const clock = time.attempt()
  try {
    const stream = access.jumps.length > 0 ? await run.routes.stream(access.jumps, access.host, access.port, clock) : undefined
    if (stream && 'failed' in stream) return stream
    const connection = await connect({
      hop: access,
      device: device.name,
      jumps: access.jumps,
      trust: hostTrust(access, run.known, run.notice),
      ...(stream && { stream }),
      ...(identification && { identification }),
      login,
      rejections: run.rejections,
      clock,
    })
    leave()
    if ('failed' in connection) return connection
    try {
      return await use(connection, clock)
    } finally {
      connection.close()
    }
  } finally {
    leave()
    clock.end()
  }
}

const isFailure = (value: unknown): value is Failure => typeof value === 'object' && value !== null && 'failed' in value
