// A secret asked for at the terminal: what is typed stays hidden from the first key on.
import { PassThrough } from 'node:stream'
import type { ReadStream } from 'node:tty'
import { expect, it } from 'vitest'
import { askHidden } from '../src/cli/ask.ts'

/** A terminal at which these keys are pressed, and what happened at it in order. */
async function asked(...keys: readonly string[]) {
  const events: string[] = []
  const input = Object.assign(new PassThrough(), { setRawMode: (raw: boolean) => void events.push(raw ? 'hide' : 'show') })
  const answer = askHidden(
    input as unknown as ReadStream,
    text => void events.push(`say ${text}`),
    'Password of audit',
    () => void events.push('interrupt'),
  )
  for (const key of keys) input.write(key)
  return { answer: await answer, events }
}

it('hides what is typed before it asks, and shows it again afterwards', async () => {
  const { answer, events } = await asked('hor', 'se\r')
  expect(answer).toBe('horse')
  expect(events).toEqual(['hide', 'say Password of audit: ', 'show', 'say \n'])
})

it.each<[string, readonly string[], string]>([
  ['a line feed ends it, too', ['horse\n'], 'horse'],
  ['nothing behind the end counts', ['horse\rcow\r'], 'horse'],
  ['backspace and delete', ['hot\x7frx\bse\r'], 'horse'],
  ['the whole line again', ['cow\x15horse\r'], 'horse'],
  ['blanks at both ends', [' horse \r'], ' horse '],
  ['other alphabets', ['pferd-grün\r'], 'pferd-grün'],
  ['control keys are no characters', ['ho\x01r\x1bse\r'], 'horse'],
  ['empty', ['\r'], ''],
  ['Ctrl-C', ['hor\x03'], ''],
  ['Ctrl-D', ['\x04'], ''],
])('%s', async (_, keys, wanted) => {
  expect((await asked(...keys)).answer).toBe(wanted)
})

it('interrupts the program at Ctrl-C, once the terminal is as it was', async () => {
  expect((await asked('hor\x03')).events).toEqual(['hide', 'say Password of audit: ', 'show', 'say \n', 'interrupt'])
})
