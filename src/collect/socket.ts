// The socket of a session. What is written in one go leaves in one go.
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** Where bytes land that come from the system. It is one place for all: what lands there is copied before anything else runs. */
const landing = Buffer.allocUnsafeSlow(65_536)

/**
 * A socket on its way to a host. It keeps what is written until everything that can be done now is done, promises included: the SSH library writes
 * every packet on its own, and each of them costs a call to the system here and a segment to read there. Nothing waits for
 * time to pass, and what is kept goes out in front of the end when the socket is ended.
 *
 * What it reads takes no more memory than it has bytes: by itself Node takes 64 kB for every message of fifty bytes, and gives
 * nearly all of it back.
 */
export function openSocket(host: string, port: number): Socket {
  const socket: Socket = connect({
    host,
    port,
    // Many small messages wait for one another here: with Nagle's algorithm each costs a delayed acknowledgement.
    noDelay: true,
    onread: { buffer: landing, callback: (size, bytes) => socket.push(Buffer.from(bytes.subarray(0, size))) },
  })
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean
  let waiting = false
  const leave = () => {
    waiting = false
    socket.uncork()
  }
  socket.write = ((...args: unknown[]) => {
    if (!waiting) {
      waiting = true
      socket.cork()
      // A tick that is asked for by a promise comes when no promise is left to be served.
      queueMicrotask(() => process.nextTick(leave))
    }
    return write(...args)
  }) as typeof socket.write
  return socket
}

/**
 * Whatever comes is read and thrown away: nobody waits for it, and the session is still ended by the other side. Behind a
 * message that disconnects, the SSH protocol lets nobody take anything any more (RFC 4253, section 11.1).
 */
export function deafen(stream: Duplex): void {
  stream.removeAllListeners('data').resume()
}
