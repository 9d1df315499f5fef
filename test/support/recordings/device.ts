// Recorded device sessions of the corpus, as devices that a dialogue can be held with.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Action, Dialogue } from '../../../src/collect/dialogue.ts'

/** Where the recordings are: beside the checkout, or where CORPUS says. */
export const recordings = join(process.env.CORPUS ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'corpus'), 'ssh')

/** A device that says what a recorded one said. */
export interface Recorded {
  readonly name: string
  readonly greeting: string
  /** The command that showed the configuration. */
  readonly show: string
  /** A fresh session; what it answers to what is typed. */
  start(): (typed: string) => string
}

/** How a device answers a command that it does not know. */
export const REFUSED = (typed: string, prompt: string) =>
  `${typed.trim()}\r\n      ^\r\n% Invalid input detected at '^' marker.\r\n\r\n${prompt}`

/** Commands that show a configuration, whatever the system. */
export const SHOW = /^(show (run|conf)|display current)/

/** A device from commands and their answers, each with echo and prompt; one that is asked for again comes from the first. */
export function recorded(
  name: string,
  greeting: string,
  show: string,
  answers: readonly (readonly [string, string])[],
): Recorded {
  const prompt = greeting.slice(greeting.lastIndexOf('\n') + 1)
  return {
    name,
    greeting: greeting.replaceAll(/(?<!\r)\n/g, '\r\n'),
    show,
    start() {
      let next = 0
      return typed => {
        const ahead = answers.findIndex(([t], i) => i >= next && t === typed)
        const found = ahead >= 0 ? ahead : answers.findIndex(([t]) => t === typed)
        if (found < 0) return typed === '\n' ? `\r\n${prompt}` : REFUSED(typed, prompt)
        next = found + 1
        return (answers[found]?.[1] ?? '').replaceAll(/(?<!\r)\n/g, '\r\n')
      }
    },
  }
}

/** How a stream arrives: in which pieces, and after which of them the device pauses. */
export type Delivery = (bytes: string) => readonly { readonly piece: string; readonly pause: boolean }[]

/** In one piece. */
export const whole: Delivery = piece => [{ piece, pause: true }]
/** Cut in two; the device pauses there. Shorter streams come whole. */
export const cutAt =
  (at: number): Delivery =>
  bytes =>
    at <= 0 || at >= bytes.length
      ? whole(bytes)
      : [
          { piece: bytes.slice(0, at), pause: true },
          { piece: bytes.slice(at), pause: true },
        ]
/** One byte at a time. The device pauses after those that `pauses` says, and after the last. */
export const byByte =
  (pauses: (at: number, length: number) => boolean): Delivery =>
  bytes =>
    [...bytes].map((piece, i) => ({ piece, pause: i === bytes.length - 1 || pauses(i, bytes.length) }))

/** What came of a replay, and what was typed. */
export interface Replayed {
  readonly outcome: Action
  readonly typed: readonly Extract<Action, { send: string }>[]
}

/** Silences that a device is given before it hangs up. */
const SILENCES = 4

/** Holds the conversation to its end. */
export function replay(talk: Dialogue, device: Pick<Recorded, 'greeting' | 'start'>, deliver: Delivery = whole): Replayed {
  const answer = device.start()
  const inbox = [device.greeting]
  const typed: Extract<Action, { send: string }>[] = []
  let outcome: Action | undefined
  const act = (actions: readonly Action[]) => {
    for (const action of actions) {
      if (!('send' in action)) outcome ??= action
      else {
        typed.push(action)
        if (inbox.length < 200) inbox.push(answer(action.send))
      }
    }
  }
  for (let turn = 0, silent = 0; turn < 400 && !outcome; turn++) {
    const bytes = inbox.shift()
    if (bytes === undefined) {
      act(silent++ < SILENCES ? talk.stalled() : talk.ended())
      continue
    }
    silent = 0
    for (const { piece, pause } of deliver(bytes)) {
      act(talk.receive(piece))
      if (pause && !outcome) act(talk.quiet())
      if (outcome) break
    }
  }
  return { outcome: outcome ?? { failed: 'it never came to an end' }, typed }
}

/** Names of files in a folder of the corpus, in order; none where it is missing. */
export const filesIn = (folder: string, name: RegExp): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter(f => name.test(f))
        .sort()
    : []
