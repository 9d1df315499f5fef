// Simulations of Oxidized: commands and answers, with control characters spelled out; what it made of them; prompts.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { filesIn, type Recorded, recorded, recordings, SHOW } from './device.ts'

const folder = join(recordings, 'oxidized_sim')

/** A simulation, with what Oxidized stored of it; null where nothing is filed. */
export interface Simulated extends Recorded {
  readonly stored: string | null
  /** Has a command that shows a configuration been recorded? */
  readonly usable: boolean
}

/** Every simulation of the folder. */
export function oxidized(): Simulated[] {
  return filesIn(folder, /#simulation\.yaml$/).map(file => {
    const { init_prompt, commands } = parse(readFileSync(join(folder, file), 'utf8')) as {
      init_prompt?: string | null
      commands: unknown
    }
    const steps = (Array.isArray(commands) ? commands : [commands]).flatMap(step =>
      Object.entries((step ?? {}) as Record<string, string>),
    )
    // Some systems were asked over channels without a command line: there is no prompt.
    const greeting = spelledOut(init_prompt ?? null)
    const prompt = greeting.slice(greeting.lastIndexOf('\n') + 1)
    const answers = steps.map(([typed, text]) => {
      const [command, answer] = [spelledOut(typed), spelledOut(text)]
      // Some are filed without echo and prompt, which a device has all the same.
      const bare = !answer.includes(command.trim()) && !/[>#$%\]] *$/.test(answer)
      return [command, bare && command.trim() !== 'exit' ? `${command.trim()}\n${answer}\n${prompt}` : answer] as const
    })
    const name = file.replace('#simulation.yaml', '')
    const output = join(folder, `${name}#output.txt`)
    // Systems that show their configuration in another way: the longest answer will do.
    const longest = [...answers].sort((a, b) => b[1].length - a[1].length)[0]
    const show = (answers.find(([typed]) => SHOW.test(typed)) ?? longest)?.[0].trim()
    return {
      ...recorded(name, greeting, show ?? '', answers),
      usable: greeting !== '' && show !== undefined && show !== '',
      stored: existsSync(output) ? readFileSync(output, 'latin1') : null,
    }
  })
}

/** Prompts and what is none, of systems of all kinds. */
export function prompts(): { readonly pass: readonly string[]; readonly fail: readonly string[] } {
  const lists = filesIn(folder, /#prompt\.yaml$/).map(
    file => parse(readFileSync(join(folder, file), 'utf8')) as { pass?: string[]; pass_with_expect?: string[]; fail?: string[] },
  )
  const pass = lists.flatMap(list => [...(list.pass ?? []), ...(list.pass_with_expect ?? [])])
  return { pass, fail: lists.flatMap(list => list.fail ?? []).filter(text => !pass.includes(text)) }
}

const spelledOut = (text: string | null): string =>
  (text ?? '').replace(/\\(x[0-9a-f]{2}|[\\"abenrt])/gi, (_, code: string) => {
    if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
    return ({ a: '\x07', b: '\b', e: '\x1b', n: '\n', r: '\r', t: '\t' } as Record<string, string>)[code] ?? code
  })
