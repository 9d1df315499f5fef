// One device, collected over SSH: from its entry in the inventory to its configuration, or to the reason why there is none.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Access, Collected, InventoryDevice } from '../model/inventory.ts'
import type { Platform } from '../parse/platform.ts'
import { converse, type Shell } from './converse.ts'
import { dialogue } from './dialogue.ts'
import { knownHost } from './known-hosts.ts'
import { probe, recognise } from './recognise.ts'
import { redact, resolveSecret, type Secret } from './secret.ts'
import { openShell } from './ssh.ts'

/** Seconds a device has to accept a connection. */
const CONNECT = 15
/** Seconds a device may be silent. Building the configuration takes old modular switches the better part of a minute. */
const SILENCE = 75

/** What a session needs from outside. */
export interface SessionOptions {
  platformOf(id: string): Platform | undefined
  /** Tells the platform from the answer to `show version`. */
  readonly recognise?: (version: string) => Platform | undefined
  readonly env?: NodeJS.ProcessEnv
}

interface Text {
  readonly text: string
  readonly platform: string
}

/** Collects one device. Never throws for anything a device or an inventory can do. */
export async function collectOverSsh(device: InventoryDevice, access: Access, options: SessionOptions): Promise<Collected> {
  const host = access.host.includes(':') ? `[${access.host}]` : access.host
  const base = { device: device.name, site: device.site, file: `ssh://${host}:${access.port}` }
  const secrets: Secret[] = []
  const failed = (reason: string): Collected => ({
    ...base,
    platform: device.platform,
    state: 'failed',
    reason: redact(reason, secrets).replace(/[\0-\x1f\x7f]+/g, ' '),
  })
  const env = options.env ?? process.env
  const wanted = { password: access.password, enable: access.enable }
  const found: { password?: Secret; enable?: Secret } = {}
  for (const name of ['password', 'enable'] as const) {
    const secret = wanted[name] === null ? null : resolveSecret(wanted[name], env)
    if (secret && 'failed' in secret) return failed(secret.failed)
    if (secret) secrets.push((found[name] = secret))
  }
  const key = keyOf(access.keys[0] ?? null)
  if (key && 'failed' in key) return failed(key.failed)

  const limits = new AbortController()
  let doing = () => 'connecting'
  const limit = (seconds: number) =>
    setTimeout(() => limits.abort(`timed out after ${seconds} s while ${doing()}`), seconds * 1000)
  const whole = limit(access.timeout)
  const connecting = limit(Math.min(CONNECT, access.timeout))
  try {
    const opened = await openShell(access, {
      login: {
        password: found.password ?? null,
        key: key?.bytes ?? null,
        agent: found.password || key ? null : (env.SSH_AUTH_SOCK ?? null),
      },
      known: knownHost(access.known_hosts[0] ?? '', access.host, access.port),
      signal: limits.signal,
      progress(step) {
        if (step !== 'connecting') clearTimeout(connecting)
        doing = () => step
      },
    })
    if ('failed' in opened) return failed(opened.failed)
    const { shell } = opened
    try {
      const result = await talk(
        shell,
        device,
        options,
        found.enable ?? null,
        Math.min(SILENCE, access.timeout) * 1000,
        waiting => {
          doing = waiting
        },
      )
      if (limits.signal.aborted) return failed(String(limits.signal.reason))
      if ('failed' in result) return failed(result.failed)
      const sha256 = createHash('sha256').update(result.text).digest('hex')
      return {
        ...base,
        ...result,
        state: 'collected',
        sha256,
        collected_at: new Date().toISOString(),
        incomplete: null,
        whole: true,
      }
    } finally {
      shell.close()
    }
  } finally {
    clearTimeout(whole)
    clearTimeout(connecting)
  }
}

/** The conversation itself; for an unknown platform a short one first that asks what the device is. */
async function talk(
  shell: Shell,
  device: InventoryDevice,
  options: SessionOptions,
  enable: Secret | null,
  patience: number,
  waiting: (doing: () => string) => void,
): Promise<Text | { readonly failed: string }> {
  const hold = (talk: ReturnType<typeof dialogue>) => {
    waiting(() => talk.waiting)
    return converse(shell, talk, patience)
  }
  let platform = device.platform === 'auto' ? undefined : options.platformOf(device.platform)
  let prompt = ''
  if (device.platform === 'auto') {
    const question = dialogue(probe)
    const version = await hold(question)
    if ('failed' in version) return { failed: `${version.failed}; set platform: for this device` }
    platform = options.recognise?.(version.done) ?? options.platformOf(recognise(version.done) ?? '')
    prompt = question.prompt
  }
  if (!platform) {
    const subject =
      device.platform === 'auto'
        ? 'the device does not say what it is in words this version knows'
        : `there is no platform "${device.platform}"`
    return { failed: `${subject}; set platform: for this device` }
  }
  const secret = enable && { value: enable.reveal(), reference: enable.reference }
  const shown = await hold(dialogue(platform.session, { enable: secret, prompt }))
  return 'failed' in shown ? shown : { text: shown.done, platform: platform.id }
}

function keyOf(path: string | null): { bytes: Buffer } | { failed: string } | null {
  if (path === null) return null
  try {
    return { bytes: readFileSync(path) }
  } catch (error) {
    return { failed: `the key file ${path} cannot be read (${(error as NodeJS.ErrnoException).code}); check key:` }
  }
}
