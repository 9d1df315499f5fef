// What ssh_config(5) writes out in the names of files: `~`, tokens, variables of the environment.
import { isIP } from 'node:net'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { Trouble } from '../model/trouble.ts'

/** What tokens stand for. */
export interface Tokens {
  /** `%h`, after HostName. */
  readonly host: string
  /** `%n`, as it was asked for. */
  readonly original: string
  readonly port: string
  readonly user: string
  /** `%k`. */
  readonly alias: string
  readonly home: string
}

/** Who runs this; empty where the system has no name for the account. */
export function localUser(): string {
  try {
    return userInfo().username
  } catch {
    return ''
  }
}

const WORDS: Readonly<Record<string, (said: Tokens) => string>> = {
  '%': () => '%',
  'd': said => said.home,
  'h': said => said.host,
  'i': () => String(process.getuid?.() ?? ''),
  'k': said => said.alias,
  'L': () => hostname().split('.')[0] ?? '',
  'l': () => hostname(),
  'n': said => said.original,
  'p': said => said.port,
  'r': said => said.user,
  'u': localUser,
}

/** A path, written out. Throws a `Trouble` for what ssh would not take, and for what only a later release knows. */
export function writtenOut(path: string, said: Tokens): string {
  return filled(tilde(path, said.home), [...'%dhikLlnpru'], said).replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const value = process.env[name]
    if (value === undefined)
      throw new Trouble('inventory', `the SSH configuration says ${path}, and the environment has no ${name}; set it`)
    return value
  })
}

/** Text with the tokens that may stand in it. */
export const filled = (text: string, tokens: readonly string[], said: Tokens): string =>
  text.replace(/%([\s\S]?)/g, (token, letter: string) => {
    const word = tokens.includes(letter) ? WORDS[letter] : undefined
    if (word === undefined)
      throw new Trouble('inventory', `the SSH configuration says ${text}, where ${token} is not understood; write it out`)
    return word(said)
  })

/** A path below the home folder. */
export function tilde(path: string, home: string): string {
  if (!path.startsWith('~')) return path
  if (/^~[^/]/.test(path))
    throw new Trouble('inventory', `the SSH configuration says ${path}, the home folder of somebody else; write it out`)
  return join(home, path.slice(1))
}

/** The host to connect to, once HostName has been heard: `%h` in it is the host as it was asked for. */
export function hostOf(named: string | undefined, original: string): string {
  const said = { host: original, original, port: '', user: '', alias: '', home: '' }
  const host = named === undefined ? original : filled(named, ['%', 'h'], said)
  return isIP(host) ? host : host.toLowerCase()
}
