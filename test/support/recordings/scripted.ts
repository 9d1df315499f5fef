// Devices of which others scripted the answers: fakenos, cisshgo and the state machines of Unicon.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { filesIn, REFUSED, type Recorded, recordings } from './device.ts'

/** A device behind a line editor that repeats what is typed. `answer` tells the output, and may change the prompt. */
function lineServer(
  name: string,
  greeting: string,
  prompt: string,
  show: string,
  answer: (typed: string, prompt: string) => { readonly output: string; readonly prompt?: string } | null,
): Recorded {
  const crlf = (text: string) => text.replaceAll(/(?<!\r)\n/g, '\r\n')
  return {
    name,
    greeting: crlf(`${greeting}${prompt}`),
    show,
    start() {
      let now = prompt
      return typed => {
        const command = typed.replace(/\n$/, '')
        const before = now
        const found = answer(command, now)
        if (found === null) return command === '' ? `\r\n${now}` : REFUSED(command, now)
        now = found.prompt ?? now
        const output = found.output === '' || found.output.endsWith('\n') ? found.output : `${found.output}\n`
        // A key is not repeated, and a password neither.
        return crlf(`${command === ' ' ? '' : /password: ?$/i.test(before) ? '\n' : `${command}\n`}${output}${now}`)
      }
    },
  }
}

/** Platforms of fakenos; those of its templates have a configuration. */
export function fakenos(ids: readonly string[]): Recorded[] {
  const folder = join(recordings, 'fakenos')
  return ids.flatMap(id => {
    const page = join(folder, 'platforms_yaml', `${id}.yaml`)
    if (!existsSync(page)) return []
    const { initial_prompt, enable_prompt, commands } = parse(readFileSync(page, 'utf8')) as {
      initial_prompt: string
      enable_prompt: string
      commands: Record<string, { output: unknown }>
    }
    const named = (text: string) => text.replaceAll(/\{\{? ?base_prompt ?\}?\}/g, 'lab-1')
    const template = join(folder, 'platforms_py', 'templates', id, 'show_running-config.j2')
    return [
      lineServer(id, '', named(initial_prompt), 'show running-config', typed => {
        if (typed === 'enable') return { output: '', prompt: named(enable_prompt) }
        if (typed === 'show running-config' && existsSync(template))
          return { output: `${named(readFileSync(template, 'utf8')).trimEnd()}\n` }
        const known = commands[typed]
        return known ? { output: typeof known.output === 'string' && known.output !== 'null' ? named(known.output) : '' } : null
      }),
    ]
  })
}

/** Transcripts of cisshgo, behind the command line that its map describes. */
export function cisshgo(): Recorded[] {
  const folder = join(recordings, 'cisshgo', 'transcripts')
  const map = join(folder, 'transcript_map.yaml')
  if (!existsSync(map)) return []
  const { platforms } = parse(readFileSync(map, 'utf8')) as { platforms: Record<string, Transcribed> }
  return Object.entries(platforms).map(([id, { hostname, prompt_format, command_transcripts, context_search }]) => {
    const prompt = (context: string) =>
      (prompt_format ?? '{hostname}{context}')
        .replace('{username}', 'admin')
        .replace('{hostname}', hostname)
        .replace('{context}', context)
    return lineServer(id, '', prompt(context_search.base ?? ''), 'show running-config', typed => {
      if (typed === 'enable' && context_search.enable) return { output: '', prompt: prompt(context_search.enable) }
      const file = command_transcripts[typed]
      if (file === undefined) return null
      const text = existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'latin1') : ''
      return { output: text.replaceAll(/\{\{ ?\.Hostname ?\}\}/g, hostname) }
    })
  })
}

interface Transcribed {
  readonly hostname: string
  readonly prompt_format?: string
  readonly command_transcripts: Readonly<Record<string, string>>
  readonly context_search: Readonly<Record<string, string>>
}

/** A state of a device that Unicon plays, as a device that has just let us in there. */
export interface State extends Recorded {
  readonly prompt: string
}

interface Page {
  readonly prompt?: string | null
  readonly preface?: string | null
  readonly commands?: Reactions | null
  readonly keys?: Reactions | null
}
type Reactions = Readonly<Record<string, string | { readonly new_state?: string; readonly response?: unknown } | null>>

/** What a password question takes: the scripts know the passwords, whoever plays them does not. */
const accepted = (page: Page | null | undefined) =>
  /^password: ?|password: ?$/i.test(`${page?.preface ?? ''}${page?.prompt ?? ''}`)
    ? Object.values(page?.commands ?? {}).find(r => r && typeof r === 'object' && r.new_state)
    : undefined

/** Every state of every device of one system. `config` is printed where a state has no configuration of its own to show. */
export function unicon(system: string, shows: readonly string[], config: string): State[] {
  const folder = join(recordings, 'unicon_mock', 'mock_data', system)
  const states = Object.assign(
    {},
    ...filesIn(folder, /\.yaml$/).map(file => parse(readFileSync(join(folder, file), 'utf8'), { logLevel: 'silent' })),
  ) as Record<string, Page | null>
  const promptOf = (name: string) => (states[name]?.prompt ?? '').replaceAll('%N', 'R1').trimStart()
  return Object.entries(states)
    .filter(([, page]) => typeof page?.prompt === 'string')
    .map(([name, page]) => {
      let state = name
      const device = lineServer(
        `${system} ${name}`,
        typeof page?.preface === 'string' ? page.preface : '',
        promptOf(name),
        shows[0] ?? '',
        typed => {
          const found =
            states[state]?.commands?.[typed.trim()] ??
            states[state]?.keys?.[typed] ??
            (typed === SECRET ? accepted(states[state]) : undefined)
          const said = typeof found === 'string' ? found : found?.response
          if (found && typeof found === 'object' && found.new_state && states[found.new_state]) {
            state = found.new_state
            const preface = states[state]?.preface
            const output = `${typeof said === 'string' ? said : ''}${typeof preface === 'string' ? preface : ''}`
            return { output, prompt: promptOf(state) }
          }
          if (
            shows.includes(typed) &&
            /^[^(]*[#>]|^[^(]*\((?:standby|maint-mode|recovery-mode|unlicensed)\)[\w.-]*[#>]/.test(promptOf(state))
          )
            return { output: (said as string) || config }
          return found === undefined ? null : { output: typeof said === 'string' ? said : '' }
        },
      )
      return {
        ...device,
        prompt: promptOf(name),
        start() {
          state = name
          return device.start()
        },
      }
    })
}

/** The secret that stands for whichever the script expects. */
export const SECRET = 'REDACTED'

/** The systems that Unicon plays. */
export const uniconSystems = (): string[] => {
  const folder = join(recordings, 'unicon_mock', 'mock_data')
  return existsSync(folder) ? readdirSync(folder).sort() : []
}
