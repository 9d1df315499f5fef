// The ways through other hosts (`ssh -J`). A host on the way is logged in to once for all devices behind it.
import type { Duplex } from 'node:stream'
import type { Hop } from '../model/inventory.ts'
import type { Connection } from './connection.ts'
import { type Failure, failure } from './failure.ts'
import { hostTrust } from './host-key.ts'
import { type Clock, limits } from './limits.ts'
import { loginTo } from './login.ts'
import type { Run } from './run.ts'
import { connect } from './ssh.ts'

/** The ways of one run. */
export interface Routes {
  /** A stream to a host and port at the end of a chain of hosts, for as long as the clock allows. */
  stream(jumps: readonly Hop[], host: string, port: number, clock: Pick<Clock, 'stop' | 'step'>): Promise<Duplex | Failure>
  /** Hangs up on all of them. */
  close(): void
}

const placeOf = ({ host, port }: Hop) => (port === 22 ? host : `${host} port ${port}`)

/** Seconds to get to the next host on the way. */
const LIMIT = 60

/** Opens the ways of a run as they are needed. */
export function routes(run: Omit<Run, 'routes'>): Routes {
  const open = new Map<string, Promise<Connection | Failure>>()
  const to = async (jumps: readonly Hop[]): Promise<Connection | Failure> => {
    // Everything counts: a way that was opened with one policy for host keys is none for a device with another.
    const id = JSON.stringify(jumps)
    const before = open.get(id)
    const connection = await before
    if (connection && ('failed' in connection || connection.open())) return connection
    // It has ended since; somebody else may have opened it anew already.
    const current = open.get(id)
    if (current && current !== before) return current
    const entering = enter(jumps).then(entered => {
      // What could not be reached may be tried again; a rejected login, or a changed key, is not for the next device to repeat.
      if ('failed' in entered && entered.again && open.get(id) === entering) open.delete(id)
      return entered
    })
    open.set(id, entering)
    return entering
  }
  const enter = async (jumps: readonly Hop[]): Promise<Connection | Failure> => {
    const hop = jumps.at(-1) as Hop
    const named = (f: Failure): Failure => ({ ...f, kind: 'jump-host', failed: `jump host ${placeOf(hop)}: ${f.failed}` })
    const login = await loginTo(hop, true, run.vault, run.keys, run.env)
    if ('failed' in login) return named(login)
    const clock = limits(LIMIT, run.signal).attempt()
    try {
      const stream = jumps.length > 1 ? await streamFrom(jumps.slice(0, -1), hop.host, hop.port) : undefined
      if (stream && 'failed' in stream) return stream
      const trust = hostTrust(hop, run.known, run.notice)
      const connection = await connect({
        hop,
        device: hop.host,
        jumps: jumps.slice(0, -1),
        trust,
        ...(stream && { stream }),
        login,
        rejections: run.rejections,
        clock,
        keepalive: true,
      })
      return 'failed' in connection ? named(connection) : connection
    } finally {
      clock.end()
    }
  }
  const streamFrom = async (jumps: readonly Hop[], host: string, port: number): Promise<Duplex | Failure> => {
    const connection = await to(jumps)
    if ('failed' in connection) return connection
    const stream = await connection.through(host, port)
    if (!('failed' in stream)) return stream
    return failure(
      'jump-host',
      `jump host ${placeOf(jumps.at(-1) as Hop)}: ${stream.failed}; check host:, port: and what it lets through`,
      !/prohibited/i.test(stream.failed),
    )
  }
  return {
    stream(jumps, host, port, { stop, step }) {
      step(`going through ${jumps.map(hop => hop.host).join(' and ')}`)
      return new Promise(resolve => {
        if (stop.why) return resolve(stop.why)
        stop.listen(resolve)
        void streamFrom(jumps, host, port).then(stream => {
          stop.forget(resolve)
          // The way may open when nobody waits for it any more.
          if (stop.why && !('failed' in stream)) stream.destroy()
          resolve(stream)
        })
      })
    },
    close() {
      for (const connection of open.values()) void connection.then(c => 'failed' in c || c.close())
    },
  }
}
