// What a device asks in keyboard-interactive, and what it is answered.
import { describe, expect, it } from 'vitest'
import { questions } from '../src/collect/questions.ts'

const asked = () => questions('ann', () => 'pw')
const hidden = (prompt: string) => ({ prompt, echo: false })
const seen = (prompt: string) => ({ prompt, echo: true })

describe('questions before the login', () => {
  it('are answered with the user and the password, in one round or several', () => {
    expect(asked()('', [seen('Username: '), hidden('Password: ')])).toEqual(['ann', 'pw'])
    const ask = asked()
    expect(ask('', [seen('login: ')])).toEqual(['ann'])
    expect(ask('', [hidden('Password: ')])).toEqual(['pw'])
    expect(ask('', [])).toEqual([])
  })
  it('for the password get it also where the device shows what is typed, and never the user in its place', () => {
    const ask = asked()
    expect(ask('', [seen('Password: ')])).toEqual(['pw'])
    expect(ask('', [seen('Password: ')])).toBe('rejected')
  })
  it('for the password a second time mean that it was rejected: it is not sent again', () => {
    const ask = asked()
    expect(ask('', [hidden('Password: ')])).toEqual(['pw'])
    expect(ask('Login incorrect', [hidden('Password: ')])).toBe('rejected')
  })
  it('for anything else end the login, with the password kept', () => {
    const kind = (...round: readonly { prompt: string; echo: boolean }[]) => {
      const reply = asked()('', round)
      return typeof reply === 'object' && 'failed' in reply ? [reply.kind, reply.again] : reply
    }
    expect(kind(hidden('Verification code: '))).toEqual(['session', false])
    expect(kind(hidden('Password: '), hidden('PIN: '))).toEqual(['session', false])
    expect(kind(hidden('New password: '))).toEqual(['rejected', false])
    expect(kind(hidden('Old password: '), hidden('New password: '), hidden('Retype new password: '))).toEqual(['rejected', false])
    const ask = asked()
    for (const prompt of ['one', 'two', 'three', 'four']) expect(ask('', [seen(prompt)])).toEqual(['ann'])
    expect(ask('', [seen('five')])).toMatchObject({ kind: 'session' })
  })
})
