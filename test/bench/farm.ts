// A farm of simulated routers in a process of its own: an SSH server on a port for each, on loopback. Its parent tells it how
// many of which kind, and gets the ports and the host keys. It ends with its parent.
import { createServer, type Server, type Socket } from 'node:net'
import ssh2, { type Connection, type ServerChannel } from 'ssh2'
import { generateIos } from './generate.ts'

/** What a router does: answers, hangs after the command, drops the line half-way, rejects the login, shows another key. */
export type Manner = 'answers' | 'hangs' | 'drops' | 'rejects' | 'changed'

/** What a farm is asked for. */
export interface FarmOrder {
  readonly manners: readonly Manner[]
  /** Milliseconds until a router answers the command. */
  readonly delay: number
  /** Of a configuration of 1 MB. */
  readonly scale: number
  readonly password: string
}

/** What a farm tells when it is up, and before it ends. */
export interface FarmReady {
  readonly ports: readonly number[]
  /** The host key that the client has on file for each router. */
  readonly known: readonly string[]
  /** Bytes of one configuration. */
  readonly bytes: number
}

const SHOW = 'show running-config view full'
const CHUNK = 16_384

const keyPair = () => {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519')
    // A few generated keys cannot be read back.
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return { private: pair.private, public: pair.public.trim() }
  }
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen({ port: 0, host: '127.0.0.1', backlog: 64 }, () => {
      const address = server.address()
      resolve(address !== null && typeof address === 'object' ? address.port : 0)
    })
  })

process.once('message', async (order: FarmOrder) => {
  const own = keyPair()
  const other = keyPair()
  const configuration = Buffer.from(generateIos(7, order.scale).replaceAll('\n', '\r\n'))
  const mannerOf = new WeakMap<Socket, Manner>()
  const ssh = new ssh2.Server({ hostKeys: [own.private] }, (connection: Connection & { _sock?: Socket }) => {
    const manner = (connection._sock && mannerOf.get(connection._sock)) ?? 'answers'
    connection
      .on('error', () => {})
      .on('authentication', context => {
        if (context.method !== 'password') context.reject(['password'])
        else if (manner !== 'rejects' && context.password === order.password) context.accept()
        else context.reject(['password'])
      })
      .on('session', accept =>
        accept()
          .on('pty', grant => grant?.())
          .on('shell', open => router(open(), connection, manner, configuration, order.delay)),
      )
  })
  const ports: number[] = []
  for (const manner of order.manners)
    ports.push(
      await listening(
        createServer({ noDelay: true }, socket => {
          mannerOf.set(socket, manner)
          socket.on('error', () => {})
          ssh.injectSocket(socket)
        }),
      ),
    )
  const known = order.manners.map(manner => (manner === 'changed' ? other.public : own.public))
  process.send?.({ ports, known, bytes: configuration.length } satisfies FarmReady)
})
process.once('disconnect', () => process.exit())

/** A command line that knows four commands. */
function router(channel: ServerChannel, connection: Connection, manner: Manner, configuration: Buffer, delay: number): void {
  const prompt = 'core-7#'
  channel.on('error', () => {})
  channel.write(`\r\n${prompt}`)
  let typed = ''
  const printed = (from: number, until: number) => {
    for (let at = from; at < until; at += CHUNK) channel.write(configuration.subarray(at, Math.min(until, at + CHUNK)))
  }
  channel.on('data', (bytes: Buffer) => {
    typed += bytes.toString('latin1')
    for (let end = typed.indexOf('\n'); end >= 0; end = typed.indexOf('\n')) {
      const command = typed.slice(0, end).trim()
      typed = typed.slice(end + 1)
      channel.write(`${command}\r\n`)
      if (command === 'exit') {
        channel.exit(0)
        channel.end()
      } else if (command !== SHOW) channel.write(prompt)
      else if (manner !== 'hangs')
        setTimeout(() => {
          if (manner === 'drops') {
            printed(0, configuration.length >> 1)
            setTimeout(() => connection.end(), 20)
          } else {
            printed(0, configuration.length)
            channel.write(prompt)
          }
        }, delay)
    }
  })
}
