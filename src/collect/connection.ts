// What can be done with a server once we are logged in to it.
import type { Duplex } from 'node:stream'
import { channel } from './channel.ts'
import type { Shell } from './converse.ts'
import { type Failure, failure } from './failure.ts'
import { type Clock, SECONDS } from './limits.ts'
import type { Client, ClientChannel } from './ssh.ts'

/** A server we are logged in to. */
export interface Connection {
  /** Opens a command line. */
  shell(): Promise<Shell | Failure>
  /** Opens a stream to another host, as `ssh -J` does. */
  through(host: string, port: number): Promise<Duplex | Failure>
  open(): boolean
  close(): void
}

/** What lies under an SSH client. */
export interface Line {
  /** Whether it is still there. */
  open(): boolean
  /** Whatever else comes is of no use. */
  deafen(): void
}

/** A connection over an SSH client that is logged in. */
export function connectionOn(client: Client, clock: Pick<Clock, 'stop' | 'step'>, line: Line): Connection {
  // A host on the way may be asked for hundreds of ways at a time.
  client.setMaxListeners(0)
  return {
    shell: () => openShell(client, clock),
    through: (host, port) =>
      channel<ClientChannel>(
        client,
        clock.stop,
        done => client.forwardOut('127.0.0.1', 0, host, port, done),
        why => failure('jump-host', `it does not lead to ${host} port ${port} (${why})`, true),
        SECONDS.connect,
      ),
    open: line.open,
    close() {
      hangUp(client)
      line.deafen()
    },
  }
}

async function openShell(client: Client, clock: Pick<Clock, 'stop' | 'step'>): Promise<Shell | Failure> {
  clock.step('opening a shell', SECONDS.shell)
  // Wide, because some systems break lines at the edge; 511 by 1000 is what netmiko asks every vendor for.
  const given = await channel<ClientChannel>(
    client,
    clock.stop,
    done => client.shell({ term: 'dumb', cols: 511, rows: 1000, width: 0, height: 0 }, done),
    why => failure('session', `the device gave no shell (${why}); check what the user may do`, false),
  )
  return 'failed' in given ? given : shellOn(client, given)
}

function shellOn(client: Client, channel: ClientChannel): Shell {
  channel.stderr.resume()
  // Writing to a channel that the device has just closed is no news: the end of the session is told below.
  channel.on('error', () => {})
  return {
    write: text => void channel.write(text),
    listen({ data, end }) {
      channel.on('data', data)
      channel.on('close', end)
      client.on('close', end)
    },
    close: () => hangUp(client),
  }
}

/** Milliseconds in which a device may hang up in turn; one that does not must not keep us. */
const PARTING = 500

/**
 * Ends a connection. Nothing waits for time to pass once it is closed: all that a session has heard would be kept as long, and moved
 * about in memory meanwhile.
 */
function hangUp(client: Client): void {
  const timer = setTimeout(() => client.destroy(), PARTING).unref()
  client.once('close', () => clearTimeout(timer)).end()
}
