// Sessions of scrapli: what came out of the channel before each piece of input, and whole streams of EOS.
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { filesIn, type Recorded, recorded, recordings, SHOW } from './device.ts'

interface Interaction {
  readonly channel_output?: string
  readonly expected_channel_input?: string
}

const PROMPT = /[>#] ?$/

/** Sessions that had the configuration shown, over every transport; the login of those that had to log in is left out. */
export function scrapli(): Recorded[] {
  const folder = join(recordings, 'scrapli_cfg_replay')
  return filesIn(folder, /^test_get_config/).map(file => {
    const [session] = Object.values(
      parse(readFileSync(join(folder, file), 'utf8')) as Record<string, { interactions: Interaction[] }>,
    )
    const steps = session?.interactions ?? []
    const prompted = steps.findIndex(s => PROMPT.test(s.channel_output ?? ''))
    const first = steps.findIndex((s, i) => i >= prompted && (s.expected_channel_input?.trim() ?? '') !== '')
    const login = steps.findLastIndex((s, i) => i < prompted && (s.expected_channel_input?.trim() ?? '') !== '')
    const answers = steps.flatMap(({ expected_channel_input: typed }, i) => {
      if (i < first || !typed || typed === '\n') return []
      // The echo, then, behind the line feed, the output.
      return [[`${typed}\n`, `${steps[i + 1]?.channel_output ?? ''}${steps[i + 2]?.channel_output ?? ''}`] as const]
    })
    const greeting = steps
      .slice(login + 1, first + 1)
      .map(s => s.channel_output ?? '')
      .join('')
    const show = answers.find(([typed]) => SHOW.test(typed))?.[0].trim() ?? ''
    return recorded(basename(file, '.yaml'), greeting, show, answers)
  })
}

/** Streams as they came from an EOS device: whatever follows its prompt was typed. */
export function scrapliStreams(): Recorded[] {
  const folder = join(recordings, 'scrapli_raw_fixtures', 'cli')
  return filesIn(folder, /^[^_]/).map(file => fromStream(file, readFileSync(join(folder, file), 'latin1'), 'eos1'))
}

/** A device from the stream of one session in which every prompt starts with `host`; `show` is the last command. */
export function fromStream(name: string, stream: string, host: string): Recorded {
  const parts = stream.split(new RegExp(`(?<=^|[\\r\\n])(?=${host}(?:\\([\\w-]+\\))?[>#])`))
  const exchanges = parts.slice(1).map(part => {
    const [, prompt = '', typed = '', output = ''] = /^([^>#]*[>#])([^\r\n]*)([\s\S]*)$/.exec(part) ?? []
    return { prompt, typed: typed.trim(), output }
  })
  const answers = exchanges.flatMap(({ typed, output }, i) => {
    const prompt = exchanges[i + 1]?.prompt
    if (typed === '' || prompt === undefined) return []
    // The password was never shown; what follows the question came after it.
    const asked = /^([\s\S]*?password: ?)([\s\S]*)$/i.exec(output)
    return asked
      ? ([[`${typed}\n`, `${typed}${asked[1]}`] as const, ['REDACTED\n', `${asked[2]}${prompt}`] as const] as const)
      : [[`${typed}\n`, `${typed}${output}${prompt}`] as const]
  })
  const show = answers.findLast(([typed, answer]) => typed.startsWith('show ') && answer.split('\n').length > 2)?.[0].trim() ?? ''
  return recorded(name, `${parts[0] ?? ''}${exchanges[0]?.prompt ?? ''}`, show, answers)
}
