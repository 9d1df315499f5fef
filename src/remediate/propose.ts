// From a duplicate to proven snippets: plan, spell, apply in memory, audit again.
import type { Device } from '../model/device.ts'
import type { Judgement } from '../model/judgement.ts'
import type { Remediation } from '../model/result.ts'
import type { Platform } from '../parse/platform.ts'
import { type Action, type Plan, plansFor } from './plan.ts'
import { render, type Snippet } from './render.ts'

/** What the proof needs from the audit it belongs to. */
export interface Bench {
  platformOf(device: Device): Platform
  readonly templates: string
  lineText(device: Device, line: number): string
  /**
   * Audits again with text appended to some configurations. Returns why the change must not be shown: the finding
   * stays, another appears, another verdict changes, or taking the change back does not restore the facts. Null: proven.
   */
  prove(
    fingerprint: string,
    judgement: Judgement,
    changes: ReadonlyMap<string, { readonly apply: string; readonly rollback: string }>,
  ): string | null
}

/** Proposes what to change for one duplicate, one entry per device. A plan that cannot be proven gives way to the next. */
export function propose(judgement: Judgement, fingerprint: string, bench: Bench): Remediation[] {
  const plans = plansFor(judgement, (device, action) => !(action in bench.platformOf(device).cannot))
  let why = ''
  for (const plan of plans) {
    const spelled = spell(plan, bench)
    if ('withheld' in spelled) {
      why ||= spelled.withheld
      continue
    }
    const refusal = bench.prove(fingerprint, judgement, spelled.changes)
    if (refusal === null) {
      return Array.from(spelled.changes, ([device, s]) => ({ fingerprint, strategy: plan.strategy, device, ...s, proven: true }))
    }
    why ||= refusal
  }
  const device = judgement.preferred.attachment?.device.device ?? judgement.copies.live[0]?.attachment.device.device ?? ''
  const last = plans.at(-1)
  return [
    {
      fingerprint,
      strategy: last?.strategy ?? 'remove',
      device,
      apply: '',
      rollback: '',
      verify: [],
      caution: `No snippet is shown because none could be proven: ${why}.`,
      proven: false,
    },
  ]
}

/** All actions of a plan, joined per device. */
function spell(plan: Plan, bench: Bench): { readonly changes: Map<string, Snippet> } | { readonly withheld: string } {
  const changes = new Map<string, Snippet>()
  for (const action of plan.actions) {
    const { device } = action.attachment
    const rendered = render(action, bench.platformOf(device), bench.templates, statementOf(action, bench))
    if ('withheld' in rendered) return rendered
    const before = changes.get(device.device)
    changes.set(device.device, before ? merge(before, rendered) : rendered)
  }
  return changes.size > 0 ? { changes } : { withheld: 'there is nothing to change' }
}

const statementOf = (action: Action, bench: Bench) => bench.lineText(action.attachment.device, action.relay.line).trim()

/** Rollbacks run backwards. */
const merge = (a: Snippet, b: Snippet): Snippet => ({
  apply: `${a.apply}\n${b.apply}`,
  rollback: `${b.rollback}\n${a.rollback}`,
  verify: [...a.verify, ...b.verify.filter(v => !a.verify.some(w => w.command === v.command && w.expect === v.expect))],
  caution: a.caution === b.caution ? a.caution : `${a.caution} ${b.caution}`.trim(),
})
