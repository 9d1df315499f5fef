// Devices that misbehave over a real connection: every one ends in its own reason, takes bounded memory, and stops none of the rest.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServerChannel } from 'ssh2'
import { afterAll, describe, expect, it } from 'vitest'
import { type Gathered, gather } from '../src/collect/collect.ts'
import { memory } from '../src/collect/memory.ts'
import type { Access, InventoryDevice } from '../src/model/inventory.ts'
import { platformOf } from '../src/platforms.ts'
import { sshDevice } from './support/access.ts'
import { type Behaviour, keyPair, startServer, type TestServer } from './support/ssh-server.ts'

const dir = mkdtempSync(join(tmpdir(), 'iphelper-hostile-'))
const knownHosts = join(dir, 'known_hosts')
const running: TestServer[] = []
afterAll(async () => {
  await Promise.all(running.map(server => server.close()))
  rmSync(dir, { recursive: true })
})

const CONFIG = 'hostname r1\r\ninterface Vlan1\r\n ip address 10.0.0.1 255.255.255.0\r\nend\r\n'
/** A router that says `answer` to the command that shows its configuration; an answer may write for itself. */
const router =
  (answer: string | ((channel: ServerChannel) => void), greeting = 'r1#') =>
  (channel: ServerChannel) => {
    channel.on('error', () => {})
    channel.write(greeting)
    channel.on('data', (typed: Buffer) => {
      const command = typed.toString().trim()
      channel.write(`${command}\r\n`)
      if (!command.startsWith('show')) channel.write('r1#')
      else if (typeof answer === 'string') channel.write(`${answer}r1#`)
      else answer(channel)
    })
  }
/** Writes one piece again and again, as fast as the client takes it; counts the bytes. */
const pouring = (piece: Buffer, count: { bytes: number }) => (channel: ServerChannel) => {
  const pour = () => {
    while (channel.writable && count.bytes < 300e6) {
      count.bytes += piece.length
      if (!channel.write(piece)) return void channel.once('drain', pour)
    }
  }
  pour()
}
const device = async (name: string, behaviour: Behaviour, more: Partial<Access> = {}): Promise<InventoryDevice> => {
  const server = await startServer(behaviour)
  running.push(server)
  writeFileSync(knownHosts, running.map(s => s.known).join(''))
  return sshDevice(name, { port: server.port, known_hosts: [knownHosts], timeout: 20, ...more })
}
const run = async (devices: readonly InventoryDevice[]): Promise<ReadonlyMap<string, Gathered>> => {
  const done = new Map<string, Gathered>()
  await gather(
    devices,
    {
      platformOf,
      env: { PW: 'correct-horse' },
      concurrency: 16,
      readFile: (file, owner) => ({ ...owner, file, state: 'failed', reason: 'no file' }),
      retries: { count: 1, wait: 5 },
    },
    gathered => void done.set(gathered.device.name, gathered),
  )
  return done
}

