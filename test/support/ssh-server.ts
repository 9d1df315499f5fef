// An SSH server that behaves as a test wants it to, and remembers what clients sent it.
import { connect, createServer, type Socket } from 'node:net'
import ssh2, { type Algorithms, type ServerChannel } from 'ssh2'

/** How the server behaves. */
export interface Behaviour {
  readonly algorithms?: Algorithms
  /** Methods it names; those it lacks are turned down by name, and so is every key. */
  readonly methods?: readonly ('password' | 'keyboard-interactive' | 'publickey')[]
  readonly password?: string
  /** What it asks in keyboard-interactive. */
  readonly question?: string
  /** What it asks before that, in a round of its own, where the answer may be seen. */
  readonly asksBefore?: string
  /** What it asks after that, in the same way. */
  readonly asksAfter?: string
  /** What happens in a shell. */
  shell?(channel: ServerChannel): void
  /** Lets clients through to other ports of this machine. */
  readonly forwards?: boolean
  /** Hangs up as soon as a password has come, without a word on it. */
  readonly hangsUpOnPassword?: boolean
  /** Takes a right password for one of two factors, and still names every method. */
  readonly wantsMore?: boolean
  /** Milliseconds until it says what it makes of a password. */
  readonly answersPasswordAfter?: number
  /** Hangs up on so many connections before it serves one. */
  readonly busy?: number
}

/** A running server. */
export interface TestServer {
  readonly port: number
  /** Its known_hosts line. */
  readonly known: string
  /** Every credential that any client sent, as `method value`. */
  readonly credentials: string[]
  /** Connections so far. */
  readonly connections: () => number
  close(): Promise<void>
}

/** A key pair that can be read back; with a passphrase, the private half is locked. */
export function keyPair(passphrase?: string): { readonly private: string; readonly public: string } {
  for (;;) {
    const pair = passphrase
      ? ssh2.utils.generateKeyPairSync('ed25519', { passphrase, cipher: 'aes256-cbc', rounds: 4 })
      : ssh2.utils.generateKeyPairSync('ed25519')
    if (!(ssh2.utils.parseKey(pair.private, passphrase) instanceof Error)) return pair
  }
}

/** Starts a server on a free port of the loopback interface. */
export async function startServer(behaviour: Behaviour = {}): Promise<TestServer> {
  const { methods = ['password'], password = 'correct-horse', question = 'Password: ', algorithms } = behaviour
  const pair = keyPair()
  const credentials: string[] = []
  const sockets = new Set<Socket>()
  const ssh = new ssh2.Server({ hostKeys: [pair.private], ...(algorithms ? { algorithms } : {}) }, connection => {
    connection
      .on('error', () => {})
      .on('authentication', context => {
        const settle = (given = '') => {
          credentials.push(`${context.method} ${given}`)
          if (behaviour.hangsUpOnPassword) return connection.end()
          const answer = () =>
            given === password && !behaviour.wantsMore ? context.accept() : context.reject([...methods], given === password)
          if (behaviour.answersPasswordAfter) setTimeout(answer, behaviour.answersPasswordAfter)
          else answer()
        }
        if (context.method === 'password' && methods.includes('password')) settle(context.password)
        else if (context.method === 'keyboard-interactive' && methods.includes('keyboard-interactive')) {
          const { asksBefore, asksAfter } = behaviour
          const ask = (prompt: string, echo: boolean, done: (given: string) => void) =>
            context.prompt([{ prompt, echo }], ([given = '']) => done(given))
          const onward = (given: string) => (asksAfter === undefined ? settle(given) : ask(asksAfter, true, () => settle(given)))
          const main = () => ask(question, false, onward)
          if (asksBefore === undefined) main()
          else
            ask(asksBefore, true, given => {
              credentials.push(`answer ${given}`)
              main()
            })
        } else {
          if (context.method !== 'none') credentials.push(context.method)
          context.reject([...methods])
        }
      })
      .on('tcpip', (accept, reject, { destIP, destPort }) => {
        if (!behaviour.forwards) return reject()
        const onward = connect(destPort, destIP)
        onward.on('error', () => reject())
        onward.once('connect', () => {
          const channel = accept()
          channel.on('error', () => {})
          channel.pipe(onward).pipe(channel)
        })
      })
      .on('session', accept =>
        accept()
          .on('pty', grant => grant?.())
          .on('shell', open => behaviour.shell?.(open())),
      )
  })
  let connections = 0
  const server = createServer(socket => {
    if (++connections <= (behaviour.busy ?? 0)) return socket.destroy()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    ssh.injectSocket(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    port,
    known: `[127.0.0.1]:${port} ${pair.public.trim()}\n`,
    credentials,
    connections: () => connections,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
