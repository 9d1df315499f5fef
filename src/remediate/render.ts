// Spells actions in the platform's own commands, from templates/<platform>/<action>.hbs.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Relay } from '../model/device.ts'
import type { Platform } from '../parse/platform.ts'
import type { Action } from './plan.ts'
import { partsOf, readTemplate, type Template, verifications } from './template.ts'

/** One action in the words of the platform. */
export interface Snippet {
  readonly apply: string
  readonly rollback: string
  readonly verify: readonly { readonly command: string; readonly expect: string }[]
  readonly caution: string
}
export type Rendered = Snippet | { readonly withheld: string }

const compiled = new Map<string, Template | null>()

/** The template of an action in the first folder that has one. Throws where that cannot be read. */
function template(folders: readonly string[], platform: string, action: string): Template | null {
  for (const folder of folders) {
    const file = join(folder, platform, `${action}.hbs`)
    let use = compiled.get(file)
    if (use === undefined) compiled.set(file, (use = existsSync(file) ? named(file) : null))
    if (use) return use
  }
  return null
}

/** What is wrong with the template of a user stands in the first line of the error. */
function named(file: string): Template {
  const complain = (error: unknown): never => {
    throw new Error(`the template ${file} cannot be used: ${`${(error as Error).message}`.split('\n', 1)[0]}`)
  }
  try {
    const use = readTemplate(file)
    return values => {
      try {
        return use(values)
      } catch (error) {
        return complain(error)
      }
    }
  } catch (error) {
    return complain(error)
  }
}

/** What is known of an action beyond itself. */
export interface Surroundings {
  /** The line that configures the relay, without the blanks around it. */
  readonly statement: string
  /** The relays that the plan takes off the interface. */
  readonly gone: readonly Relay[]
}

/** Renders one action. */
export function render(
  action: Action,
  platform: Platform,
  folders: readonly string[],
  { statement, gone }: Surroundings,
): Rendered {
  const { device, interface: iface } = action.attachment
  try {
    const use = template(folders, platform.id, action.id)
    if (!use) return { withheld: platform.cannot[action.id] ?? `there is no template for ${action.id} on ${platform.name}` }
    const extra = platform.fixValues?.(device, iface, action.relay, gone) ?? {}
    if ('withheld' in extra) return { withheld: `${extra.withheld}` }
    const values = { ...action.values, ...extra, statement }
    const broken = strangeIn(values)
    if (broken !== undefined)
      return { withheld: `${broken} of ${device.device} holds a line end, a brace or a character that is no ASCII` }
    return checked(split(use(values)), action, platform)
  } catch (error) {
    return { withheld: (error as Error).message }
  }
}

/** More lines than a change to one relay can have: a group of Junos may list thousands of interfaces, a router takes a few words. */
const MOST = { together: 20_000, oneByOne: 200 }

function checked(snippet: Snippet, { id }: Action, platform: Platform): Rendered {
  const what = `the template of ${id} for ${platform.name}`
  const lines = [...snippet.apply.split('\n'), ...snippet.rollback.split('\n')]
  if (snippet.apply === '') return { withheld: `${what} writes no command` }
  if (snippet.rollback === '') return { withheld: `${what} writes nothing that takes the change back` }
  if (lines.length > (platform.commits ? MOST.together : MOST.oneByOne))
    return { withheld: `${what} writes ${lines.length} lines, more than such a change can have` }
  const typed = [...lines, ...snippet.verify.map(v => v.command)]
  const odd = typed.find(line => !ASCII.test(line)) ?? lines.find(line => !platform.typed.test(line))
  return odd === undefined ? snippet : { withheld: `"${odd.trim()}" is nothing that a fix may type on ${platform.name}` }
}

const ASCII = /^[\x20-\x7e]*$/

/** Printable ASCII and no doubled braces: a value that holds anything else could say more than one word of one line. */
const PLAIN = /^(?!.*(?:\{\{|\}\}))[\x20-\x7e]*$/

/** Names of routers stand in sentences for people; where a template types one, the line is looked at as a whole. */
const FOR_PEOPLE: ReadonlySet<string> = new Set(['device', 'preferred'])

/** Any text in one line, without what turns its direction or cannot be seen. */
const LEGIBLE = /^(?!.*(?:\{\{|\}\}))[^\p{C}\p{Zl}\p{Zp}]*$/u

/** The name of a value that could say more than it should. */
function strangeIn(value: unknown, name = ''): string | undefined {
  if (typeof value === 'string') return (FOR_PEOPLE.has(name) ? LEGIBLE : PLAIN).test(value) ? undefined : name
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const found = strangeIn(inner, Array.isArray(value) ? name : key)
    if (found !== undefined) return found
  }
  return undefined
}

function split(text: string): Snippet {
  const part = partsOf(text)
  return {
    apply: part('apply'),
    rollback: part('rollback'),
    verify: verifications(part('verify')),
    caution: part('caution').replaceAll('\n', ' '),
  }
}
