// Servers that let us in and then leave us waiting: nothing waits for longer than the device may take.
import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import ssh2, { type ServerChannel } from 'ssh2'
import { afterEach, expect, it } from 'vitest'
import { collect } from '../src/collect/collect.ts'
import type { Hop } from '../src/model/inventory.ts'
import { platformOf } from '../src/platforms.ts'
import { sshAccess, sshDevice } from './support/access.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})
const hostKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' })

/** A server that takes every password; returns its port. */
async function serve(then: (connection: ssh2.Connection, socket: Socket) => void): Promise<number> {
  const server = createServer(socket => {
    closing.push(() => socket.destroy())
    const ssh = new ssh2.Server({ hostKeys: [hostKey] }, connection => {
      connection
        .on('error', () => {})
        .on('authentication', context => {
          if (context.method === 'password') context.accept()
          else context.reject(['password'])
        })
      then(connection, socket)
    })
    ssh.injectSocket(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  return (server.address() as { port: number }).port
}

const reasonFor = async (port: number, jumps: readonly Hop[] = []) => {
  const device = sshDevice('r1', { port, host_keys: 'insecure', timeout: 1, jumps })
  const [collected] = await collect([device], {
    platformOf,
    env: { PW: 'correct-horse' },
    retries: { count: 0, wait: 0 },
    readFile: () => {
      throw new Error('there is no file')
    },
  })
  return collected?.state === 'failed' ? collected.reason : 'collected'
}
const jump = (port: number): Hop => sshAccess({ port, host_keys: 'insecure' })

it('a device that never opens a session', async () => {
  // Whoever listens for the request has to answer it; this one does not.
  const port = await serve(connection => connection.on('session', () => {}))
  expect(await reasonFor(port)).toBe('timed out after 1 s while opening a shell')
})

it('a device that hangs up when a session is asked for', async () => {
  const port = await serve((connection, socket) => connection.on('session', () => socket.destroy()))
  expect(await reasonFor(port)).toMatch(/^the device gave no shell \(the connection ended\)/)
})

it('a jump host that never says whether it gets through', async () => {
  const port = await serve(connection => connection.on('tcpip', () => {}))
  expect(await reasonFor(22, [jump(port)])).toBe('timed out after 1 s while going through 127.0.0.1')
})

it('a jump host that leads to a device that says nothing', async () => {
  const port = await serve(connection => connection.on('tcpip', accept => accept()))
  expect(await reasonFor(22, [jump(port)])).toMatch(/^timed out after 1 s while (connecting|agreeing on keys)$/)
})

it('a device behind a jump host that sends no more, and hangs up on its side alone', async () => {
  const port = await serve(connection => connection.on('tcpip', accept => (accept() as ServerChannel).eof()))
  expect(await reasonFor(22, [jump(port)])).toMatch(/hung up before SSH began/)
})

it('a jump host that goes away itself', async () => {
  const port = await serve((connection, socket) =>
    connection.on('tcpip', accept => {
      accept()
      setTimeout(() => socket.destroy(), 100)
    }),
  )
  expect(await reasonFor(22, [jump(port)])).toMatch(/hung up before SSH began|closed the connection/)
})
