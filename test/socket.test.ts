// What is written to a session's socket in one go reaches the other side in one go, and all of it.
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deafen, openSocket } from '../src/collect/socket.ts'

const server = createServer()
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => void server.close())

/** Both ends of a connection. */
async function pair(): Promise<{ readonly near: Socket; readonly far: Socket }> {
  const near = openSocket('127.0.0.1', (server.address() as AddressInfo).port)
  const [[far]] = await Promise.all([once(server, 'connection'), once(near, 'connect')])
  return { near, far: far as Socket }
}

/** Counts what is handed to the system: `_write` for one piece, `_writev` for several. */
function counted(socket: Socket): () => number {
  let calls = 0
  for (const name of ['_write', '_writev'] as const) {
    const hand = (socket[name] as (...args: unknown[]) => void).bind(socket)
    socket[name] = (...args: unknown[]) => {
      calls++
      hand(...args)
    }
  }
  return () => calls
}

const allOf = async (socket: Socket): Promise<string> => {
  let said = ''
  socket.on('data', bytes => {
    said += bytes.toString()
  })
  await once(socket, 'end')
  return said
}

describe('the socket of a session', () => {
  it('hands over together what is written together, promises in between included', async () => {
    const { near, far } = await pair()
    const calls = counted(near)
    const said = allOf(far)
    near.write('a')
    near.write('b')
    await Promise.resolve()
    near.write('c')
    expect(calls()).toBe(0)
    await new Promise(setImmediate)
    expect(calls()).toBe(1)
    near.write('d')
    await new Promise(setImmediate)
    expect(calls()).toBe(2)
    near.end()
    expect(await said).toBe('abcd')
  })
  it('hands over what it kept when it is ended, at once', async () => {
    const { near, far } = await pair()
    const calls = counted(near)
    const said = allOf(far)
    near.write('exit\n')
    near.write('disconnect')
    near.end()
    expect(calls()).toBe(1)
    expect(await said).toBe('exit\ndisconnect')
  })
  it('keeps its order however much there is', async () => {
    const { near, far } = await pair()
    const said = allOf(far)
    const pieces = Array.from({ length: 300 }, (_, n) => `${n} `.repeat(500))
    for (const [n, piece] of pieces.entries()) {
      near.write(piece)
      if (n % 7 === 0) await new Promise(setImmediate)
    }
    near.end()
    expect(await said).toBe(pieces.join(''))
  })
  it('hands out what nothing that comes later overwrites, on any socket', async () => {
    const pairs = [await pair(), await pair()]
    const heard = pairs.map(() => [] as Buffer[])
    for (const [n, { near }] of pairs.entries()) near.on('data', bytes => heard[n]?.push(bytes))
    const rounds = ['first', 'second, which is longer', 'x'.repeat(100_000), 'last']
    for (const round of rounds)
      for (const { near, far } of pairs) {
        const before = near.bytesRead
        far.write(round)
        while (near.bytesRead < before + round.length) await once(near, 'data')
      }
    for (const chunks of heard) expect(Buffer.concat(chunks).toString()).toBe(rounds.join(''))
    for (const { near } of pairs) near.destroy()
  })
  it('has the other side wait while nobody reads, and then gives all of it', async () => {
    const { near, far } = await pair()
    const sent = Buffer.alloc(20_000_000, 'a line of some length, and another one\n')
    near.pause()
    far.end(sent)
    await new Promise(resolve => setTimeout(resolve, 200))
    // One reading more than the mark at which a stream has enough (16 kB), and what the system keeps for itself.
    expect(near.readableLength).toBeLessThanOrEqual(16_384 + 65_536)
    expect(far.writableLength).toBeGreaterThan(0)
    const heard: Buffer[] = []
    near.on('data', bytes => heard.push(bytes)).resume()
    await once(near, 'end')
    expect(Buffer.concat(heard).equals(sent)).toBe(true)
  })
  it('reads on to the end when nobody listens any more', async () => {
    const { near, far } = await pair()
    const heard: string[] = []
    near.on('data', bytes => heard.push(bytes.toString()))
    far.write('heard')
    await once(near, 'data')
    near.end('bye')
    deafen(near)
    far.write('x'.repeat(1_000_000))
    far.end()
    const [failed] = await once(near, 'close')
    expect(failed).toBe(false)
    expect(heard).toEqual(['heard'])
  })
})
