// Names that stand for many hosts: `r[01:10]`, `sw[a:f]`, `r[1:9:2]-[1:2]` (docs.ansible.com, adding ranges of hosts).

/** No range of routers is longer; `[1:99999999]` is a slip. */
const MOST = 20_000

/** The names that a pattern stands for, and the port behind it; or what is wrong with it. */
export function expandHosts(
  pattern: string,
): { readonly names: readonly string[]; readonly port: string | null } | { readonly wrong: string } {
  // A port stands behind the last colon outside of brackets; more than one colon is an IPv6 address.
  const outside = pattern.replace(/\[[^\]]*\]/g, brackets => '.'.repeat(brackets.length))
  const [, address = '', port = null] =
    /^\[([\da-f:.]*:[\da-f:.]*)\](?::(\d+))?$/i.exec(pattern) ??
    (/^[^:]*:\d+$/.test(outside) ? /^(.*):(\d+)$/.exec(pattern) : null) ??
    []
  if (/^[\da-f:.]*:[\da-f:.]*:[\da-f:.]*$/i.test(address)) return { names: [address], port }
  const names = expand(port === null ? pattern : address)
  return typeof names === 'string' ? { wrong: names } : { names, port }
}

function expand(pattern: string): string[] | string {
  const [whole, head = '', range = '', tail = ''] = /^([^[]*)\[([^\]]*)\](.*)$/s.exec(pattern) ?? []
  if (whole === undefined) return [pattern]
  const sequence = sequenceOf(range)
  if (typeof sequence === 'string') return sequence
  const rest = expand(tail)
  if (typeof rest === 'string') return rest
  if (sequence.length * rest.length > MOST) return `a range may stand for ${MOST} hosts at most`
  return sequence.flatMap(one => rest.map(end => head + one + end))
}

/** `begin:end[:step]`, both ends included; a begin with leading zeros sets the width. */
function sequenceOf(range: string): string[] | string {
  const [begin = '', end = '', step = '1', more] = range.split(':')
  if (more !== undefined || !range.includes(':') || end === '')
    return `a range is written [begin:end] or [begin:end:step], not [${range}]`
  const by = Number(step)
  if (!/^\d+$/.test(step) || by === 0) return `the step of a range is a number from 1, not ${step}`
  if (/^[A-Za-z]$/.test(begin) && /^[A-Za-z]$/.test(end)) return letters(begin, end, by)
  const first = begin === '' ? '0' : begin
  if (!/^\d{1,9}$/.test(first) || !/^\d{1,9}$/.test(end))
    return `the ends of a range are two numbers or two letters, not [${range}]`
  const padded = first.length > 1 && first.startsWith('0')
  if (padded && first.length !== end.length) return `both ends of a range with leading zeros have one length, unlike [${range}]`
  if (Number(first) > Number(end)) return `a range begins with its lower end, unlike [${range}]`
  if ((Number(end) - Number(first)) / by > MOST) return `a range may stand for ${MOST} hosts at most`
  const count = Math.floor((Number(end) - Number(first)) / by) + 1
  return Array.from({ length: count }, (_, n) => String(Number(first) + n * by).padStart(padded ? first.length : 1, '0'))
}

/** Small letters come before capitals, as in Ansible. */
const ALPHABET = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ']

function letters(begin: string, end: string, by: number): string[] | string {
  const [from, to] = [ALPHABET.indexOf(begin), ALPHABET.indexOf(end)]
  if (from > to) return `a range begins with its lower end, unlike [${begin}:${end}]`
  return ALPHABET.slice(from, to + 1).filter((_, n) => n % by === 0)
}
