// What holds for one run: a flag wins over the environment, that over a settings file, and that over what is usual.
import { dirname } from 'node:path'
import type { Command, Option } from 'commander'
import { suggest } from '../../inventory/nearest.ts'
import { Trouble } from '../../model/trouble.ts'
import type { Io } from '../io.ts'
import { keyOf, nameOf, optionsOf, placeholderOf, variableOf } from '../shape.ts'
import type { SettingsPlace } from './find.ts'
import { PREFIX } from './place.ts'
import { parsed, type Raw, rawFromText, rawOf, reasonOf, tried } from './raw.ts'
import { readSettings, type Setting } from './read.ts'
import { settable } from './schema.ts'

/** A value that neither a flag nor the program has said. */
export interface Taken {
  readonly option: Option
  readonly raw: Raw
  /** `IPHELPER_AUDIT_FAIL_ON`, or `.iphelper-audit.yaml:3`. */
  readonly origin: string
  /** The file; null for the environment. */
  readonly place: SettingsPlace | null
}

/** Everything that can be said besides flags. */
export interface Sources {
  readonly place: SettingsPlace | null
  readonly settings: readonly Setting[]
  readonly env: Io['env']
  /** The program with all its verbs. */
  readonly whole: Command
}

/** Reads the settings file, where there is one. */
export const sourcesOf = (place: SettingsPlace | null, env: Io['env'], whole: Command): Sources => ({
  place,
  env,
  whole,
  settings: place ? readSettings(place, whole) : [],
})

/** Sets what no flag has said, and returns that. */
export function applySettings(command: Command, { env, place, settings, whole }: Sources): readonly Taken[] {
  const options = optionsOf(command)
  // What an earlier look has set is looked up again, so that `config show` sees where it comes from.
  const settled = new Map<string, string>()
  const sourceOf = (option: Option) =>
    command.getOptionValueSource(option.attributeName()) === 'cli' ? 'cli' : settled.get(option.attributeName())
  const isFree = (option: Option) => sourceOf(option) === undefined
  const taken: Taken[] = []
  const set = (those: readonly Taken[], source: string) => {
    for (const one of those) {
      const key = keyOf(one.option)
      const rivals = RIVALS.flatMap(pair => (pair.includes(key) ? pair.filter(k => k !== key) : []))
      // What was said nearer to the run stands for the other way to say it, too.
      const beaten = options.some(o => rivals.includes(keyOf(o)) && !isFree(o) && sourceOf(o) !== source)
      const value = beaten || !isFree(one.option) ? undefined : parsed(one.option, one.raw)
      if (value === undefined) continue
      command.setOptionValueWithSource(one.option.attributeName(), value, source)
      settled.set(one.option.attributeName(), source)
      taken.push(one)
    }
  }
  set(
    options.flatMap(option => {
      const text = env[variableOf(option)]
      const value = text === undefined || !isFree(option) ? null : fromEnvironment(option, text, whole)
      return value ? [value] : []
    }),
    'env',
  )
  const verb = nameOf(command)
  const own = settings.filter(s => s.verb === verb)
  const general = settings.filter(s => s.verb === null && !own.some(o => o.key === s.key))
  set(
    [...own, ...general].flatMap(({ key, value, line }) => {
      const option = options.find(o => keyOf(o) === key)
      if (!option || !place) return []
      const raw = rawOf(option, value, dirname(place.file))
      return tried(option, raw) === null ? [{ option, raw, place, origin: `${place.file}:${line}` }] : []
    }),
    'config',
  )
  return taken
}

/** Two ways to say the same, or one of which makes the other pointless. */
const RIVALS: readonly (readonly [string, string])[] = [
  ['pxe', 'inventory'],
  ['result', 'inventory'],
  ['result', 'configs'],
  ['result', 'pxe'],
  ['result', 'waivers'],
  ['result', 'limit'],
  ['waivers', 'no_waivers'],
]

/** What a variable says. What no option of that name takes is a mistake; what another verb takes is meant for that. */
function fromEnvironment(option: Option, text: string, whole: Command): Taken | null {
  const origin = variableOf(option)
  try {
    const raw = rawFromText(option, text)
    parsed(option, raw)
    return raw === null ? null : { option, raw, origin, place: null }
  } catch (error) {
    const others = settable(whole).get(keyOf(option)) ?? []
    if (others.some(other => placeholderOf(other) !== null && tried(other, rawFromText(other, text)) === null)) return null
    throw new Trouble('usage', `${origin}: ${reasonOf(option, error)}`)
  }
}

/** Environment variables that look like a setting and are none. A name that is nowhere near one is somebody else's. */
export function strayVariables({ env, whole }: Sources): readonly string[] {
  const names = Object.keys(env).filter(name => PREFIX.test(name))
  if (names.length === 0) return []
  const valid = [...settable(whole).keys(), 'config', 'no_config'].map(key => key.toUpperCase())
  return names.flatMap(name => {
    const key = name.replace(PREFIX, '')
    const [, meant] = valid.includes(key) ? [] : (/^did you mean "(.*)"/.exec(suggest(key.toUpperCase(), valid)) ?? [])
    return meant === undefined ? [] : [`the environment variable ${name} is no option; did you mean IPHELPER_AUDIT_${meant}?`]
  })
}
