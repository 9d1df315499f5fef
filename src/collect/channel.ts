// Asks a server we are logged in to for a channel: for a command line, or for a way to another host.
import type { EventEmitter } from 'node:events'
import type { Failure } from './failure.ts'
import type { Stop } from './stop.ts'

/**
 * The channel, or why there is none. A server may never answer, and the answer never comes where the connection ends first:
 * so it is waited for until `stop` is over, and `seconds` at most.
 */
export function channel<T>(
  connection: EventEmitter,
  stop: Stop,
  ask: (done: (error: Error | undefined, channel: T) => void) => void,
  wrong: (why: string) => Failure,
  seconds?: number,
): Promise<T | Failure> {
  return new Promise(resolve => {
    const settle = (result: T | Failure) => {
      connection.removeListener('close', lost)
      stop.forget(late)
      clearTimeout(timer)
      resolve(result)
    }
    const lost = () => settle(wrong('the connection ended'))
    const late = (why: Failure) => settle(why)
    const timer = seconds === undefined ? undefined : setTimeout(() => settle(wrong(`no answer in ${seconds} s`)), seconds * 1000)
    if (stop.why) return late(stop.why)
    connection.once('close', lost)
    stop.listen(late)
    try {
      ask((error, given) => settle(error ? wrong(error.message) : given))
    } catch (error) {
      // The SSH library throws where the connection has ended already.
      settle(wrong((error as Error).message))
    }
  })
}
