// An interactive shell on a device over SSH. The host key is judged before anything secret is sent.
import ssh2, { type AnyAuthMethod, type AuthHandlerMiddleware, type Client, type ClientChannel } from 'ssh2'
import type { Access } from '../model/inventory.ts'
import type { Shell } from './converse.ts'
import type { KnownHost } from './known-hosts.ts'
import { offer } from './offer.ts'
import { explain, type Handshake } from './reason.ts'
import type { Secret } from './secret.ts'

/** What to log in with. */
export interface Login {
  readonly password: Secret | null
  /** The private key itself. */
  readonly key: Buffer | null
  /** Socket of an SSH agent. */
  readonly agent: string | null
}

/** How to open a shell. */
export interface ShellOptions {
  readonly login: Login
  readonly known: KnownHost
  /** Gives up and hangs up. */
  readonly signal: AbortSignal
  /** Told what is going on, to go after "while". */
  progress(doing: string): void
}

/** Opens a shell, or says in one sentence why not. */
export function openShell(
  access: Access,
  { login, known, signal, progress }: ShellOptions,
): Promise<{ shell: Shell } | { failed: string }> {
  return new Promise(resolve => {
    const client = new ssh2.Client()
    const handshake: Handshake = { doing: 'connecting', category: '', local: '', remote: '' }
    const step = (doing: string) => {
      handshake.doing = doing
      progress(doing)
    }
    const fail = (failed: string) => {
      resolve({ failed })
      client.destroy()
    }
    let distrust: string | null = null
    step('connecting')
    signal.addEventListener('abort', () => fail(String(signal.reason)), { once: true })
    client
      .on('connect', () => {
        // Many small messages wait for one another here: with Nagle's algorithm each costs a delayed acknowledgement.
        client.setNoDelay(true)
        step('agreeing on keys')
      })
      .on('handshake', () => step(`logging in as ${access.username}`))
      .on('ready', () => {
        step('opening a shell')
        // Wide, because some systems break lines at the edge; 511 by 1000 is what netmiko asks every vendor for.
        client.shell({ term: 'dumb', cols: 511, rows: 1000, width: 0, height: 0 }, (error, channel) =>
          error
            ? fail(`the device gave no shell (${error.message}); check what the user may do`)
            : resolve({ shell: shellOn(client, channel) }),
        )
      })
      .on('change password', () => fail(`the device wants a new password for ${access.username}; log in once by hand and set it`))
      .on('error', error => fail(distrust ?? explain(error, access, handshake)))
      .on('close', () =>
        fail(
          distrust ?? `the device closed the connection while ${handshake.doing}; check that it lets this address and user in`,
        ),
      )
    const unusable = login.key && ssh2.utils.parseKey(login.key)
    if (unusable instanceof Error) {
      const why = /passphrase/i.test(unusable.message)
        ? 'is protected by a passphrase, which is not supported: load it into an SSH agent'
        : 'is no private key'
      return fail(`the key ${access.keys[0]} ${why}`)
    }
    try {
      client.connect({
        host: access.host,
        port: access.port,
        username: access.username,
        readyTimeout: 0,
        algorithms: offer(access.legacy_algorithms, known.types),
        hostVerifier: (key: Buffer) => {
          distrust = known.judge(key)
          return distrust === null
        },
        authHandler: authenticate(access, login, fail),
        // The offers are nowhere else to be had; the last pair before a failure is the one that has nothing in common.
        debug: line => {
          const [, side, category, list] = /^Handshake: \((local|remote)\) ([^:]+): (.*)$/.exec(line) ?? []
          if (side) Object.assign(handshake, { category, [side]: list })
        },
      })
    } catch (error) {
      fail(`the SSH client refused to connect: ${(error as Error).message}`)
    }
  })
}

/** Questions that the password is no answer to. */
const ONE_TIME = /code|token|otp|challenge|verif/i

/** Each credential once: devices lock accounts, and a second try with the same password tells nothing new. */
function authenticate(access: Access, login: Login, fail: (reason: string) => void): AuthHandlerMiddleware {
  const { username } = access
  const tried: string[] = []
  let first = true
  let asked = 0
  const prompt = (
    _name: string,
    _text: string,
    _lang: string,
    prompts: readonly { prompt: string; echo?: boolean }[],
    finish: (answers: string[]) => void,
  ) => {
    const odd = prompts.find(p => ONE_TIME.test(p.prompt))
    if (asked++ > 0 || odd) fail(rejection(access, tried, odd?.prompt))
    else finish(prompts.map(p => (p.echo ? username : (login.password?.reveal() ?? ''))))
  }
  const methods: readonly (AnyAuthMethod & { credential: string; usable: boolean })[] = [
    { type: 'publickey', username, key: login.key ?? '', credential: 'key', usable: login.key !== null },
    {
      type: 'password',
      username,
      password: login.password?.reveal() ?? '',
      credential: 'password',
      usable: login.password !== null,
    },
    { type: 'keyboard-interactive', username, prompt, credential: 'password', usable: login.password !== null },
    { type: 'agent', username, agent: login.agent ?? '', credential: 'agent', usable: login.agent !== null },
  ]
  return (left, partial, next) => {
    // Asking with no credential at all makes the device name its methods; a few let everybody in.
    if (first) {
      first = false
      next({ type: 'none', username })
      return
    }
    const method = methods.find(
      m => m.usable && !tried.includes(m.credential) && left.includes(m.type === 'agent' ? 'publickey' : m.type),
    )
    if (!method && partial)
      return fail(`the device asks ${username} for one more credential (${left.join(' or ')}), which is not supported`)
    if (!method) return fail(rejection(access, tried, undefined, left))
    tried.push(method.credential)
    next(method)
  }
}

/** Why nobody was let in. Names references, never values. */
function rejection(access: Access, tried: readonly string[], question?: string, left: readonly string[] = []): string {
  const { username } = access
  const reference = access.password?.startsWith('plain:') ? 'plain: in the inventory' : access.password
  if (question !== undefined)
    return `the device asks ${username} for more than a password ("${question.trim().slice(0, 60)}"), which is not supported`
  if (tried.includes('password')) return `the password was rejected for ${username} (${reference})`
  if (tried.includes('key')) return `the key ${access.keys[0]} was rejected for ${username}`
  if (tried.includes('agent')) return `no key of the SSH agent was accepted for ${username}`
  return `there is nothing to log in with as ${username}: the device takes ${left.join(' or ') || 'no method we know'}; set password: or key:`
}

function shellOn(client: Client, channel: ClientChannel): Shell {
  channel.stderr.resume()
  // Writing to a channel that the device has just closed is no news: the end of the session is told below.
  channel.on('error', () => {})
  return {
    write: text => void channel.write(text),
    listen({ data, end }) {
      channel.on('data', (bytes: Buffer) => data(bytes.toString('latin1')))
      channel.on('close', end)
      client.on('close', end)
    },
    close() {
      client.end()
      // A device that does not hang up in turn must not keep us.
      setTimeout(() => client.destroy(), 500).unref()
    },
  }
}
