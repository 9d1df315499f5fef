// `interface Vl10` beside `interface Vlan10`.
import type { DraftDevice, DraftInterface } from './draft.ts'

/**
 * Lines that open an interface by a short form of another one's name, with that other one. A device takes the two for
 * one; here they are not joined, so what stands under the short form is missing where it belongs.
 */
export function shortForms(draft: DraftDevice): { readonly line: number; readonly interface: string }[] {
  const byNumber = new Map<string, DraftInterface[]>()
  for (const i of draft.interfaces.values()) {
    const number = /\d[\d/.:]*$/.exec(i.key)?.[0]
    if (number === undefined) continue
    const there = byNumber.get(number)
    if (there) there.push(i)
    else byNumber.set(number, [i])
  }
  return [...byNumber].flatMap(([number, there]) =>
    there.length < 2
      ? []
      : there.flatMap(short => {
          const stem = short.key.slice(0, -number.length)
          const long = stem === '' ? undefined : there.find(o => o.key.length > short.key.length && o.key.startsWith(stem))
          return long ? [{ line: short.line, interface: long.name }] : []
        }),
  )
}
