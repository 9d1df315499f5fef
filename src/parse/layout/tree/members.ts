// Which interfaces a pattern in a range of them names. Numbers are compared as numbers there, unlike in groups.

/** `*` stands for these alone (Juniper, "Interface Ranges for Physical Interfaces"). */
const EVERY = '0-47'

/**
 * Whether `ge-0/[0-1]/[2,10-23]` names an interface: what stands in brackets is a list of numbers and of spans of them, so
 * `[10-23]` is not the class of characters that it would be in a group.
 */
export function names(pattern: string, name: string): boolean {
  let at = 0
  for (const part of pattern.split(/(\*|\[[^\]]*\])/)) {
    if (part !== '*' && !part.startsWith('[')) {
      if (!name.startsWith(part, at)) return false
      at += part.length
      continue
    }
    const digits = /^\d*/.exec(name.slice(at))?.[0] ?? ''
    if (digits === '' || !holds(part === '*' ? EVERY : part.slice(1, -1), Number(digits))) return false
    at += digits.length
  }
  return at === name.length
}

/** Whether a number is in `2,10-23`. */
const holds = (list: string, number: number): boolean =>
  list.split(',').some(span => {
    const found = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(span)
    return found !== null && Number(found[1]) <= number && number <= Number(found[2] ?? found[1])
  })
