// What to make of the answer to the command that gives a user more rights. Pure.
import { words } from './verdict.ts'

/** How the attempt stands. */
export interface Attempt {
  /** The command that was typed. */
  readonly command: string
  /** What the device said to it, the line it waits in left out. */
  readonly said: readonly string[]
  /** It waits with a question for the password. */
  readonly asks: boolean
  /** It waits with a prompt, and whether that prompt is one of a user without rights. */
  readonly prompt: 'none' | 'user' | 'privileged'
  /** It has been given the password. */
  readonly answered: boolean
  /** How the inventory refers to the password; null when there is none. */
  readonly reference: string | null
}

/** Decides what comes next. The password is for a question directly after the command, and for no other. */
export function privilege(attempt: Attempt): 'wait' | 'answer' | 'go on' | { readonly failed: string } {
  const { command, said, asks, prompt, answered, reference } = attempt
  const rejected = { failed: `the enable password was rejected (${reference})` }
  if (asks) {
    if (answered) return rejected
    // Whatever asks after other words is not known to ask for this password.
    if (said.length > 0) return 'wait'
    return reference === null
      ? { failed: `the device asks for a password after "${command}"; set enable: in the inventory` }
      : 'answer'
  }
  if (prompt === 'none') return 'wait'
  // Without a word against it, the same prompt means that this device never changes it.
  if (prompt === 'privileged' || said.length === 0) return 'go on'
  if (answered) return rejected
  return { failed: `the device refused "${command}" (${words(said)}); give the user a higher privilege level` }
}
