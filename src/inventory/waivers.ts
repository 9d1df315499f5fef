// Waivers as they stand in an inventory or in a file of their own.
import { isDay, type Scope, termOf, type Waiver } from '../model/accepted.ts'
import { type Kind, readDocument } from './document.ts'
import { suggest } from './nearest.ts'
import type { Problem } from './problem.ts'
import { type WaiverEntry, waiversSchema } from './schema.ts'

/** What waivers are held against; what is absent is not checked. */
export interface WaiverOptions {
  /** The ids of the rules. */
  readonly rules?: readonly string[]
  /** The moment of the audit: waivers that ended before it are refused. */
  readonly now?: Date
}

const KIND: Kind<{ waivers: WaiverEntry[] }> = {
  schema: waiversSchema,
  name: 'file of waivers',
  start: 'check the path',
  whole: 'a file of waivers is a list under waivers:, each with rule:, reason: and owner:',
}

/** Reads a file of waivers. */
export function loadWaivers(file: string, options: WaiverOptions): Waiver[] {
  const { data, refuse, lineOf } = readDocument(file, KIND)
  refuse(checkWaivers(data.waivers, options))
  return data.waivers.map((waiver, w) => waiverOf(waiver, `${file}:${lineOf(['waivers', w])}`))
}

/** Rules that are none, and waivers that are over; `waivers:` stands at the top of its file. */
export function checkWaivers(waivers: readonly WaiverEntry[], { rules, now }: WaiverOptions): Problem[] {
  return waivers.flatMap(({ rule, owner, expires = null }, w): Problem[] => {
    const wrong = (key: string, message: string): Problem => ({ path: ['waivers', w, key], at: 'value', message })
    const problems: Problem[] = []
    // A pattern is left alone: the rules it is meant for may come with another version.
    if (rules && !/[*?]/.test(rule) && !rules.includes(rule))
      problems.push(wrong('rule', `there is no rule "${rule}"; ${suggest(rule, rules)}`))
    if (now && termOf(expires, now) === 'expired')
      problems.push(
        wrong(
          'expires',
          isDay(`${expires}`)
            ? `this waiver by ${owner} ended on ${expires}; renew or remove it`
            : `"${expires}" is no day like 2026-12-31, so this waiver by ${owner} counts as expired; renew or remove it`,
        ),
      )
    return problems
  })
}

/** A waiver with the place where it stands. */
export const waiverOf = (entry: WaiverEntry, place: string): Waiver => ({
  rule: entry.rule,
  site: scopeOf(entry.site),
  device: scopeOf(entry.device),
  subnet: scopeOf(entry.subnet),
  point: scopeOf(entry.pxe_point),
  reason: entry.reason,
  owner: entry.owner,
  expires: entry.expires ?? null,
  place,
})

const scopeOf = (value: string | readonly string[] | undefined): Scope =>
  value === undefined ? null : typeof value === 'string' ? [value] : value
