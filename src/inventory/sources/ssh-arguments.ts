// What command-line arguments of ssh(1) say of the way to a device.
import { isWithheld, withheld } from './sourced.ts'

/** What was found in them. */
export interface SshArguments {
  /** Hosts to go through, in the form of `ssh -J`; or a value that stands elsewhere. */
  readonly proxy_jump: unknown
  readonly key: string | undefined
  /** Options that say something else, and are not taken over. */
  readonly others: boolean
}

const NOTHING: SshArguments = { proxy_jump: undefined, key: undefined, others: false }

/**
 * Reads `ansible_ssh_common_args` and its like. Jump hosts stand there as `-J`, as `-o ProxyJump=` or as the older
 * `-o ProxyCommand="ssh -W %h:%p HOST"` (docs.ansible.com, network debugging: bastion hosts). Other proxy commands are programs, and
 * are not run.
 */
export function readSshArguments(args: unknown): SshArguments {
  if (isWithheld(args)) return { ...NOTHING, proxy_jump: args }
  if (typeof args !== 'string' || args.trim() === '') return NOTHING
  const words = wordsOf(args)
  let found = NOTHING
  for (let at = 0; at < words.length; at++) {
    const [, flag, glued = ''] = /^-([JioF])(.*)$/s.exec(words[at] ?? '') ?? []
    if (flag === undefined) {
      found = { ...found, others: true }
      continue
    }
    const value = glued === '' ? (words[++at] ?? '') : glued
    if (flag === 'J') found = { ...found, proxy_jump: value }
    else if (flag === 'i') found = { ...found, key: value }
    else if (flag === 'o') found = option(found, value)
    else found = { ...found, others: true }
  }
  return found
}

function option(found: SshArguments, text: string): SshArguments {
  const [, name = '', value = ''] = /^\s*([A-Za-z]+)\s*[=\s]\s*(.*?)\s*$/s.exec(text) ?? []
  const bare = value.replace(/^"(.*)"$/s, '$1')
  switch (name.toLowerCase()) {
    case 'proxyjump':
      return { ...found, proxy_jump: bare }
    case 'identityfile':
      return { ...found, key: bare }
    case 'proxycommand':
      return bare.toLowerCase() === 'none' ? { ...found, proxy_jump: 'none' } : { ...found, proxy_jump: jumpOf(bare) }
    default:
      return { ...found, others: true }
  }
}

/** The host behind `ssh -W %h:%p [-q] [-p PORT] [-l USER] [USER@]HOST`. */
function jumpOf(command: string): unknown {
  const [program, ...words] = wordsOf(command)
  const other = withheld('has a ProxyCommand, and this program runs none; use ProxyJump')
  if (!/^(.*\/)?ssh$/.test(program ?? '')) return other
  let port = ''
  let user = ''
  let host = ''
  let forwards = false
  for (let at = 0; at < words.length; at++) {
    const [, flag, glued = ''] = /^-(W|p|l|q)(.*)$/.exec(words[at] ?? '') ?? []
    if (flag === undefined) {
      // Any other option would change the way, and so would a command behind the host.
      if (words[at]?.startsWith('-') || host !== '') return other
      host = words[at] ?? ''
    } else if (flag !== 'q') {
      const value = glued === '' ? (words[++at] ?? '') : glued
      if (flag === 'W') forwards = true
      else if (flag === 'p') port = `:${value}`
      else user = `${value}@`
    }
  }
  return forwards && host !== '' ? `${host.includes('@') ? '' : user}${host}${port}` : other
}

/** Words of a command line, with quotes gone. */
const wordsOf = (text: string): string[] =>
  [...text.matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replace(
      /"((?:[^"\\]|\\.)*)"|'([^']*)'/g,
      (_, double?: string, single?: string) => double?.replace(/\\(.)/g, '$1') ?? single ?? '',
    ),
  )
