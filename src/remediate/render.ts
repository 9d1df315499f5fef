// Spells actions in the platform's own commands, from templates/<platform>/<action>.hbs.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
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

const compiled = new Map<string, Template | undefined>()

/** The template of an action in the first folder that has one. */
function template(folders: readonly string[], platform: string, action: string): { file: string; use: Template } | undefined {
  for (const folder of folders) {
    const file = join(folder, platform, `${action}.hbs`)
    if (!compiled.has(file)) {
      compiled.set(file, existsSync(file) ? readTemplate(file) : undefined)
    }
    const use = compiled.get(file)
    if (use) return { file, use }
  }
  return undefined
}

/** Renders one action. `statement` is the line that configures the relay, without the blanks around it. */
export function render(action: Action, platform: Platform, folders: readonly string[], statement: string): Rendered {
  const { device, interface: iface } = action.attachment
  const found = template(folders, platform.id, action.id)
  if (!found) return { withheld: platform.cannot[action.id] ?? `there is no template for ${action.id} on ${platform.name}` }
  const extra = platform.fixValues?.(device, iface, action.relay) ?? {}
  if ('withheld' in extra) return { withheld: `${extra.withheld}` }
  const values = { ...action.values, ...extra, statement }
  const broken = strangeIn(values)
  if (broken !== undefined)
    return { withheld: `${broken} of ${device.device} holds a line end, a brace or a character that is no ASCII` }
  try {
    const snippet = split(found.use(values))
    const odd = [...snippet.apply.split('\n'), ...snippet.rollback.split('\n')].find(line => !platform.typed.test(line))
    return odd === undefined
      ? snippet
      : { withheld: `"${odd.trim()}" holds characters that do not belong into a command of ${platform.name}` }
  } catch (error) {
    // The template of a user: what is wrong with it stands in the first line.
    return { withheld: `the template ${found.file} cannot be used: ${`${(error as Error).message}`.split('\n', 1)[0]}` }
  }
}

/** Printable ASCII and no doubled braces: a value that holds anything else could say more than one word of one line. */
const PLAIN = /^(?!.*(?:\{\{|\}\}))[\x20-\x7e]*$/

/** The name of a value that could say more than it should. */
function strangeIn(value: unknown, name = ''): string | undefined {
  if (typeof value === 'string') return PLAIN.test(value) ? undefined : name
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
