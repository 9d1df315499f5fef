// Commands that an event handler has bash type. Sources: README.md, "Not modelled".

/** Whole, or shortened as far as the device takes it. */
const COMMAND = String.raw`\s*(?:no |default )?(?:ip(?:v6)? (?:he|dh\w* r)|dhcp r)`
/** Behind what begins a command in a string of a shell: a quote, `;`, `\n`. What follows `show` is none. */
const IN_STRING = new RegExp(String.raw`(?:["';]|\\n)${COMMAND}`, 'i')
const ALONE = new RegExp(`^${COMMAND}`, 'i')

/** Whether a line of bash gives the device a command that changes relays. */
export const typesRelays = (line: string): boolean => IN_STRING.test(line)

/** The same for a script, whose strings and other input for a command may go over many lines. */
export function scriptLines(): (line: string) => boolean {
  let quoted = false
  let fed = false
  return line => {
    const typed = typesRelays(line) || ((quoted || fed) && ALONE.test(line))
    if ((line.match(/(?<!\\)["']/g)?.length ?? 0) % 2 === 1) quoted = !quoted
    fed ||= line.includes('<<')
    return typed
  }
}
