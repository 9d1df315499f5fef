// Secrets are references in the inventory and values only here.
import { spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { shownCommand } from '../model/command.ts'

/** A password that cannot be printed by accident. */
export interface Secret {
  /** How the inventory refers to it, fit for messages. */
  readonly reference: string
  /** The same for the same value, whatever refers to it, and another for every other: says nothing of the value. */
  readonly id: string
  /** The value itself: for the wire only. */
  reveal(): string
}

/** What fetching needs from outside. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Asks the person at the terminal without showing the answer; null where there is nobody. */
  ask?(question: string): Promise<string | null>
}

const HIDDEN = '[secret]'
/** Milliseconds for the program behind `cmd:`; a person may have to touch a token meanwhile. */
const COMMAND_TIME = 60_000
/** Milliseconds for the rest of its output once it has ended: something that it left behind may never close it. */
const COMMAND_REST = 1000
/** More than any password; a program that prints without end is stopped. */
const COMMAND_OUTPUT = 65_536

type Fetched = Secret | { readonly failed: string }

/** A reference as it may be shown: what follows `plain:` is the secret, and a command may hold one. */
export function shown(reference: string): string {
  if (reference.startsWith('plain:')) return 'plain: in the inventory'
  return shownCommand(reference) ?? reference
}

/** Fetches the value behind a reference, or says in one sentence why there is none. `question` is put where it says `ask`. */
export async function resolveSecret(reference: string, question: string, { env, ask }: SecretSources): Promise<Fetched> {
  const [, kind = '', rest = ''] = /^(env|file|cmd|plain|ask)(?::(.*))?$/s.exec(reference) ?? []
  if (kind === 'plain') return hide(reference, rest)
  if (kind === 'env') {
    const value = env[rest]
    return value ? hide(reference, value) : { failed: `the environment variable ${rest} is not set; put the password there` }
  }
  if (kind === 'file') return fromFile(reference, rest)
  if (kind === 'cmd') return fromCommand(reference, rest)
  if (kind === 'ask') {
    const value = (await ask?.(question)) ?? null
    if (value === null)
      return { failed: `there is no terminal to ask for the ${lower(question)}; use env:, file: or cmd: instead of ask` }
    return value === '' ? { failed: `no ${lower(question)} was typed; run it again and type it` } : hide(reference, value)
  }
  // The text is not quoted: it may be a password that somebody forgot to mark as one.
  return { failed: 'a password is given without env:, file:, cmd: or plain: in front; write where it is to be found' }
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

function fromFile(reference: string, path: string): Fetched {
  try {
    const line = readFileSync(path, 'utf8').split(/\r?\n/, 1)[0] ?? ''
    return line === ''
      ? { failed: `the password file ${path} is empty; put the password in its first line` }
      : hide(reference, line)
  } catch (error) {
    return { failed: `the password file ${path} cannot be read (${(error as NodeJS.ErrnoException).code}); check the path` }
  }
}

/** Runs a password manager's command in a shell; what it says on standard error goes to the terminal. */
function fromCommand(reference: string, command: string): Promise<Fetched> {
  const failed = (why: string): Fetched => ({ failed: `${shown(reference)} ${why}; run it by hand to see why` })
  return new Promise(resolve => {
    const child = spawn(command, { shell: true, stdio: ['inherit', 'pipe', 'inherit'] })
    let output = ''
    const settle = (result: Fetched) => {
      clearTimeout(limit)
      child.stdout.destroy()
      resolve(result)
    }
    // Not only the shell may have to be ended: what it runs goes on, and holds the way that the output comes on open.
    const stop = () => {
      child.kill()
      settle(failed('took too long or printed too much'))
    }
    const ended = (code: number | null, signal: string | null) => {
      const line = output.split(/\r?\n/, 1)[0] ?? ''
      if (signal !== null) settle(failed(`was ended by ${signal}`))
      else if (code !== 0) settle(failed(`ended with exit code ${code}`))
      else settle(line === '' ? failed('printed nothing') : hide(reference, line))
    }
    let limit = setTimeout(stop, COMMAND_TIME)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (output.length > COMMAND_OUTPUT) stop()
    })
    child.on('error', error => settle(failed(`cannot be run (${(error as NodeJS.ErrnoException).code})`)))
    child.on('exit', (code, signal) => {
      clearTimeout(limit)
      limit = setTimeout(ended, COMMAND_REST, code, signal)
    })
    child.on('close', ended)
  })
}

/** Takes values out of a text that quotes a device: some devices repeat what was typed. */
export const withoutSecrets = (text: string, secrets: Iterable<Secret>): string =>
  [...secrets].reduce((left, secret) => {
    const value = secret.reveal()
    // Very short values would blot out half the alphabet and tell more than they hide.
    if (value.length < 3) return left
    // What devices send is kept with one character per byte.
    const bytes = Buffer.from(value).toString('latin1')
    return left.replaceAll(value, HIDDEN).replaceAll(bytes, HIDDEN)
  }, text)

/** What tells values apart, without keeping any. */
const digests = new Map<string, string>()
const KEY = randomBytes(32)

function idOf(value: string): string {
  const digest = createHmac('sha256', KEY).update(value).digest('base64')
  const id = digests.get(digest) ?? `secret ${digests.size + 1}`
  digests.set(digest, id)
  return id
}

function hide(reference: string, value: string): Secret {
  const secret = {
    reference: shown(reference),
    id: idOf(value),
    toString: () => HIDDEN,
    toJSON: () => HIDDEN,
    [inspect.custom]: () => HIDDEN,
  }
  // Not enumerable, so that neither spreading nor walking over the object leads to it.
  Object.defineProperty(secret, 'reveal', { value: () => value })
  return secret as unknown as Secret
}
