// Names that a configuration gives to commands: what a change types by them stands elsewhere.

/** What such a name may stand for without that anything is configured by it: `show`, and not `shutdown`; `configure`, and not what replaces. */
const ONLY_LOOKS =
  /^(?:sho?w? |wr(?:ite)?(?: (?:mem|term)\w*)?$|copy run\S* |(?:ping|trace\w*|clear|more|ter\w*|ssh|telnet) |dir(?: |$)|(?:exit|end|who|conf\w*(?: t\w*)?)$)/i

/** The names, in lower case, that may configure something; `forms` finds them: capture 1 is the name, capture 2 the command. */
export function aliasesIn(text: string, forms: RegExp | undefined): ReadonlySet<string> {
  if (forms === undefined) return new Set()
  return new Set(
    Array.from(text.matchAll(forms), ([, name = '', command = '']) =>
      ONLY_LOOKS.test(command.trim()) ? '' : name.toLowerCase(),
    ),
  )
}

/** Whether a line begins with one of them, or takes back what it stands for. */
export const isByAlias = (names: ReadonlySet<string>, line: string): boolean =>
  names.has(/^\s*(?:do |no |default )*(\S*)/i.exec(line)?.[1]?.toLowerCase() || ' ')
