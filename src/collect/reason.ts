// Connection trouble in the words of the person who has to do something about it.
import type { Hop } from '../model/inventory.ts'
import type { Sent } from './authenticate.ts'
import { type Failure, failure } from './failure.ts'
import { isOld, type Offer, offer } from './offer.ts'

/** How far a connection has come, and what both sides offered of what was compared last. */
export interface Handshake {
  doing: string
  /** Both sides have agreed on keys; what comes behind that is about the login. */
  agreed: boolean
  /** True from the moment a credential may have been sent until one is taken. */
  exposed: boolean
  /** It is a host on the way to others. */
  readonly jump: boolean
  category: string
  local: string
  remote: string
}

const CATEGORIES: Readonly<Record<string, string>> = { 'KEX method': 'key exchange', 'Host key format': 'host key type' }

const DOOR = 'check that SSH is on, lets this address in and has a session free'

/** What OpenSSH says to one who has used up its MaxAuthTries, and others after it. */
const TOO_MANY = /too many authentication failures/i

/** One sentence for an error of the SSH client; `sent` is the credential that was sent last. Once there is one, no other try is safe. */
export function explain(error: SshError, hop: Hop, handshake: Handshake, sent: Sent | null): Failure {
  const why = sent && handshake.agreed && TOO_MANY.test(error.message) ? tooMany(hop, sent) : reasonOf(error, hop, handshake)
  return handshake.exposed ? { ...why, again: false } : why
}

type SshError = Error & { readonly code?: unknown; readonly level?: string }

function reasonOf(error: SshError, hop: Hop, handshake: Handshake): Failure {
  const { doing, exposed } = handshake
  const place = `${hop.host} port ${hop.port}`
  if (error.level === 'agent')
    return failure('no-credential', `the SSH agent did not help: ${error.message}; check SSH_AUTH_SOCK`)
  switch (error.code) {
    case 'ENOTFOUND':
    case 'EAI_NODATA':
    case 'EAI_AGAIN':
      return failure(
        'no-address',
        `there is no address for the name ${hop.host}; check host: and the name service`,
        error.code === 'EAI_AGAIN',
      )
    case 'ECONNREFUSED':
      return failure('refused', `${place} refused the connection; check port: and that SSH is on`, true)
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return failure(
        'unreachable',
        `${hop.host} cannot be reached from here (${error.code}); check the route and any firewall`,
        true,
      )
    case 'ETIMEDOUT':
      return failure('timed-out', `${place} did not answer; check the address, the route and any firewall`, true)
    case 'EMFILE':
    case 'ENFILE':
      return failure(
        'fault',
        `this machine has no more open files to give (${error.code}); raise ulimit -n or lower --concurrency`,
        true,
      )
    case 'ECONNRESET':
    case 'EPIPE':
      if (handshake.agreed) return hungUp(`the device broke the connection off while ${doing}`, exposed)
      return failure('hung-up', `${place} hung up while ${doing}; ${DOOR}`, true)
  }
  // Devices word their farewells as they like: behind the handshake these words are theirs.
  if (!handshake.agreed && /no matching/i.test(error.message)) return nothingCommon(hop, handshake)
  if (!handshake.agreed && /before handshake/.test(error.message)) {
    return failure('hung-up', `${place} hung up before SSH began; ${DOOR}`, true)
  }
  return failure('session', `SSH failed while ${doing}: ${error.message.replace(/[\0-\x1f\x7f]+/g, ' ').slice(0, 200)}`)
}

/** A password is never sent twice, so it alone was enough; keys are shown one after the other. */
const tooMany = ({ username }: Hop, { type, what }: Sent): Failure =>
  failure(
    'rejected',
    type === 'publickey' || type === 'agent'
      ? `the device hung up on ${username} after as many keys as it puts up with; name the one that it knows with key:, or with IdentityFile and IdentitiesOnly in the SSH configuration`
      : what,
  )

/** The device closed the connection. Where a credential may have counted, another try could lock the account. */
export const hungUp = (what: string, exposed: boolean): Failure =>
  failure('hung-up', `${what}; check that it lets this address and user in, and has a session free`, !exposed)

function nothingCommon(hop: Hop, { category, local, remote, jump }: Handshake): Failure {
  const what = CATEGORIES[category] ?? category.replace(/^.->. /, '')
  const setting = jump ? 'legacy_algorithms: true for it under jump_hosts:' : 'ssh: { legacy_algorithms: true } for it'
  const [keyword, list] = LISTS[what] ?? ['', 'kex']
  const hint = remote.split(',').some(a => unrestricted(hop)[list].some(ours => ours === a))
    ? `change ${keyword} in the SSH configuration, which leaves that out`
    : hop.legacy_algorithms
      ? 'the device needs newer software'
      : isOld(remote)
        ? `set ${setting} if it can do no better`
        : 'the device needs other software'
  return failure(
    'algorithms',
    `there is no common ${what}: the device offers ${remote || 'none'}, we offer ${local || 'none'}; ${hint}`,
  )
}

/** Keywords of ssh_config(5) for what is agreed on, and our lists of it. */
const LISTS: Readonly<Record<string, readonly [string, keyof Offer]>> = {
  'key exchange': ['KexAlgorithms', 'kex'],
  'host key type': ['HostKeyAlgorithms', 'serverHostKey'],
  'cipher': ['Ciphers', 'cipher'],
  'MAC': ['MACs', 'hmac'],
}

/** What we would offer if the SSH configuration said nothing of it. */
const unrestricted = (hop: Hop): Offer =>
  offer({ ...hop, algorithms: { kex: null, ciphers: null, macs: null, host_keys: null } }, [])
