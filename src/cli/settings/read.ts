// A settings file, read and held against the options of the program.
import { dirname } from 'node:path'
import type { Command, Option } from 'commander'
import { type Kind, readDocument } from '../../inventory/document.ts'
import type { Problem } from '../../inventory/problem.ts'
import { commandsBelow, keyOf, kindOf, nameOf, optionsOf, placeholderOf } from '../shape.ts'
import { FOUND, isInside } from './allowed.ts'
import type { SettingsPlace } from './find.ts'
import { type Raw, rawOf, tried } from './raw.ts'
import { type SettingValue, settable, settingsSchema } from './schema.ts'

/** One setting of a file, with the line where it stands. */
export interface Setting {
  readonly key: string
  /** The verb that it is for; null for all that have the option. */
  readonly verb: string | null
  readonly value: SettingValue
  readonly line: number
}

/** Reads the settings of a file; throws one sentence, with the place, where one of them cannot hold. */
export function readSettings({ file, found }: SettingsPlace, program: Command): readonly Setting[] {
  const schema = settingsSchema(program) as unknown as Kind<Record<string, unknown>>['schema']
  const { data, refuse, lineOf } = readDocument(file, {
    schema,
    name: 'settings file',
    start: 'name another one, or leave --config out',
    whole: 'a settings file is a block of keys such as inventory: and fail_on:, named like the options',
  })
  const settings: Setting[] = []
  const problems: Problem[] = []
  const take = (verb: string | null, block: object, options: ReadonlyMap<string, readonly Option[]>) => {
    for (const [key, value] of Object.entries(block)) {
      const those = options.get(key)
      if (value === undefined || !those) continue
      const path = verb === null ? [key] : ['verbs', verb, key]
      const raw = those.map(option => rawOf(option, value as SettingValue, dirname(file)))
      // What one verb does not take, another may: `format: junit` says nothing to facts.
      const wrong = those.map((option, n) => tried(option, raw[n]))
      if (wrong.every(w => w !== null)) problems.push({ path, at: 'value', message: wrong[0] ?? '' })
      else if (found) problems.push(...refused(key, path, those, raw, file))
      settings.push({ key, verb, value: value as SettingValue, line: lineOf(path) })
    }
  }
  const { verbs = {}, ...all } = data
  take(null, all, settable(program))
  for (const [name, block] of Object.entries(verbs as Readonly<Record<string, object>>)) {
    const command = commandsBelow(program).find(c => nameOf(c) === name)
    take(name, block, new Map(optionsOf(command ?? program).map(o => [keyOf(o), [o]])))
  }
  refuse(problems)
  return settings
}

/** What a file that was merely found may not say. */
function refused(
  key: string,
  path: Problem['path'],
  options: readonly Option[],
  raw: readonly Raw[],
  file: string,
): readonly Problem[] {
  const named = `name the file (--config ${file}) if you trust it`
  const rule = Object.hasOwn(FOUND, key) ? FOUND[key] : undefined
  const values = raw.flatMap(r => (Array.isArray(r) ? (r as readonly string[]) : []))
  const problem = (message: string): readonly Problem[] => [{ path, at: 'key', message: `"${key}" ${message}` }]
  if (rule === undefined) return problem(`is taken only from a file that was named, not from one that was found; ${named}`)
  if (typeof rule !== 'string' && !values.every(value => rule.includes(value)))
    return problem(`may only be ${rule.join(', ')} in a file that was found; ${named}`)
  const outside = options.flatMap((option, n) =>
    rule === 'write' ? writtenBy(option, raw[n]).filter(path => !isInside(dirname(file), path)) : [],
  )
  const [first] = outside
  return first === undefined
    ? []
    : problem(`leads out of the folder of the file (${first}), and this one was found, not named; ${named}`)
}

/** The paths among values; a verb that does not take them writes nowhere. */
function writtenBy(option: Option, raw: Raw | undefined): readonly string[] {
  const kind = kindOf(placeholderOf(option) ?? '')
  if (kind === 'other' || !Array.isArray(raw) || tried(option, raw) !== null) return []
  const values = raw as readonly string[]
  if (kind !== 'target') return values
  return values.flatMap(value => (value.includes('=') ? [value.slice(value.indexOf('=') + 1)] : []))
}
