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
  for (const action of plan.actions) {
    const { device } = action.attachment
    const rendered = render(action, platformOf(device), templates, lineText(device, action.relay.line).trim())
    if ('withheld' in rendered) return rendered
    const before = changes.get(device.device)
    changes.set(device.device, before ? merge(before, rendered) : rendered)
  }
  return changes.size > 0 ? { changes } : { withheld: 'there is nothing to change' }
}

/** Rollbacks run backwards. */
const merge = (a: Snippet, b: Snippet): Snippet => ({
  apply: `${a.apply}\n${b.apply}`,
  rollback: `${b.rollback}\n${a.rollback}`,
  verify: [...a.verify, ...b.verify.filter(v => !a.verify.some(w => w.command === v.command && w.expect === v.expect))],
  caution: a.caution === b.caution ? a.caution : `${a.caution} ${b.caution}`.trim(),
})
