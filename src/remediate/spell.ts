// A plan in the commands of the platforms, joined per device.
import type { Device } from '../model/device.ts'
import type { Platform } from '../parse/platform.ts'
import type { Plan } from './plan.ts'
import { render, type Snippet } from './render.ts'

/** Text to append per device, and the text that takes it back. */
export type Changes = ReadonlyMap<string, Pick<Snippet, 'apply' | 'rollback'> & Partial<Snippet>>

interface Words {
  platformOf(device: Device): Platform
  readonly templates: readonly string[]
  lineText(device: Device, line: number): string
}

/** Spells all actions of a plan; one that cannot be spelled withholds the plan. */
export function spell(
  plan: Plan,
  { platformOf, templates, lineText }: Words,
): { readonly changes: Changes } | { readonly withheld: string } {
  const changes = new Map<string, Snippet>()
  const said = new Set<string>()
  for (const action of plan.actions) {
    const { device } = action.attachment
    const gone = plan.actions.filter(a => a.id === 'remove-relay' && a.attachment === action.attachment).map(a => a.relay)
    const statement = lineText(device, action.relay.line).trim()
    const rendered = render(action, platformOf(device), templates, { statement, gone })
    if ('withheld' in rendered) return rendered
    const before = changes.get(device.device)
    const text = `${rendered.apply}\n\n${rendered.rollback}`
    const twice = said.has(`${device.device}\n${text}`)
    said.add(`${device.device}\n${text}`)
    changes.set(device.device, before ? merge(before, twice ? { ...rendered, apply: '', rollback: '' } : rendered) : rendered)
  }
  return changes.size > 0 ? { changes } : { withheld: 'there is nothing to change' }
}

const lines = (...parts: readonly string[]) => parts.filter(part => part !== '').join('\n')

/** Rollbacks run backwards. */
const merge = (a: Snippet, b: Snippet): Snippet => ({
  apply: lines(a.apply, b.apply),
  rollback: lines(b.rollback, a.rollback),
  verify: [...a.verify, ...b.verify.filter(v => !a.verify.some(w => w.command === v.command && w.expect === v.expect))],
  caution: a.caution === b.caution ? a.caution : `${a.caution} ${b.caution}`.trim(),
})