describe('devices that misbehave', () => {
  it('end in their own reasons, and the good one beside them is collected', async () => {
    const counts = { endless: { bytes: 0 }, huge: { bytes: 0 }, nuls: { bytes: 0 }, line: { bytes: 0 } }
    const lines = Buffer.from('interface Vlan1\r\n ip address 10.0.0.1 255.255.255.0\r\n'.repeat(2000))
    const banner = `banner motd ^C\r\nr1#\r\nr1#show run\r\n^C\r\n${CONFIG}`
    const devices = await Promise.all([
      device('good', { shell: router(CONFIG) }),
      device('endless', { shell: router(pouring(lines, counts.endless)) }),
      device('nuls', { shell: router(pouring(Buffer.alloc(65_536), counts.nuls)) }),
      device('one-line', { shell: router(pouring(Buffer.alloc(65_536, 'x'), counts.line)) }),
      device('greeter', { shell: pouring(lines, counts.huge) }),
      device('some-nuls', { shell: router(`\0\0${CONFIG.replaceAll('\r\n', '\r\0\n')}\0`) }),
      device('prompts-in-banner', { shell: router(banner, `${'#'.repeat(60)}\r\nr1# is for staff\r\nr1#\r\nr1#`) }),
      device('cut', { shell: router(CONFIG.replace('end\r\n', '')) }, { timeout: 12 }),
      device('refuses', { shell: router("        ^\r\n% Invalid input detected at '^' marker.\r\n\r\n") }),
      device('empty', { shell: router('') }, { timeout: 12 }),
      device('mute', { shell: () => {} }, { timeout: 3 }),
      device('hangs-up', { shell: channel => void channel.end() }),
    ])
    const done = await run(devices)
    const said = (name: string) => {
      const { collected, failure } = done.get(name) ?? {}
      return collected?.state === 'collected' ? collected.text : (failure?.failed ?? 'nothing')
    }
    const whole = CONFIG.replaceAll('\r', '')
    expect(said('good')).toBe(whole)
    expect(said('some-nuls')).toBe(whole)
    expect(said('prompts-in-banner')).toBe(`banner motd ^C\nr1#\nr1#show run\n^C\n${whole}`)
    expect(said('endless')).toMatch(/more than 32 MB/)
    expect(said('nuls')).toBe('the device sends nothing but control characters')
    expect(said('one-line')).toMatch(/printed a line of more than 1 MB/)
    expect(said('greeter')).toMatch(/more than 1 MB/)
    expect(said('cut')).toMatch(/before it was whole/)
    expect(said('refuses')).toMatch(/refused "show running-config"/)
    expect(said('empty')).toMatch(/nothing for "show running-config"|before it was whole/)
    expect(said('mute')).toBe('timed out after 3 s while waiting for the first prompt')
    expect(said('hangs-up')).toMatch(/^the session ended before the device showed a prompt/)
    // What a device may send before it is cut off: its bound, and what is under way in windows and sockets.
    for (const { bytes } of Object.values(counts)) expect(bytes).toBeLessThan(80e6)
  }, 60_000)

  it('of four hundred good ones and a hundred bad ones, all end as they should', async () => {
    const good = await startServer({ shell: router(CONFIG) })
    const drops = await startServer({
      shell: router(channel => {
        channel.write(CONFIG.slice(0, 40))
        channel.end()
      }),
    })
    const hangs = await startServer({ shell: router(() => {}) })
    // Each at a place of its own: a host that has rejected a password does not get it again.
    const rejects = await Promise.all(Array.from({ length: 25 }, () => startServer({ password: 'another' })))
    const changed = await startServer({ shell: router(CONFIG) })
    running.push(good, drops, hangs, ...rejects, changed)
    writeFileSync(
      knownHosts,
      running
        .map(s => s.known)
        .join('')
        .replace(changed.known, `[127.0.0.1]:${changed.port} ${keyPair().public}\n`),
    )
    const kinds = { hangs: [hangs], drops: [drops], rejects, changed: [changed], good: [good] }
    const named = Object.keys(kinds) as (keyof typeof kinds)[]
    const devices = Array.from({ length: 500 }, (_, i) => {
      const kind = i % 20 < 4 ? named[i % 20] : 'good'
      const servers = kinds[kind ?? 'good']
      const port = servers[Math.floor(i / 20) % servers.length]?.port ?? 0
      const more = { port, known_hosts: [knownHosts], timeout: kind === 'hangs' ? 3 : 30 }
      return sshDevice(`${kind}-${i}`, more)
    })
    const done = await run(devices)
    const tally = new Map<string, number>()
    for (const { device, failure } of done.values()) {
      const key = `${device.name.replace(/-\d+/, '')}: ${failure?.kind ?? 'collected'}`
      tally.set(key, (tally.get(key) ?? 0) + 1)
    }
    expect(Object.fromEntries(tally)).toEqual({
      'good: collected': 400,
      'hangs: timed-out': 25,
      'drops: hung-up': 25,
      'rejects: rejected': 25,
      'changed: host-key-changed': 25,
    })
    expect(changed.credentials).toEqual([])
    expect(rejects.map(server => server.credentials.length)).toEqual(rejects.map(() => 1))
  }, 120_000)
})

describe('memory of all sessions together', () => {
  it('is bounded: the session that holds most gives up', () => {
    const shared = memory(100)
    const gaveUp: string[] = []
    const session = (name: string) => ({ giveUp: () => void gaveUp.push(name) })
    const [a, b, c] = [session('a'), session('b'), session('c')]
    shared.holds(a, 40)
    shared.holds(b, 50)
    shared.holds(c, 10)
    expect(gaveUp).toEqual([])
    shared.holds(c, 11)
    expect(gaveUp).toEqual(['b'])
    shared.holds(a, 80)
    expect(gaveUp).toEqual(['b'])
    shared.gone(a)
    shared.holds(c, 99)
    expect(gaveUp).toEqual(['b'])
  })
})
