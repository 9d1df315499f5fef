// The socket of a session. What is written in one go leaves in one go.
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/**
 * A socket on its way to a host. It keeps what is written until everything that can be done now is done, promises included: the SSH library writes
 * every packet on its own, and each of them costs a call to the system here and a segment to read there. Nothing waits for
 * time to pass, and what is kept goes out in front of the end when the socket is ended.
 */
export function openSocket(host: string, port: number): Socket {
  const socket = new Socket()
  // Many small messages wait for one another here: with Nagle's algorithm each costs a delayed acknowledgement.
  socket.setNoDelay(true)
  // Before `write` is replaced, which connecting would undo.
  socket.connect({ host, port })
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
