// Commands that print secrets, as they may be shown.

/** Variables that are set for the command alone (`VAULT_TOKEN=... vault read`): they are where secrets of commands stand most often. */
const SET = String.raw`(?:[A-Za-z_]\w*=(?:"(?:[^"\\$\x60]|\\.)*"|'[^']*'|\\.|[^\s"'\\$();&|<>\x60])*\s+)*`
const PROGRAM = new RegExp(String.raw`^cmd:\s*${SET}([\w./~+-]+)(?!\S)`)

/** `cmd:PROGRAM ...`, or without the program where it cannot be told; null for what is no `cmd:` reference. */
export function shownCommand(reference: string): string | null {
  if (!reference.startsWith('cmd:')) return null
  const [, program] = PROGRAM.exec(reference) ?? []
  return program === undefined ? 'cmd:...' : `cmd:${program} ...`
}
