// The command line of a simulated router: what is typed goes in, what it prints comes out. Pure.
import type { Platform } from '../parse/platform.ts'

/** A router to simulate. */
export interface Router {
  readonly name: string
  readonly platform: Platform
  readonly hostname: string
  /** The configuration it prints. */
  readonly text: string
}

/** A command line in use by one session. */
export interface CommandLine {
  readonly greeting: string
  /** Takes what was typed; returns what the terminal shows, and whether the session is over. */
  type(text: string): { readonly output: string; readonly closed: boolean }
}

/** Lines of output before a router waits for a key. */
const PAGE = 23

const PROMPTS: readonly ((hostname: string, user: string) => string)[] = [
  hostname => `${hostname}#`,
  hostname => `${hostname}# `,
  (hostname, user) => `${user}@${hostname}> `,
  hostname => `<${hostname}>`,
  (hostname, user) => `${user}@${hostname}:~$ `,
  (hostname, user) => `[${user}@${hostname}] > `,
  (hostname, user) => `A:${user}@${hostname}# `,
  hostname => `* ${hostname}.1 # `,
]
/** Systems whose everyday prompt is not the first that their pattern allows. */
const OWN_PROMPTS: Readonly<Record<string, (hostname: string, user: string) => string>> = {
  'juniper-junos': (hostname, user) => `{master:0}\r\n${user}@${hostname}> `,
  'hpe-comware': hostname => `<${hostname}>`,
  'huawei-vrp': hostname => `<${hostname}>`,
}
const PAGERS = [' --More-- ', '---(more)---', '---- More ----', '-- MORE --, next page: Space, next line: Enter, quit: Control-C']
const REFUSALS = [
  "% Invalid input detected at '^' marker.",
  'unknown command.',
  'error: unknown command',
  "% Unrecognized command found at '^' position.",
  "Error: Unrecognized command found at '^' position.",
  'Invalid input: %s',
  'Invalid command: [%s]',
]

/** What a router answers to one command; null when the command ends the session. */
export function answerTo(router: Router, command: string): string | null {
  const { session, name } = router.platform
  const line = command.trim().replace(/\s+/g, ' ')
  if (line === session.close || line === 'exit' || line === 'quit') return null
  if (line === '' || session.open.includes(line)) return ''
  if (line === session.show[0]) return router.text
  if (line === 'show version') return `${name}, simulated by iphelper-audit\n`
  return `${' '.repeat(8)}^\n${fitting(REFUSALS, text => session.refused.test(text))}\n`
}

/** A fresh command line, logged in. */
export function commandLine(router: Router, user: string): CommandLine {
  const { session, id } = router.platform
  const fits = (text: string) => session.prompt.test(text.split('\n').at(-1) ?? '') && !session.enable?.when.test(text)
  const forms = [...(OWN_PROMPTS[id] ? [OWN_PROMPTS[id]] : []), ...PROMPTS].map(form => form(router.hostname, user))
  const prompt = fitting(forms, fits)
  const pager = fitting(PAGERS, text => session.pager?.when.test(text) ?? true)
  // What wipes the pager out again, as IOS does it.
  const wipe = `${'\b'.repeat(pager.length)}${' '.repeat(pager.length)}${'\b'.repeat(pager.length)}`
  let paging = session.open.length > 0
  let typed = ''
  let rest: string[] = []
  let afterReturn = false

  const page = (count: number) => {
    const now = rest.splice(0, paging ? count : rest.length)
    return now.map(line => `${line}\r\n`).join('') + (rest.length > 0 ? pager : `${prompt}`)
  }
  const enter = (): string | null => {
    const command = typed.trim()
    typed = ''
    const output = answerTo(router, command)
    if (output === null) return null
    if (command === session.open[0]) paging = false
    rest = output.replace(/\r?\n$/, '').split(/\r?\n/)
    if (output === '') rest = []
    return `\r\n${page(PAGE)}`
  }
  const press = (key: string): string | null => {
    const follows = key === '\n' && afterReturn
    afterReturn = key === '\r'
    if (follows) return ''
    if (rest.length > 0) {
      if (key === 'q') rest = []
      return wipe + page(key === ' ' ? PAGE : key === 'q' ? 0 : 1)
    }
    if (key === '\r' || key === '\n') return enter()
    if (key === '\b' || key === '\x7f') {
      const erased = typed === '' ? '' : '\b \b'
      typed = typed.slice(0, -1)
      return erased
    }
    typed += key
    return key
  }

  return {
    greeting: `\r\n${prompt}`,
    type(text) {
      let output = ''
      for (const key of text) {
        const shown = press(key)
        if (shown === null) return { output: `${output}\r\n`, closed: true }
        output += shown
      }
      return { output, closed: false }
    },
  }
}

const fitting = (candidates: readonly string[], fits: (text: string) => boolean): string =>
  candidates.find(fits) ?? candidates[0] ?? ''
