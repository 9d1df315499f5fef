// How much of what a device sends is listened to. Devices that print without end must not fill the memory.
import type { Purpose } from './commands.ts'
import type { Received } from './received.ts'

const MB = 1024 * 1024
/** The largest public configurations are below 10 MB; what is kept of a session is no larger than this. */
const CONFIGURATION = 32 * MB
/** Greetings and answers to other commands are a screenful. */
const WORDS = MB
/** Longer lines stand in no configuration: certificates and descriptions end below 64 kB. */
const LINE = MB
/** Lines of a configuration that read like the prompt and stand where the device paused. */
export const PROMPTS = 32
/** How often a configuration is asked for again because messages broke into it. */
export const TEARS = 2

/** The bound of one answer; before the first prompt there is no command. */
export const boundOf = (purpose: Purpose | null): number => (purpose === 'show' ? CONFIGURATION : WORDS)

/** Why no more is listened to; null while all is well. */
export function overflow(received: Pick<Received, 'size' | 'line' | 'tail'>, bound: number, command: string): string | null {
  if (received.size <= bound && received.line <= LINE) return null
  if (!/[!-~\x80-\xff]/.test(received.tail(4096))) return 'the device sends nothing but control characters'
  if (received.line > LINE && bound > LINE)
    return `the device printed a line of more than ${LINE / MB} MB for "${command}", which no configuration has`
  return command === ''
    ? `the device printed more than ${bound / MB} MB without showing a prompt`
    : `the device printed more than ${bound / MB} MB for "${command}" without coming to an end`
}
