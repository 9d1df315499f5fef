// Values as a command line would have them, and what the options make of those.
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { CommanderError, type Option } from 'commander'
import { Trouble } from '../../model/trouble.ts'
import { keyOf, kindOf, placeholderOf } from '../shape.ts'
import { typed } from './find.ts'
import type { SettingValue } from './schema.ts'

/** A flag without a value, or the values of one; null for a flag that is not set. */
export type Raw = true | null | readonly string[]

/** What a file says of an option; paths that are relative there are relative to `folder`. */
export function rawOf(option: Option, value: SettingValue, folder: string): Raw {
  const placeholder = placeholderOf(option)
  if (placeholder === null) return value === true ? true : null
  const values = (Array.isArray(value) ? value : [value]).map(String)
  const kind = kindOf(placeholder)
  if (kind === 'other') return values
  if (kind !== 'target') return values.map(path => placed(path, folder))
  return values.map(text => {
    const equals = text.indexOf('=')
    return equals < 0 ? text : `${text.slice(0, equals + 1)}${placed(text.slice(equals + 1), folder)}`
  })
}

/** A path from a file, as one would type it in the current folder. */
function placed(path: string, folder: string): string {
  if (path === '') return path
  return typed(/^~(?=[/\\]|$)/.test(path) ? join(homedir(), path.slice(1)) : resolve(folder, path))
}

const YES = /^(1|true|yes|on)$/i
const NO = /^(0|false|no|off|)$/i

/** What an environment variable says of an option; several values have blanks between. An empty one says nothing. */
export function rawFromText(option: Option, text: string): Raw {
  if (placeholderOf(option) !== null) {
    const values = text.split(/\s+/).filter(word => word !== '')
    return values.length === 0 ? null : isList(option) ? values : [text]
  }
  if (YES.test(text)) return true
  if (NO.test(text)) return null
  throw new Trouble('usage', `"${text}" is neither yes nor no; write 1 or 0`)
}

/** Whether an option is given once for each of several values. Its own reader then takes those before. */
const isList = (option: Option): boolean => option.variadic || kindOf(placeholderOf(option) ?? '') === 'target'

/** What an option makes of its values, one after the other; throws a sentence where it takes one of them not. */
export function parsed(option: Option, raw: Raw): unknown {
  if (raw === null) return undefined
  if (raw === true) return !option.negate
  if (raw.length > 1 && !isList(option)) throw new Trouble('usage', `"${keyOf(option)}" takes one value, not ${raw.length}`)
  const { parseArg } = option
  if (!parseArg) return option.variadic ? raw : raw[0]
  return raw.reduce<unknown>((before, value) => parseArg(value, before), undefined)
}

/** Why an option does not take its values; null where it does. */
export function tried(option: Option, raw: Raw | undefined): string | null {
  try {
    parsed(option, raw ?? null)
    return null
  } catch (error) {
    return reasonOf(option, error)
  }
}

/** The sentence of an error that reading a value threw. */
export function reasonOf(option: Option, error: unknown): string {
  if (error instanceof Trouble) return error.message
  if (error instanceof CommanderError) return `${option.long} does not take that value: ${error.message.replace(/\.$/, '')}`
  throw error
}
