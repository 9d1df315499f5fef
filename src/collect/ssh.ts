// The SSH client: the only file that speaks SSH to a device. The host key is judged before anything secret is sent.
import { readFileSync } from 'node:fs'
import type { Duplex } from 'node:stream'
import ssh2 from 'ssh2'
import type { Hop } from '../model/inventory.ts'
import { authentication } from './authenticate.ts'
import { type Connection, connectionOn } from './connection.ts'
import { type Failure, failure } from './failure.ts'
import type { HostTrust } from './host-key.ts'
import { type Identification, overhear } from './identification.ts'
import { type Clock, SECONDS } from './limits.ts'
import type { Login } from './login.ts'
import { offer } from './offer.ts'
import { newPassword } from './questions.ts'
import { explain, type Handshake, hungUp } from './reason.ts'
import type { Rejections } from './rejections.ts'
import { deafen, openSocket } from './socket.ts'

export type {
  AnyAuthMethod,
  AuthHandlerMiddleware,
  BaseAgent,
  CipherAlgorithm,
  Client,
  ClientChannel,
  KexAlgorithm,
  MacAlgorithm,
  ServerHostKeyAlgorithm,
} from 'ssh2'

/** How to connect. */
export interface ConnectOptions {
  readonly hop: Hop
  /** The device, as counts of rejections call it. */
  readonly device: string
  /** The hosts on the way to it. */
  readonly jumps?: readonly Hop[]
  readonly trust: HostTrust
  /** A stream through another host; absent to connect directly. */
  readonly stream?: Duplex
  readonly login: Login
  readonly rejections: Rejections
  readonly clock: Pick<Clock, 'stop' | 'step'>
  /** Filled as the server speaks. */
  readonly identification?: Identification
  /** For connections that others go through: notices a peer that is gone. */
  readonly keepalive?: boolean
}

/** Connects and logs in, or says in one sentence why not. */
export async function connect(options: ConnectOptions): Promise<Connection | Failure> {
  const listening = options.identification !== undefined || options.stream !== undefined
  const result = await tryOnce(options, listening)
  // What both sides offered is told in debugging output alone, which costs every session time; so it is asked for once more.
  return !listening && 'failed' in result && result.kind === 'algorithms' ? tryOnce(options, true) : result
}

function tryOnce(options: ConnectOptions, listening: boolean): Promise<Connection | Failure> {
  const { hop, trust, clock, identification } = options
  return new Promise(resolve => {
    const client = new ssh2.Client()
    const jump = options.keepalive === true
    const handshake: Handshake = { doing: '', agreed: false, exposed: false, jump, category: '', local: '', remote: '' }
    const step = (doing: string, seconds?: number) => {
      handshake.doing = doing
      clock.step(doing, seconds)
    }
    let stream: Duplex | undefined
    let distrust: Failure | null = null
    let open = false
    const end = (result: Connection | Failure, byDevice = false) => {
      clock.stop.forget(abort)
      if ('failed' in result) {
        auth.over(byDevice)
        // An error while the connection goes down is no news.
        client.removeAllListeners('error').on('error', () => {})
        client.destroy()
      }
      resolve(result)
    }
    // Nobody knows whether a credential that was sent has counted.
    const abort = (why: Failure) => end({ ...why, again: why.again && !handshake.exposed })
    const auth = authentication({
      agent: agentOf(options.login),
      place: [...(options.jumps ?? []), hop].map(({ host, port }) => `${host} ${port}`).join(' '),
      fail: end,
      step(doing) {
        if (doing === 'logging in') handshake.exposed = true
        if (doing === 'waiting') step('waiting to learn whether another device takes the same credential')
        else step(`logging in as ${hop.username}`, SECONDS.login)
      },
      ...options,
    })
    if (clock.stop.why) return abort(clock.stop.why)
    clock.stop.listen(abort)
    step('connecting', SECONDS.connect)
    client
      .on('connect', () => {
        step('agreeing on keys', SECONDS.keys)
      })
      // Once: when keys are renewed in mid-session nobody logs in.
      .once('handshake', () => {
        handshake.agreed = true
        step(`logging in as ${hop.username}`, SECONDS.login)
      })
      .on('ready', () => {
        auth.accepted()
        handshake.exposed = false
        open = true
        end(connectionOn(client, clock, { open: () => open, deafen: () => stream && deafen(stream) }))
      })
      // Through another host the line stays half open until our side of it is closed too, which the client does for sockets only.
      .on('end', () => options.stream?.destroy())
      .on('change password', () => end(newPassword(hop.username)))
      .on('error', error => end(distrust ?? explain(error, hop, handshake, auth.last()), true))
      .on('close', () => {
        open = false
        end(distrust ?? hungUp(`the device closed the connection while ${handshake.doing}`, handshake.exposed), true)
      })
    try {
      const sock = options.stream ?? openSocket(hop.host, hop.port)
      stream = sock
      client.connect({
        sock,
        username: hop.username,
        readyTimeout: 0,
        ...(options.keepalive ? { keepaliveInterval: 15_000, keepaliveCountMax: 3 } : {}),
        algorithms: offer(hop, trust.types),
        hostVerifier: (key: Buffer) => {
          distrust = trust.judge(key)
          return distrust === null
        },
        authHandler: auth.handler,
        // The offers are nowhere else to be had; the last pair before a failure is the one that has nothing in common.
        ...(listening && { debug: (line: string) => overhear(line, handshake, identification) }),
      })
    } catch (error) {
      end(failure('fault', `the SSH client refused to connect: ${(error as Error).message}`))
    }
  })
}

/** The agent as the client takes it: its socket, or one that shows the wanted keys alone (IdentitiesOnly in ssh_config(5)). */
function agentOf({ agent: socket, agentKeys }: Login): ssh2.BaseAgent | string | null {
  if (socket === null || agentKeys === null) return socket
  const agent = ssh2.createAgent(socket)
  const wanted = new Set(agentKeys.flatMap(publicHalf))
  const all = agent.getIdentities.bind(agent)
  agent.getIdentities = done =>
    all((error, keys) =>
      done(
        error,
        keys?.filter(
          key => typeof key === 'object' && 'getPublicSSH' in key && wanted.has(key.getPublicSSH().toString('base64')),
        ),
      ),
    )
  return agent
}

/** The public half of a key in base64: from the file beside it, or from its own, which may be the public half already. */
function publicHalf(path: string): string[] {
  for (const file of [`${path}.pub`, path])
    try {
      const parsed = ssh2.utils.parseKey(readFileSync(file))
      const [key] = [parsed].flat()
      if (key && !(key instanceof Error)) return [key.getPublicSSH().toString('base64')]
    } catch {
      // What cannot be read names no key; the agent is asked for the others.
    }
  return []
}

/** A private key file as the client takes it; an Error where it is none, or locked. */
export function parseKey(file: Buffer, passphrase: string | undefined): unknown {
  const parsed = ssh2.utils.parseKey(file, passphrase)
  if (parsed instanceof Error) return parsed
  const [key] = [parsed].flat()
  return key?.isPrivateKey() ? key : new Error('no private key')
}
