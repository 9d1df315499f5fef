// Secrets are references in the inventory and values only here.
import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'

/** A password that cannot be printed by accident. */
export interface Secret {
  /** How the inventory refers to it, fit for messages. */
  readonly reference: string
  /** The value itself: for the wire only. */
  reveal(): string
}

const HIDDEN = '[secret]'

/** Fetches the value behind `env:NAME`, `file:PATH` or `plain:VALUE`; or says in one sentence why there is none. */
export function resolveSecret(reference: string, env: NodeJS.ProcessEnv = process.env): Secret | { readonly failed: string } {
  const [, kind = '', rest = ''] = /^(env|file|plain):(.*)$/s.exec(reference) ?? []
  if (kind === 'plain') return hide('plain: in the inventory', rest)
  if (kind === 'env') {
    const value = env[rest]
    return value ? hide(reference, value) : { failed: `the environment variable ${rest} is not set; put the password there` }
  }
  if (kind === 'file') {
    try {
      const line = readFileSync(rest, 'utf8').split(/\r?\n/, 1)[0] ?? ''
      return line === ''
        ? { failed: `the password file ${rest} is empty; put the password in its first line` }
        : hide(reference, line)
    } catch (error) {
      return { failed: `the password file ${rest} cannot be read (${(error as NodeJS.ErrnoException).code}); check the path` }
    }
  }
  // The text is not quoted: it may be a password that somebody forgot to mark as one.
  return { failed: 'a password is given without env:, file: or plain: in front; write where it is to be found' }
}

/** Takes a value out of a sentence that quotes a device: some devices repeat what was typed. */
export const redact = (sentence: string, secrets: readonly Secret[]): string =>
  // Very short values would blot out half the alphabet and tell more than they hide.
  secrets.reduce((text, secret) => (secret.reveal().length < 3 ? text : text.replaceAll(secret.reveal(), HIDDEN)), sentence)

function hide(reference: string, value: string): Secret {
  const secret = { reference, toString: () => HIDDEN, toJSON: () => HIDDEN, [inspect.custom]: () => HIDDEN }
  // Not enumerable, so that neither spreading nor walking over the object leads to it.
  Object.defineProperty(secret, 'reveal', { value: () => value })
  return secret as unknown as Secret
}
