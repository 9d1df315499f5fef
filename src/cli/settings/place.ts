// Which settings file holds, and whether anything is set in the environment: all that most runs need to know.
import { homedir } from 'node:os'
import type { Command } from 'commander'
import { Trouble } from '../../model/trouble.ts'
import { complain, type Io } from '../io.ts'
import type { GlobalOptions } from '../program.ts'
import { keyOf, variableOf } from '../shape.ts'
import { findSettings, type SettingsPlace } from './find.ts'
import { parsed, rawFromText, reasonOf } from './raw.ts'

/** What the environment variables of all options begin with. */
export const PREFIX = /^IPHELPER_AUDIT_/i

/** Whether a variable may set an option. */
export const isSet = (env: Io['env']): boolean => Object.keys(env).some(name => PREFIX.test(name))

/** The settings file that is named, by a flag or in the environment, or else found; null where there is none, or none is wanted. */
export function placeOf(program: Command, io: Io): SettingsPlace | null {
  for (const option of program.options.filter(o => ['config', 'no_config'].includes(keyOf(o)))) {
    const text = io.env[variableOf(option)]
    if (!text || program.getOptionValueSource('config') !== undefined) continue
    try {
      const value = parsed(option, rawFromText(option, text))
      if (value !== undefined) program.setOptionValueWithSource('config', value, 'env')
    } catch (error) {
      throw new Trouble('usage', `${variableOf(option)}: ${reasonOf(option, error)}`)
    }
  }
  const { config } = program.opts<GlobalOptions>()
  if (config === false) return null
  if (config !== undefined) return { file: config, found: false }
  const place = findSettings(io.cwd ?? process.cwd(), io.env.HOME ?? homedir())
  if (!place || !('passed' in place)) return place
  complain(io, place.passed)
  return null
}
