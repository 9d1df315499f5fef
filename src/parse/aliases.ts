// Names that a configuration gives to commands: what a change types by them stands elsewhere.

/** What such a name may stand for without that anything is configured by it. */
const ONLY_LOOKS = /^(?:sh|wr|copy run|ping|trace|clear|dir|more|ter|exit|end|conf|who|ssh|telnet)/i

/** The names, in lower case, that may configure something; `forms` finds them: capture 1 is the name, capture 2 the command. */
export function aliasesIn(text: string, forms: RegExp | undefined): ReadonlySet<string> {
  if (forms === undefined) return new Set()
  return new Set(
    Array.from(text.matchAll(forms), ([, name = '', command = '']) => (ONLY_LOOKS.test(command) ? '' : name.toLowerCase())),
  )
}

/** Whether a line begins with one of them, or takes back what it stands for. */
export const isByAlias = (names: ReadonlySet<string>, line: string): boolean =>
  names.has(/^\s*(?:do |no |default )*(\S*)/i.exec(line)?.[1]?.toLowerCase() || ' ')
