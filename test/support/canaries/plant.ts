// Puts a secret of its own into every place of a configuration that is marked for one.

/** A configuration with secrets in it, and every spelling that must be found nowhere. */
export interface Planted {
  readonly text: string
  readonly canaries: readonly string[]
}

/** The key of Cisco's type 7, known since 1995. */
const SEVEN = 'dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87'
/** Hides a text from the eye as type 7 does, from a place in the key on. */
export const seven = (text: string, from: number): string =>
  String(from).padStart(2, '0') +
  [...text]
    .map((c, i) => (c.charCodeAt(0) ^ SEVEN.charCodeAt((from + i) % SEVEN.length)).toString(16).padStart(2, '0').toUpperCase())
    .join('')

const digits = (n: number) => n.toString(16).padStart(4, '0')

/**
 * What is planted for each mark: how it stands in the text, and the spellings that must be found nowhere. `n` is another
 * number for each place.
 */
const KINDS: Readonly<Record<string, (n: number) => readonly [written: string, ...spellings: string[]]>> = {
  // A word; and one that fits where eight characters are allowed.
  w: n => [`Canary-${digits(n)}x`, `Canary-${digits(n)}x`],
  '8': n => [`cnry${digits(n)}`, `cnry${digits(n)}`],
  // Odd characters, in whole and what is left when one of them is taken for an end.
  odd: n => [`c$${digits(n)}^/q${digits(n)}#!%\\"z`, `${digits(n)}^/q`, `q${digits(n)}`],
  'odd-url': n => [`c$${digits(n)}!q${digits(n)}%40`, `${digits(n)}!q`, `q${digits(n)}`],
  '7': n => [seven(`Canary-${digits(n)}s`, n % 16), seven(`Canary-${digits(n)}s`, n % 16), `Canary-${digits(n)}s`],
  '7q': n => [`"${seven(`Canary-${digits(n)}t`, n % 16)}"`, seven(`Canary-${digits(n)}t`, n % 16), `Canary-${digits(n)}t`],
  // Quoted, with blanks; within quotes that stand there already it is {in}.
  q: n => [`"Canary-${digits(n)} has ${digits(n)}-words"`, `Canary-${digits(n)}`, `${digits(n)}-words`],
  in: n => [`Canary-${digits(n)}i`, `Canary-${digits(n)}i`],
  '$1': n => [`$1$salt$Canary${digits(n)}hash./`, `Canary${digits(n)}`],
  '$5': n => [`$5$salt$Canary${digits(n)}hash./`, `Canary${digits(n)}`],
  '$6': n => [`$6$salt$Canary${digits(n)}hash./`, `Canary${digits(n)}`],
  '$9': n => [`$9$Canary${digits(n)}hash./`, `Canary${digits(n)}`],
  '$8': n => [`$8$aes256-gcm$hmac-sha2-256$100$Canary${digits(n)}$aa==$bb+/`, `Canary${digits(n)}`],
  hex: n => [`${digits(n)}cafe`.repeat(5), `${digits(n)}cafe`],
  HEX: n => [`${digits(n)}cafe`.repeat(4).toUpperCase(), `${digits(n)}cafe`.toUpperCase()],
  hexes: n => [`30819F30 ${digits(n)}CAFE `.repeat(4).trim().toUpperCase(), `${digits(n)}CAFE`.toUpperCase()],
  '0x': n => [`0x${`${digits(n)}beef`.repeat(4)}`, `${digits(n)}beef`],
  base64: n => [`AAAAB3NzaC1yc2E/Canary${digits(n)}+AAAAAAAA`, `Canary${digits(n)}`],
  'base64-end': n => [`Cn${digits(n)}Q==`, `Cn${digits(n)}Q`],
}

/** Plants another secret at each `{kind}`. */
export function plant(template: string, first = 1): Planted {
  const canaries: string[] = []
  let n = first
  const text = template.trimStart().replace(/\{([\w$-]+)\}/g, (mark, kind: string) => {
    const [written, ...spellings] = KINDS[kind]?.(n++) ?? [mark]
    canaries.push(...spellings)
    return written
  })
  return { text, canaries }
}
