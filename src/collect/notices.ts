// What may stand between the login and the first prompt: keys to press, questions, and notices that explain why none comes.
import { quote } from './verdict.ts'

/** `Press any key to continue`, `-- Press RETURN to continue --`, `<Enter>`: any of them takes a line feed. */
const KEY = /\b(?:press|hit|type|strike)\b.{0,24}\b(?:any key|return|enter|space(?: ?bar)?)\b/i
/** The words of one who wants a line typed. */
const QUESTION =
  /(?:user ?name|log ?in(?: as)?|identifier|pass ?word|pass ?code|secret|verification code|pin|otp)[^:?]{0,40}[:?]\s*$|\[(?:y|n|yes|no)\/(?:y|n|yes|no)\]\s*:?\s*$|\(y(?:es)?\/n(?:o)?\)\s*[:?]?\s*$/i
const NEW_PASSWORD = /(?:new|old|current|retype|re-?enter|confirm).{0,24}pass ?word[^:]{0,40}:\s*$/i

/** `rommon 1 >`, `grub>`, `loader >`, `switch:`, `switch(boot)#`. */
const BOOT_LOADER = /^\s*(?:rommon ?\d* ?|grub|loader|boot(?:loader)?) ?>\s*$|^\s*(?:switch|boot): *$|\(boot\)# *$/i

/** Why a device lets nobody at its command line, by its own words; the first that fits. */
const NOTICES: readonly (readonly [RegExp, (said: string) => string])[] = [
  [BOOT_LOADER, said => `the device stands in its boot loader ("${said}")`],
  [
    /password.{0,40}(?:has )?expired|must change (?:your|the) password|password.{0,20}must be changed/i,
    said => `the password of this user has expired ("${said}"); set a new one by hand`,
  ],
  [
    /too many (?:\w+ ){0,3}(?:users?|sessions?|connections?|logins?)|(?:max(?:imum)?|limit)\b.{0,40}\b(?:sessions?|users?|connections?|logins?|lines?)\b|\b(?:lines?|vtys?|sessions?|terminals?)\b.{0,24}\b(?:busy|in use|exhausted)|session limit|no (?:free|available|more) (?:\w+ )?(?:lines?|vtys?|sessions?|terminals?|connections?)/i,
    said => `the device has no session free ("${said}"); close idle sessions or try again later`,
  ],
  [
    /authorization (?:failed|denied)|not authorized|account.{0,24}(?:locked|disabled|expired)|permission denied/i,
    said => `the device lets the user log in and not use its command line ("${said}"); check the authorization of the user`,
  ],
  [
    /authentication (?:failed|failure)|access denied|log ?in (?:incorrect|invalid|failed)|bad passwords?|invalid (?:login|password)/i,
    said => `the device rejected the user after the SSH login ("${said}")`,
  ],
  [
    /connection.{0,48}closed|closed by|disconnect(?:ed|ing)|logged (?:out|off)|(?:session|idle|login).{0,24}(?:time[d ]?-?out|terminated)|timed out|system (?:is )?(?:going down|shut ?down)/i,
    said => `the device closed the session ("${said}")`,
  ],
]

/** What a key would do: nothing that starts, stops or agrees to anything. */
const HARMFUL = /\b(?:re)?boot|auto-?boot|re(?:load|set|start)|interrupt|abort|cancel|stop|confirm|erase|delete|accept|agree/i
/** Anything that ends like a question: a line feed would take its default, be it `Proceed with reload? [confirm]`. */
const OPEN = /[?:]\s*$|\[(?!(?:ok|done|fail(?:ed)?)\])[^\]]*\]\s*$/i

/** True at the prompt of a boot loader: there is no configuration to be had. */
export const inBootLoader = (line: string): boolean => BOOT_LOADER.test(line)

/** True when the device waits for a key before it goes on, and a line feed does nothing else. */
export const asksForKey = (line: string): boolean => KEY.test(line) && !HARMFUL.test(line)

/** True when a line feed could answer something: the last words must not be a question, whichever. */
export const mayAsk = (lines: readonly string[]): boolean => {
  const last = lines.findLast(line => line.trim() !== '') ?? ''
  return OPEN.test(last) || asksForText(last) || (KEY.test(last) && HARMFUL.test(last))
}

/** True when the device waits for a line of text; it must not get one that it did not ask us for. */
export const asksForText = (line: string): boolean => QUESTION.test(line) || NEW_PASSWORD.test(line)

/** Why the device asks instead of showing a prompt, after `command` or the login; null when it does not ask, or not `surely`. */
export function questionIn(lines: readonly string[], command: string, surely: boolean): string | null {
  const line = lines.findLast(said => said.trim() !== '') ?? ''
  if (command === '' && NEW_PASSWORD.test(line))
    return `the password of this user has expired and the device asks for a new one ("${quote(line)}"); set it by hand`
  if (!asksForText(line) && (surely || !mayAsk(lines))) return null
  return `the device asks "${quote(line)}" after ${command === '' ? 'the SSH login' : `"${command}"`}, which is not supported`
}

/** Lines at the end in which a device says why it lets nobody in: a banner above them may use the same words. */
const LAST = 6

/** Why the last lines say that there will be no prompt; null when they do not. */
export function noticeIn(lines: readonly string[], count = LAST): string | null {
  const last = lines.filter(line => line.trim() !== '').slice(-count)
  for (const [when, reason] of NOTICES) {
    const said = last.find(line => when.test(line))
    if (said !== undefined) return reason(quote(said))
  }
  return null
}

/** Why there is nothing from a device that hung up with these lines, after `command` or before the first one. */
export function hungUp(lines: readonly string[], command: string): string {
  if (command === '') return noticeIn(lines) ?? 'the session ended before the device showed a prompt'
  const words = noticeIn(lines, 1) === null ? '' : ` ("${quote(lines.findLast(line => line.trim() !== '') ?? '')}")`
  return `the session ended before the prompt came back after "${command}"${words}`
}
