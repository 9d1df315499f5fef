// The clock around a dialogue: when it is told of silence, and what a recording of it holds.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { converse, type Outcome, type Piece, type Shell } from '../src/collect/converse.ts'
import { dialogue } from '../src/collect/dialogue.ts'
import { recordingText } from '../src/collect/record.ts'
import { byByte, replay, whole } from './support/recordings/device.ts'
import { stored } from './support/recordings/stored.ts'
import { redactWith } from './support/redaction.ts'
import { page, proof } from './support/talk.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const ios = { ...page('cisco-ios').session, open: ['terminal length 0'], show: ['show run'] }
const CONFIG = 'version 15.2\r\nhostname r1\r\nend\r\n'
const enable = { value: 'en-pw', reference: 'env:EN' }
const TOOL = { name: 'iphelper-audit', version: '0' }

/** A shell whose device says `greeting`, and answers each thing typed after `delay` milliseconds. */
function shell(greeting: string, answers: Readonly<Record<string, string>>, delay = 5) {
  const typed: string[] = []
  let on: { data(bytes: string): void; end(): void } | undefined
  const say = (bytes: string, after: number) => void setTimeout(() => on?.data(bytes), after)
  const it: Shell = {
    write(text) {
      typed.push(text)
      const answer = answers[text]
      if (answer !== undefined) say(answer, delay)
    },
    listen(to) {
      on = to
      say(greeting, delay)
    },
    close() {},
  }
  return { it, typed, say, hangUp: () => on?.end() }
}
/** Lets the clock run until there is an outcome; returns it and the milliseconds that it took. */
async function run(outcome: Promise<Outcome>) {
  const start = Date.now()
  let done: Outcome | undefined
  void outcome.then(result => {
    done = result
  })
  while (!done && Date.now() - start < 200_000) await vi.advanceTimersByTimeAsync(1)
  return { ...done, took: Date.now() - start }
}

const ANSWERS = { 'terminal length 0\n': 'terminal length 0\r\nr1#', 'show run\n': `show run\r\n${CONFIG}r1#` }
const DONE = CONFIG.replaceAll('\r', '')

describe('the clock', () => {
  it('waits long for the first prompt and shortly for the others', async () => {
    const { it, typed } = shell('r1#', ANSWERS)
    const { took, ...outcome } = await run(converse(it, dialogue(ios), 75_000))
    expect(outcome).toEqual({ done: DONE })
    expect(typed).toEqual(['terminal length 0\n', 'show run\n', 'exit\n'])
    // Three answers of 5 ms each, one pause of 30 and two of 8; a millisecond or two for each timer.
    expect(took).toBeGreaterThanOrEqual(3 * 5 + 30 + 2 * 8)
    expect(took).toBeLessThan(3 * 5 + 30 + 2 * 8 + 15)
  })
  it('gives a device that pauses in its banner the time', async () => {
    const { it, say } = shell('welcome\r\n', ANSWERS)
    const talk = run(converse(it, dialogue(ios), 75_000))
    say('to the gate>', 300)
    say('way\r\nr1#', 340)
    expect(await talk).toMatchObject({ done: DONE })
  })
  it('gives up when the device stays silent, and says during what', async () => {
    const { it } = shell('hello', {})
    expect(await run(converse(it, dialogue(ios), 20_000))).toMatchObject({
      failed: 'the device was silent for 20 s while waiting for the first prompt',
    })
    const { it: mute } = shell('r1#', { 'terminal length 0\n': 'terminal length 0\r\n' })
    const { took, ...outcome } = await run(converse(mute, dialogue(ios), 20_000))
    expect(outcome).toEqual({ failed: 'the device was silent for 20 s while waiting for the prompt after "terminal length 0"' })
    // Two line feeds tried to bring the prompt back, and started the silence anew each time.
    expect(took).toBeGreaterThanOrEqual(20_000)
    expect(took).toBeLessThan(30_000)
  })
  it('asks early after a question', async () => {
    const { it, typed } = shell('Username: ', {})
    const { took, ...outcome } = await run(converse(it, dialogue(ios), 75_000))
    expect(outcome).toEqual({ failed: 'the device asks "Username:" after the SSH login, which is not supported' })
    expect(took).toBeLessThan(2000)
    expect(typed).toEqual([])
  })
  it('fails an output that is not whole after two silences, not sooner', async () => {
    const cut = 'show run\r\nversion 15.2\r\nr1#'
    const { it, say } = shell('r1#', { ...ANSWERS, 'show run\n': cut })
    const talk = run(converse(it, dialogue(ios, { complete: proof('cisco-ios') }), 75_000))
    say('\r\nhostname r1\r\nend\r\nr1#', 6000)
    expect(await talk).toMatchObject({ done: 'version 15.2\nr1#\nhostname r1\nend\n' })
    const { it: short } = shell('r1#', { ...ANSWERS, 'show run\n': cut })
    const { took, ...outcome } = await run(converse(short, dialogue(ios, { complete: proof('cisco-ios') }), 75_000))
    expect(outcome).toEqual({ failed: 'the output ended before it was whole: the closing "end" is missing' })
    expect(took).toBeLessThan(10_000)
  })
  it('ends with the session', async () => {
    const device = shell('r1#', {})
    const talk = run(converse(device.it, dialogue(ios), 75_000))
    setTimeout(device.hangUp, 1000)
    expect(await talk).toMatchObject({ failed: 'the session ended before the prompt came back after "terminal length 0"' })
    expect(vi.getTimerCount()).toBe(0)
  })
  it('keeps one timer, however many pieces arrive', async () => {
    const { it, say } = shell('r1#', { ...ANSWERS, 'show run\n': 'show run\r\n' })
    const talk = converse(it, dialogue(ios), 75_000)
    await vi.advanceTimersByTimeAsync(100)
    const before = vi.getTimerCount()
    for (let i = 0; i < 50; i++) say('hostname r1\r\n', 1 + i / 10)
    await vi.advanceTimersByTimeAsync(8)
    expect(vi.getTimerCount()).toBeLessThanOrEqual(before)
    say('end\r\nr1#', 1)
    await expect(run(talk)).resolves.toMatchObject({ done: `${'hostname r1\n'.repeat(50)}end\n` })
  })
})

