// Logging in: each credential once, and none that devices keep rejecting. Which method comes next is decided here.
import { type Failure, failure } from './failure.ts'
import type { Login } from './login.ts'
import { type Question, questions } from './questions.ts'
import type { Rejections } from './rejections.ts'
import type { AnyAuthMethod, AuthHandlerMiddleware, BaseAgent } from './ssh.ts'

/** A credential that was sent. */
export interface Sent {
  readonly type: AnyAuthMethod['type']
  /** One sentence: that it was rejected; what to do about it. */
  readonly what: string
}

/** A login under way. */
export interface Authentication {
  readonly handler: AuthHandlerMiddleware
  /** The device let us in. */
  accepted(): void
  /** What was sent last, and what it means that the device does not take it; null before the first credential. */
  last(): Sent | null
  /** The connection is over. A device that ends it itself once it has a credential has not taken it. */
  over(byDevice: boolean): void
}

/** What a login needs from the session around it. */
export interface AuthenticationOptions {
  readonly login: Login
  /** The agent of the login as the client takes it; null for none. */
  readonly agent: BaseAgent | string | null
  /** The device, as counts of rejections call it. */
  readonly device: string
  /** Where it is: the hosts on the way, and its own. */
  readonly place: string
  readonly rejections: Rejections
  /** Ends the session. */
  fail(failure: Failure): void
  /** What is going on: waiting for others to learn whether a credential is any good, or sending it. */
  step(doing: 'waiting' | 'logging in'): void
}

type Next = Parameters<AuthHandlerMiddleware>[2]

/** `credential` tells it from others, `called` is for people. */
type Candidate = AnyAuthMethod & { readonly credential: string; readonly called: string; readonly what: string }

/** Prepares the login to one device. */
export function authentication({ login, agent, device, place, rejections, fail, step }: AuthenticationOptions): Authentication {
  const { username, password } = login
  const tried: Candidate[] = []
  let sent: string | null = null
  let last: Sent | null = null
  let first = true
  let ended = false
  let waiting = false
  let refusal: Failure | null = null
  const settle = (accepted: boolean | null) => {
    if (sent !== null) rejections.answered(sent, place, device, accepted)
    sent = null
  }
  const rejected = (left: readonly string[]): Failure => {
    const latest = tried.at(-1)
    if (latest) return failure('rejected', latest.what)
    const methods = left.join(' or ') || 'no method we know'
    return failure(
      'no-credential',
      `there is nothing to log in with as ${username}: the device takes ${methods}; set password: or key:`,
    )
  }
  const incomplete = (left: readonly string[]): Failure =>
    failure(
      'no-credential',
      `the device asks ${username} for one more credential (${left.join(' or ')}); set password: and key: both`,
    )
  const replies = questions(username, () => password?.reveal() ?? '')
  const answerQuestions = (
    _name: string,
    instructions: string,
    _language: string,
    asked: readonly Question[],
    finish: (answers: string[]) => void,
  ) => {
    const reply = replies(instructions, asked)
    if (reply === 'rejected') {
      settle(false)
      fail(rejected([]))
    } else if ('failed' in reply) fail(reply)
    else finish([...reply])
  }
  const byPassword = password && {
    username,
    credential: password.id,
    called: password.reference,
    what: `the password was rejected for ${username} (${password.reference}); correct it before the account is locked`,
  }
  const candidates: readonly Candidate[] = [
    ...login.keys.map(key => ({
      type: 'publickey' as const,
      username,
      key: key.parsed as Buffer,
      credential: `key ${key.path}`,
      called: key.path,
      what: `the key ${key.path} was rejected for ${username}; check that the device has its public half`,
    })),
    // Behind the keys that are named, because it may hold many: devices hang up after a few that they do not know.
    ...(agent === null
      ? []
      : [
          {
            type: 'agent' as const,
            username,
            agent,
            credential: `agent ${login.agent}`,
            called: 'agent',
            what: `no key of the SSH agent was accepted for ${username}; add one that the device knows to the agent`,
          },
        ]),
    ...(byPassword === null
      ? []
      : [
          { type: 'password' as const, password: password?.reveal() ?? '', ...byPassword },
          { type: 'keyboard-interactive' as const, prompt: answerQuestions, ...byPassword },
        ]),
  ]
  const takes = (left: readonly string[], { type }: Candidate) => left.includes(type === 'agent' ? 'publickey' : type)
  /** The next credential that the device takes and that this run still uses; each has its turn once. */
  const propose = (left: readonly string[], partial: boolean, next: Next): void => {
    const candidate = candidates.find(c => takes(left, c) && !tried.some(t => t.credential === c.credential))
    if (!candidate) {
      fail(refusal ?? (partial ? incomplete(left) : rejected(left)))
      return
    }
    tried.push(candidate)
    const name = `${candidate.called} for ${username}`
    const counted = `${username} ${candidate.credential}`
    step('waiting')
    waiting = true
    void rejections.ask(counted, place).then(refused => {
      waiting = false
      // The session may have ended in the meantime; the turn must be given back all the same.
      if (ended) return refused === null && rejections.answered(counted, place, device, null)
      refusal =
        refused === null
          ? null
          : failure('not-tried', `${name} was not tried: ${refused}; correct it, then collect this device again`)
      // A key that few devices have is no reason to keep the password from the others.
      if (refusal) return propose(left, partial, next)
      sent = counted
      last = candidate
      step('logging in')
      return next(candidate)
    })
  }

  return {
    handler(left, partial, next) {
      if (waiting) return fail(failure('session', 'the device answered before it was asked; check what stands at this address'))
      // A first key that counts as one of several factors was accepted.
      settle(partial === true)
      if (first) {
        first = false
        // Asking with no credential at all makes the device name its methods; a few let everybody in.
        next({ type: 'none', username })
        return
      }
      propose(left, partial === true, next)
    },
    accepted: () => settle(true),
    last: () => last,
    over(byDevice) {
      settle(byDevice ? false : null)
      ended = true
    },
  }
}
