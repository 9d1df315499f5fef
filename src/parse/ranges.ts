/** More interfaces than one statement may name; beyond it the text is taken as a name. */
const MOST = 4096

/**
 * Writes out an interface range: `Vlan10-12`, `Vlan 10 , Vlan 20`, `Ethernet1/1.1-2`, `GigabitEthernet1/0/1 - 4`.
 * The number after the dash replaces the last number of the name; a bare number after a comma does so too.
 */
export function expandRange(text: string): readonly string[] {
  const names: string[] = []
  let stem = ''
  for (const part of text.split(',')) {
    const found = /^\s*(.*?)(\d+)(?:\s*-\s*(.*?)(\d+))?\s*$/.exec(part)
    if (!found) return [text]
    const [, before = '', first = '', again = '', last = first] = found
    if (before !== '') stem = before
    // `Ethernet1/1-Ethernet1/4` and `Ethernet1/1-1/4` repeat the stem or its end; anything else there is not a range.
    if (again !== '' && !endsIn(stem, again)) return [text]
    if (Number(last) - Number(first) > MOST || names.length > MOST) return [text]
    for (let n = Number(first); n <= Number(last); n++) names.push(`${stem}${n}`)
  }
  return names.length > 0 ? names : [text]
}

/** True when `stem` is `end`, or ends in it without cutting a number in two. */
function endsIn(stem: string, end: string): boolean {
  const [whole, tail] = [stem, end].map(s => s.trim().toLowerCase()) as [string, string]
  return whole.endsWith(tail) && (whole === tail || !/\d/.test(whole.charAt(whole.length - tail.length - 1)) || !/^\d/.test(tail))
}
