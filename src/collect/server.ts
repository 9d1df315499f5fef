// An SSH server for simulated routers, on loopback only as far as its callers see to it.
import { createServer, type Socket } from 'node:net'
import ssh2, { type AuthContext, type Connection, type ServerChannel } from 'ssh2'
import { answerTo, commandLine, type Router } from './router.ts'

/** What one simulated router needs to be served. */
export interface ServeOptions {
  readonly router: Router
  readonly host: string
  /** 0 for any that is free. */
  readonly port: number
  readonly username: string
  readonly password: string
  /** Private host key. */
  readonly hostKey: string
}

/** A router that is up. */
export interface Served {
  readonly port: number
  close(): Promise<void>
}

/** A host key for one run: the private half for servers, the public half as known_hosts has it. */
export function generateHostKey(): { readonly hostKey: string; readonly line: string } {
  for (let attempt = 0; ; attempt++) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519')
    // A few generated keys cannot be read back, so each is tried before it is used.
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error) || attempt === 9)
      return { hostKey: pair.private, line: pair.public.trim() }
  }
}

/** Serves one router. Rejects with the socket's error when the port cannot be had. */
export function serve({ router, host, port, username, password, hostKey }: ServeOptions): Promise<Served> {
  const sockets = new Set<Socket>()
  const ssh = new ssh2.Server({ hostKeys: [hostKey], ident: 'simulated' }, connection => {
    connection
      .on('authentication', context => authenticate(context, username, password))
      .on('ready', () => converse(connection, router, username))
      // Clients that hang up half-way are everyday life.
      .on('error', () => {})
  })
  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    ssh.injectSocket(socket)
  })
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => {
      const bound = server.address()
      resolve({ port: bound !== null && typeof bound === 'object' ? bound.port : port, close })
    })
  })
}

function authenticate(context: AuthContext, username: string, password: string): void {
  const settle = (given: string | undefined) =>
    context.username === username && given === password ? context.accept() : context.reject(['password', 'keyboard-interactive'])
  if (context.method === 'password') settle(context.password)
  else if (context.method === 'keyboard-interactive')
    context.prompt([{ prompt: 'Password: ', echo: false }], ([given]) => settle(given))
  else context.reject(['password', 'keyboard-interactive'])
}

function converse(connection: Connection, router: Router, username: string): void {
  connection.on('session', accept => {
    const hangUp = (channel: ServerChannel, status: number) => {
      channel.exit(status)
      channel.end()
    }
    accept()
      .on('pty', grant => grant?.())
      .on('shell', open => {
        const channel = open()
        const line = commandLine(router, username)
        channel.on('error', () => {})
        channel.write(line.greeting)
        channel.on('data', (typed: Buffer) => {
          const { output, closed } = line.type(typed.toString())
          channel.write(output)
          if (closed) hangUp(channel, 0)
        })
      })
      .on('exec', (open, _reject, { command }) => {
        const channel = open()
        channel.write(answerTo(router, command) ?? '')
        hangUp(channel, 0)
      })
  })
}
