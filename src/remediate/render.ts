// Spells actions in the platform's own commands, from templates/<platform>/<action>.hbs.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import type { Platform } from '../parse/platform.ts'
import type { Action } from './plan.ts'

/** One action in the words of the platform. */
export interface Snippet {
  readonly apply: string
  readonly rollback: string
  readonly verify: readonly { readonly command: string; readonly expect: string }[]
  readonly caution: string
}
export type Rendered = Snippet | { readonly withheld: string }

const PARTS = ['apply', 'rollback', 'verify', 'caution'] as const
/** Printable ASCII and no template braces: a value that holds anything else could say more than it should. */
const SAFE = /^[\x20-\x7e]*$/

const compiled = new Map<string, HandlebarsTemplateDelegate>()

function template(folder: string, platform: string, action: string): HandlebarsTemplateDelegate | undefined {
  const file = join(folder, platform, `${action}.hbs`)
  let found = compiled.get(file)
  if (!found && existsSync(file)) {
    // Commands are no HTML; a value the template names and nobody gave is an error.
    found = Handlebars.compile(readFileSync(file, 'utf8'), { noEscape: true, strict: true, knownHelpersOnly: true })
    compiled.set(file, found)
  }
  return found
}

/** Renders one action. `statement` is the line that configures the relay, without the blanks around it. */
export function render(action: Action, platform: Platform, folder: string, statement: string): Rendered {
  const { device, interface: iface } = action.attachment
  const use = template(folder, platform.id, action.id)
  if (!use) return { withheld: platform.cannot[action.id] ?? `there is no template for ${action.id} on ${platform.name}` }
  const extra = platform.fixValues?.(device, iface, action.relay) ?? {}
  if ('withheld' in extra) return { withheld: `${extra.withheld}` }
  const values = { ...action.values, ...extra, statement }
  const unsafe = Object.entries(values).find(([, v]) => typeof v === 'string' && !SAFE.test(v))
  if (unsafe) return { withheld: `${unsafe[0]} holds characters that do not belong into a command` }
  return split(use(values))
}

/** `=== apply`, `=== rollback`, `=== verify` and `=== caution` each introduce a part. */
function split(text: string): Snippet {
  const parts = new Map<string, string[]>()
  let into: string[] = []
  for (const line of text.split('\n')) {
    const heading = /^=== (\w+)\s*$/.exec(line)
    if (heading) parts.set(heading[1] ?? '', (into = []))
    else if (line.trim() !== '') into.push(line.trimEnd())
  }
  const [apply = [], rollback = [], verify = [], caution = []] = PARTS.map(name => parts.get(name))
  return {
    apply: apply.join('\n'),
    rollback: rollback.join('\n'),
    verify: verify.map(line => {
      const [command = '', expect = ''] = line.split(' => ')
      return { command: command.trim(), expect: expect.trim() }
    }),
    caution: caution.join(' '),
  }
}
