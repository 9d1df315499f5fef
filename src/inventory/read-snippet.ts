// A change to one device, as a file with the lines that would be typed.
import { readFileSync } from 'node:fs'
import { Trouble } from '../model/trouble.ts'
import { decode } from './decode.ts'

/** Lines for one device. */
export interface Snippet {
  readonly device: string
  readonly file: string
  /** As they stand in the file, but for indentation that all of them have. */
  readonly text: string
}

/** Reads a snippet; throws one sentence where there is nothing to try. `option` names it: `--change r1=FILE`. */
export function readSnippet(device: string, file: string, option: string): Snippet {
  const wrong = (sentence: string) => new Trouble('usage', `${option}: ${sentence}`)
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw wrong(`there is no file ${file}; check the path`)
    if (code === 'EISDIR') throw wrong(`${file} is a folder; name the file with the lines for ${device}`)
    throw wrong(`${file} cannot be read (${code}); check that you may read it`)
  }
  const text = decode(bytes)
  if (text === null) throw wrong(`${file} holds binary data; save the lines for ${device} as plain text`)
  if (text.trim() === '') throw wrong(`${file} is empty; put the lines for ${device} into it, or leave the option out`)
  return { device, file, text: outdented(text, file, wrong) }
}

/** Behind a configuration, indentation would put the lines inside of its last statement. */
function outdented(text: string, file: string, wrong: (sentence: string) => Trouble): string {
  const lines = text.replace(/\r+$/gm, '').split('\n')
  const indents = lines.filter(line => line.trim() !== '').map(line => /^\s*/.exec(line)?.[0] ?? '')
  const [first = ''] = indents
  const stray = indents.findIndex(indent => !indent.startsWith(first))
  if (stray >= 0)
    throw wrong(
      `the first line of ${file} is indented deeper than one below it, so nobody knows what it belongs to; indent it as the device prints it`,
    )
  return lines.map(line => (line.startsWith(first) ? line.slice(first.length) : line)).join('\n')
}
