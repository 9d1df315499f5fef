// One device, collected over SSH: from its entry in the inventory to its configuration, or to the reason why there is none.
import { createHash } from 'node:crypto'
import type { Access, Collected, InventoryDevice } from '../model/inventory.ts'
import type { Platform } from '../parse/platform.ts'
import { pause } from './budget.ts'
import { converse, type Shell } from './converse.ts'
import { dialogue } from './dialogue.ts'
import { type Failure, failure } from './failure.ts'
import type { Greeting } from './greeting.ts'
import { hostTrust } from './host-key.ts'
import { type Clock, type Limits, limits } from './limits.ts'
import { type Login, loginTo } from './login.ts'
import { probe, recognise } from './recognise.ts'
import type { Run } from './run.ts'
import { type Connection, connect } from './ssh.ts'

/** Seconds a device may be silent. Building the configuration takes old modular switches the better part of a minute. */
const SILENCE = 75

interface Text {
  readonly text: string
  readonly platform: string
  readonly command: string
}

/** A configuration and the command that printed it; or a failure with its kind. */
export type SessionResult = { readonly collected: Collected; readonly command: string | null; readonly failure: Failure | null }

/** Collects one device. Never throws for anything a device or an inventory can do. */
export async function collectOverSsh(device: InventoryDevice, access: Access, run: Run): Promise<SessionResult> {
  const base = { device: device.name, site: device.site, file: placeOf(access) }
  const result = await withConnection(device, access, run, async (connection, clock) => {
    const shell = await connection.shell()
    return 'failed' in shell ? shell : talk(shell, device, access, run, clock)
  })
  if ('failed' in result) {
    const reason = run.vault.clean(result.failed).replace(/[\0-\x1f\x7f]+/g, ' ')
    return {
      collected: { ...base, platform: device.platform, state: 'failed', reason },
      command: null,
      failure: { ...result, failed: reason },
    }
  }
  const { text, platform, command } = result
  const collected: Collected = {
    ...base,
    text,
    platform,
    state: 'collected',
    sha256: createHash('sha256').update(text).digest('hex'),
    collected_at: new Date().toISOString(),
    incomplete: null,
    whole: true,
  }
  return { collected, command, failure: null }
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
  greeting?: Greeting,
): Promise<T | Failure> {
  const login = await loginTo(access, run.vault, run.keys, run.env)
  if (isFailure(login)) return login
  const time = limits(access.timeout, run.signal)
  for (let tries = 0; ; tries++) {
    const result = await attempt(device, access, run, { login, time, use, ...(greeting && { greeting }) })
    if (!isFailure(result) || !result.again || tries >= run.retries.count || time.over) return result
    await pause(run.retries.wait * 2 ** tries * (1 + Math.random() / 4), run.signal)
    if (time.over) return result
  }
}

interface Attempt<T> {
  readonly login: Login
  readonly time: Limits
  readonly greeting?: Greeting
  use(connection: Connection, clock: Clock): Promise<T | Failure>
}

async function attempt<T>(
  device: InventoryDevice,
  access: Access,
  run: Run,
  { login, time, greeting, use }: Attempt<T>,
): Promise<T | Failure> {
  const leave = await run.budget.enter(device.groups, run.signal)
  const clock = time.attempt()
  try {
    const stream = access.jumps.length > 0 ? await run.routes.stream(access.jumps, access.host, access.port, clock) : undefined
    if (stream && 'failed' in stream) return stream
    const connection = await connect({
      hop: access,
      device: device.name,
      trust: hostTrust(access, run.known, run.notice),
      ...(stream && { stream }),
      ...(greeting && { greeting }),
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

/** The conversation itself; for an unknown platform a short one first that asks what the device is. */
async function talk(shell: Shell, device: InventoryDevice, access: Access, run: Run, clock: Clock): Promise<Text | Failure> {
  const enable = access.enable === null ? null : await run.vault.get(access.enable, `enable password of ${access.username}`)
  if (enable && 'failed' in enable) return failure('no-credential', enable.failed)
  const line = watched(shell, clock.signal)
  const hold = async (conversation: ReturnType<typeof dialogue>): Promise<{ readonly done: string } | Failure> => {
    clock.step(() => conversation.waiting)
    const outcome = await converse(line.shell, conversation, Math.min(SILENCE, access.timeout) * 1000)
    if (clock.signal.aborted) return { ...(clock.signal.reason as Failure), again: false }
    if ('done' in outcome) return outcome
    if (line.lost()) return failure('hung-up', outcome.failed, true)
    return failure(/ was silent for /.test(outcome.failed) ? 'timed-out' : 'session', outcome.failed)
  }
  let platform: Platform | undefined
  let prompt = ''
  if (device.platform === 'auto') {
    const question = dialogue(probe)
    const version = await hold(question)
    if ('failed' in version) return { ...version, failed: `${version.failed}; set platform: for this device` }
    platform = run.recognise?.(version.done) ?? run.platformOf(recognise(version.done) ?? '')
    prompt = question.prompt
  } else platform = run.platformOf(device.platform)
  if (!platform) {
    const subject =
      device.platform === 'auto'
        ? 'the device does not say what it is in words this version knows'
        : `there is no platform "${device.platform}"`
    return failure('platform', `${subject}; set platform: for this device`)
  }
  const secret = enable && { value: enable.reveal(), reference: enable.reference }
  const shown = await hold(dialogue(platform.session, { enable: secret, prompt }))
  return 'failed' in shown ? shown : { text: shown.done, platform: platform.id, command: line.last(platform.session.show) }
}

/** A shell that ends when time is up, and remembers what was sent and whether the device hung up. */
function watched(shell: Shell, signal: AbortSignal) {
  const sent: string[] = []
  let lost = false
  const watching: Shell = {
    write(text) {
      sent.push(text.trim())
      shell.write(text)
    },
    listen({ data, end }) {
      signal.addEventListener('abort', end, { once: true })
      shell.listen({
        data,
        end() {
          lost = true
          end()
        },
      })
    },
    close: () => shell.close(),
  }
  return {
    shell: watching,
    lost: () => lost,
    /** The last of some commands that was sent. */
    last: (commands: readonly string[]) => sent.findLast(text => commands.includes(text)) ?? '',
  }
}
