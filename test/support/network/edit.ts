// A change that somebody makes to one router of a planned network.
import type { CollectedText } from '../../../src/model/inventory.ts'
import { generate } from './audit.ts'
import { cut, damage } from './loss.ts'
import type { Plan, PlannedRouter } from './plan.ts'
import type { Random } from './random.ts'

/** Takes one line of relaying away, doubles a router's text with another one's words, or spoils a line. */
export function edited(seed: number, plan: Plan, texts: readonly CollectedText[], r: Random): CollectedText[] {
  const at = r.below(texts.length)
  const file = texts[at] as CollectedText
  const how = r.below(5)
  if (how === 0) return texts.with(at, (damage(file, r)?.file ?? file) as CollectedText)
  if (how === 1) return texts.with(at, cut(file, plan.routers[at] as PlannedRouter, r).file as CollectedText)
  if (how === 2) {
    // The same router of another network: interfaces and groups come and go.
    const { plan: other, files } = generate(seed + 1)
    const twin = files[at] as CollectedText | undefined
    return other.routers[at]?.os === plan.routers[at]?.os && twin ? texts.with(at, { ...file, text: twin.text }) : [...texts]
  }
  const lines = file.text.split('\n')
  const about = lines.flatMap((line, n) => (/helper|relay|standby|vrrp|address|shutdown/.test(line) ? [n] : []))
  if (about.length === 0) return [...texts]
  const n = r.pick(about)
  return texts.with(at, { ...file, text: lines.toSpliced(n, 1).join('\n') })
}
