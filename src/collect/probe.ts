// Asks a device what it offers, without logging in: is it there, which key does it show, which algorithms does it take?
import type { Access, InventoryDevice } from '../model/inventory.ts'
import type { Failure } from './failure.ts'
import { hostTrust } from './host-key.ts'
import type { Identification } from './identification.ts'
import { fingerprint, typeOf } from './known-hosts.ts'
import { limits } from './limits.ts'
import { isOld, offer } from './offer.ts'
import type { Run } from './run.ts'
import { connect } from './ssh.ts'

/** What a device says before anybody logs in. */
export interface Probed {
  readonly device: string
  readonly host: string
  readonly port: number
  /** Milliseconds until the keys were agreed on; null where they were not. */
  readonly milliseconds: number | null
  /** `SSH-2.0-...`; null where it said nothing. */
  readonly software: string | null
  /** The key it showed, as ssh prints it; null where it showed none. */
  readonly host_key: string | null
  /** What `collect` would make of that key; null where it would be trusted. */
  readonly distrust: Failure | null
  /** What it offers, by what is agreed on. */
  readonly offers: Readonly<Record<string, readonly string[]>>
  /** True where it needs `legacy_algorithms: true`. */
  readonly legacy: boolean
  /** Why it could not be asked; null where it could. */
  readonly failure: Failure | null
}

/** No credential is ever sent: the connection ends when the host key has been seen. */
export async function probeDevice(device: InventoryDevice, access: Access, run: Run): Promise<Probed> {
  const started = performance.now()
  const identification: Identification = { software: '', offers: new Map() }
  const seen: { key: Buffer | null; after: number } = { key: null, after: 0 }
  const clock = limits(access.timeout, run.signal).attempt()
  const trust = hostTrust({ ...access, host_keys: 'strict' }, run.known, () => {})
  // Everything we can do is offered, so that old devices show what they have as well.
  const hop = { ...access, legacy_algorithms: true }
  try {
    const stream = access.jumps.length > 0 ? await run.routes.stream(access.jumps, access.host, access.port, clock) : undefined
    const result =
      stream && 'failed' in stream
        ? stream
        : await connect({
            hop,
            device: device.name,
            trust: {
              types: trust.types,
              judge(key) {
                seen.key = key
                seen.after = performance.now() - started
                return SEEN
              },
            },
            ...(stream && { stream }),
            login: { username: access.username, agent: null, agentKeys: null, keys: [], password: null },
            rejections: run.rejections,
            clock,
            identification,
          })
    const failure = 'failed' in result && result !== SEEN ? result : null
    const offers = Object.fromEntries([...identification.offers].map(([what, list]) => [what, list.split(',')]))
    return {
      device: device.name,
      host: access.host,
      port: access.port,
      milliseconds: seen.key ? Math.round(seen.after) : null,
      software: identification.software || null,
      host_key: seen.key && `${typeOf(seen.key)} ${fingerprint(seen.key)}`,
      distrust: seen.key && trust.judge(seen.key),
      offers,
      legacy: needsLegacy(offers, access),
      failure,
    }
  } finally {
    clock.end()
  }
}

/** A device that could not be asked at all. */
export const unasked = (device: string, why: Failure): Probed => ({
  device,
  host: '',
  port: 0,
  milliseconds: null,
  software: null,
  host_key: null,
  distrust: null,
  offers: {},
  legacy: false,
  failure: why,
})

const SEEN: Failure = { failed: 'seen', kind: 'interrupted', again: false }

/** Nothing modern in common in one of the lists, and something old. */
function needsLegacy(offers: Readonly<Record<string, readonly string[]>>, access: Access): boolean {
  const modern = offer({ ...access, legacy_algorithms: false }, [])
  const lists: readonly [string, readonly string[]][] = [
    ['KEX method', modern.kex],
    ['Host key format', modern.serverHostKey],
    ['C->S cipher', modern.cipher],
    ['S->C cipher', modern.cipher],
    ['C->S MAC', modern.hmac],
    ['S->C MAC', modern.hmac],
  ]
  // With a cipher that checks integrity itself there is no separate MAC to agree on.
  return lists.some(([what, ours]) => {
    const theirs = offers[what] ?? []
    return theirs.length > 0 && !theirs.some(a => ours.includes(a)) && isOld(theirs.join(','))
  })
}
