// What a device asks before it lets us in (keyboard-interactive, RFC 4256), and what is answered: the user, and the password once.
import { type Failure, failure } from './failure.ts'

/** A question of a device, and whether it means to show what is typed. */
export interface Question {
  readonly prompt: string
  readonly echo?: boolean
}

/** It asks for the password, even where it says that the answer may be seen. */
const PASSWORD = /pass ?word/i
/** Questions that the password is no answer to. */
const ONE_TIME = /code|token|otp|challenge|verif/i
const EXPIRED = /new password|retype|change.{0,20}password|expired/i

/** Rounds of questions before the one for the password. */
const ROUNDS = 3

/** Takes one round after the other: answers, a reason to end the session, or `rejected` where the password was no good. */
export type Questions = (instructions: string, asked: readonly Question[]) => readonly string[] | Failure | 'rejected'

/** Prepares for the questions of one login. */
export function questions(username: string, password: () => string): Questions {
  let rounds = 0
  let answered = false
  return (instructions, asked) => {
    // PAM closes with a round of no questions.
    if (asked.length === 0) return []
    if (EXPIRED.test(`${instructions} ${asked.map(q => q.prompt).join(' ')}`)) return newPassword(username)
    // Where the answer may be seen it is the user; behind the password nobody asks for that.
    const asksUser = (q: Question) => q.echo === true && !PASSWORD.test(q.prompt)
    const odd = asked.find(q => ONE_TIME.test(q.prompt)) ?? (answered || rounds++ > ROUNDS ? asked.find(asksUser) : undefined)
    if (odd)
      return failure(
        'session',
        `the device asks ${username} for more than a password ("${odd.prompt.trim().slice(0, 60)}"), which is not supported; give the user a login without it`,
      )
    const secrets = asked.filter(q => !asksUser(q)).length
    if (secrets > 1)
      return failure(
        'session',
        `the device asks ${username} for ${secrets} secrets at once, which is not supported; give the user a login with a password alone`,
      )
    // A second question for it means that the first answer was wrong.
    if (answered) return 'rejected'
    answered = secrets > 0
    return asked.map(q => (asksUser(q) ? username : password()))
  }
}

/** The device lets us in only for a new password. */
export const newPassword = (username: string): Failure =>
  failure('rejected', `the device wants a new password for ${username}; log in once by hand and set it`)
