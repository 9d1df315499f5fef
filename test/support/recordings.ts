// Recorded device sessions of the corpus, as devices that a dialogue can be held with.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import type { Action, Dialogue } from '../../src/collect/dialogue.ts'

/** Where the recordings are: beside the checkout, or where CORPUS says. */
export const recordings = join(process.env.CORPUS ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus'), 'ssh')

/** A device that says what a recorded one said. */
export interface Recorded {
  readonly name: string
  readonly greeting: string
  /** The command that showed the configuration. */
  readonly show: string
  /** A fresh session; what it answers to what is typed. */
  start(): (typed: string) => string
}

const REFUSED = (typed: string, prompt: string) =>
  `${typed.trim()}\r\n      ^\r\n% Invalid input detected at '^' marker.\r\n\r\n${prompt}`
const SHOW = /^(show (run|conf)|display current)/

/** Simulations of Oxidized: commands and answers, with control characters spelled out. */
export function oxidized(): Recorded[] {
  const folder = join(recordings, 'oxidized_sim')
  return filesIn(folder, /simulation\.yaml$/).flatMap(file => {
    const { init_prompt, commands } = parse(readFileSync(join(folder, file), 'utf8')) as {
      init_prompt?: string
      commands: unknown
    }
    const steps = (Array.isArray(commands) ? commands : [commands]).flatMap(step =>
      Object.entries(step as Record<string, string>),
    )
    const answers = steps.map(([typed, answer]) => [spelledOut(typed), spelledOut(answer)] as const)
    const show = answers.find(([typed]) => SHOW.test(typed))?.[0].trim()
    return init_prompt && show ? [recorded(file.split('#simulation')[0] ?? file, spelledOut(init_prompt), show, answers)] : []
  })
}

/** Sessions of scrapli: what came out of the channel before each piece of input. */
export function scrapli(): Recorded[] {
  const folder = join(recordings, 'scrapli_cfg_replay')
  return filesIn(folder, /^test_get_config.*(ssh2|paramiko)\]/).map(file => {
    const [session] = Object.values(
      parse(readFileSync(join(folder, file), 'utf8')) as Record<string, { interactions: Interaction[] }>,
    )
    const steps = session?.interactions ?? []
    const first = steps.findIndex(s => (s.expected_channel_input?.trim() ?? '') !== '')
    const answers = steps.flatMap(({ expected_channel_input: typed }, i) => {
      if (i < first || !typed || typed === '\n') return []
      // The echo, then, behind the line feed, the output.
      return [[`${typed}\n`, `${steps[i + 1]?.channel_output ?? ''}${steps[i + 2]?.channel_output ?? ''}`] as const]
    })
    const greeting = steps
      .slice(0, first + 1)
      .map(s => s.channel_output ?? '')
      .join('')
    const show = answers.find(([typed]) => SHOW.test(typed))?.[0].trim() ?? ''
    return recorded(basename(file, '.yaml'), greeting, show, answers)
  })
}

interface Interaction {
  readonly channel_output?: string
  readonly expected_channel_input?: string
}

function recorded(name: string, greeting: string, show: string, answers: readonly (readonly [string, string])[]): Recorded {
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
        if (found < 0) return REFUSED(typed, prompt)
        next = found + 1
        return (answers[found]?.[1] ?? '').replaceAll(/(?<!\r)\n/g, '\r\n')
      }
    },
  }
}

/** Holds the conversation to its end; `cut` breaks each answer into the pieces between which the device pauses. */
export function replay(talk: Dialogue, device: Recorded, cut: (bytes: string) => string[] = bytes => [bytes]): Action {
  const answer = device.start()
  const inbox = [device.greeting]
  for (let turn = 0; turn < 200; turn++) {
    for (const piece of cut(inbox.shift() ?? '')) {
      for (const action of [...talk.receive(piece), ...talk.quiet()]) {
        if ('done' in action || 'failed' in action) return action
        if (inbox.length < 200) inbox.push(answer(action.send))
      }
    }
    if (inbox.length === 0) return talk.ended().at(-1) ?? { failed: 'nothing came of it' }
  }
  return { failed: 'it never came to an end' }
}

const spelledOut = (text: string | null): string =>
  (text ?? '').replace(/\\(x[0-9a-f]{2}|[\\"abenrt])/gi, (_, code: string) => {
    if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
    return ({ a: '\x07', b: '\b', e: '\x1b', n: '\n', r: '\r', t: '\t' } as Record<string, string>)[code] ?? code
  })

const filesIn = (folder: string, name: RegExp): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter(f => name.test(f))
        .sort()
    : []