describe('a recording', () => {
  it('holds all of a session in order and the secret by name, and can be held again', async () => {
    const pieces: Piece[] = []
    const { it } = shell('hi\r\nr1>', { ...ANSWERS, 'enable\n': 'enable\r\nPassword: ', 'en-pw\n': '\r\nr1#' })
    const outcome = await run(converse(it, dialogue(ios, { enable }), 75_000, piece => pieces.push(piece)))
    expect(outcome).toMatchObject({ done: DONE })
    expect(pieces).toEqual([
      { received: 'hi\r\nr1>' },
      { sent: 'enable\n' },
      { received: 'enable\r\nPassword: ' },
      { secret: 'enable' },
      { received: '\r\nr1#' },
      { sent: 'terminal length 0\n' },
      { received: ANSWERS['terminal length 0\n'] },
      { sent: 'show run\n' },
      { received: ANSWERS['show run\n'] },
      { sent: 'exit\n' },
    ])
    const text = recordingText({ device: 'r1', platform: 'cisco-ios', prompt: 'r1#', pieces }, TOOL, text => ({
      text,
      values: [],
    }))
    expect(text).not.toContain('en-pw')
    const device = stored('r1.jsonl', text)
    expect(device).toMatchObject({ platform: 'cisco-ios', prompt: 'r1#', show: 'show run' })
    for (const deliver of [whole, byByte(() => true), byByte(() => false)])
      expect(replay(dialogue(ios, { enable: { ...enable, value: 'another' } }), device, deliver).outcome).toEqual({ done: DONE })
  })
  it('has no secret that came in parts, whatever was typed meanwhile', () => {
    const config = 'version 15.2\r\nsnmp-server community sesame RO\r\nhostname r1\r\nend\r\n'
    const secret = config.indexOf('sesame')
    const texts = new Set<string>()
    for (let at = 0; at <= config.length; at++) {
      // A line feed for a prompt that seems to be lost, and the key for a pager.
      for (const sent of ['\n', ' ']) {
        const pieces: Piece[] = [{ received: 'r1#' }, { sent: 'show run\n' }, { received: `show run\r\n${config.slice(0, at)}` }]
        pieces.push({ sent }, { received: `${config.slice(at)}r1#` })
        const text = recordingText({ device: 'r1', platform: 'cisco-ios', prompt: 'r1#', pieces }, TOOL, answer =>
          redactWith('cisco-ios', answer),
        )
        const lines = text
          .split('\n')
          .slice(1, -1)
          .map(line => JSON.parse(line))
        expect(lines.map(line => ('sent' in line ? line.sent : null))).toEqual([null, 'show run\n', null, sent, null])
        const said: string[] = lines.map(line => line.received ?? '')
        texts.add(said.join(''))
        // What is no part of that line stays where it was.
        if (at < secret - 30) expect(said[2]).toBe(`show run\r\n${config.slice(0, at)}`)
        if (at > secret + 12) expect(said[4]).toBe(`${config.slice(at)}r1#`)
      }
    }
    expect([...texts]).toEqual([`r1#show run\r\n${redactWith('cisco-ios', config).text}r1#`])
  })
  it('has no part of a secret that a log message came into', () => {
    const line = 'snmp-server community s3same-0 RO'
    const log = '\r\n*Mar  1 00:01:02.003: %LINK-3-UPDOWN: Interface Gi0/1, changed state to up\r\n'
    for (let at = 1; at < line.length; at++)
      for (const message of [log, log.slice(2)]) {
        const received = `show run\r\nhostname r1\r\n${line.slice(0, at)}${message}${line.slice(at)}\r\nline vty 0 4\r\n`
        const text = recordingText(
          { device: 'r1', platform: 'cisco-ios', prompt: 'r1#', pieces: [{ sent: 'show run\n' }, { received }] },
          TOOL,
          answer => redactWith('cisco-ios', answer),
        )
        expect(text, `${at}`).toContain('line vty 0 4')
        const end = line.indexOf(' RO')
        const parts = [line.slice(22, Math.max(22, Math.min(at, end))), line.slice(Math.max(22, at), end)]
        for (const part of parts) if (part.length > 2) expect(text, `${at}`).not.toContain(part)
      }
  })
  it('is refused where something else is typed than was recorded', () => {
    const text = `${JSON.stringify({ schema_version: 1, tool: {}, platform: 'cisco-ios', prompt: '' })}\n{"received":"r1#"}\n{"sent":"show clock\\n"}\n`
    expect(() => replay(dialogue(ios), stored('x', text))).toThrow(
      '"terminal length 0\\n" was typed where "show clock\\n" was recorded',
    )
  })
})
