// A change, device by device: what is entered where, and in which order.
import type { Candidate } from '../candidate.ts'
import type { Snippet } from '../render.ts'
import type { Base, Change, Fix } from './pack.ts'

/** What one fix does on one device. */
export interface Part {
  readonly candidate: Candidate
  /** Fingerprints. */
  readonly fixes: readonly string[]
  readonly snippet: Snippet
}

/** One device, with all that is entered there. */
export interface Step {
  readonly base: Base
  readonly parts: readonly Part[]
}

/** The steps, site by site; devices that are standby on more segments come first. */
export function stepsOf({ fixes }: Pick<Change, 'fixes'>, bases: ReadonlyMap<string, Base>): Step[] {
  const steps = new Map<string, { readonly parts: Part[]; readonly places: number[] }>()
  for (const fix of fixes)
    [...fix.candidate.changes.keys()].forEach((device, place, { length }) => {
      const own = steps.get(device) ?? { parts: [], places: [] }
      steps.set(device, own)
      own.parts.push(partOf(fix, device))
      if (length > 1) own.places.push(place / (length - 1))
    })
  return Array.from(steps, ([device, { parts, places }]) => ({ base: bases.get(device) as Base, parts, late: mean(places) }))
    .sort((a, b) => order(a.base.site, b.base.site) || a.late - b.late || order(a.base.name, b.base.name))
    .map(({ base, parts }) => ({ base, parts }))
}

const mean = (numbers: readonly number[]) => (numbers.length === 0 ? 0 : numbers.reduce((a, b) => a + b, 0) / numbers.length)
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const partOf = ({ candidate, fixes }: Fix, device: string): Part => ({ candidate, fixes, snippet: snippetOf(candidate, device) })

/** What a candidate says of one device. */
export function snippetOf({ changes }: Candidate, device: string): Snippet {
  const { apply = '', rollback = '', verify = [], caution = '' } = changes.get(device) ?? {}
  return { apply, rollback, verify, caution }
}

/** The way back: what was done last is undone first. */
export const reversed = (parts: readonly Part[]): readonly Part[] => parts.toReversed()

/** Interfaces of a device that would notice: those that are changed, and those that share what is changed. */
export function touched({ plan }: Candidate, device: string): readonly string[] {
  const names = plan.actions
    .filter(a => a.attachment.device.device === device)
    .flatMap(({ attachment: { device: own, interface: iface }, relay }) => {
      if (plan.wide) return own.interfaces.filter(i => i.relays.some(r => r.live)).map(i => i.name)
      const sharing = own.interfaces.filter(i => relay.via !== null && i.relays.some(r => r.via === relay.via))
      return [iface.name, ...sharing.map(i => i.name)]
    })
  return [...new Set(names)]
}
