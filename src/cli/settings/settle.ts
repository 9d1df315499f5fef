// Between the command line and the verb: everything that was not said there is looked up.
import type { Command, Option } from 'commander'
import { complain, type Io } from '../io.ts'
import { optionsOf } from '../shape.ts'
import type { Taken } from './apply.ts'
import { isSet, placeOf } from './place.ts'

/** Sets the options of the program and of a verb that no flag has said, and returns those. */
export async function settled(program: Command, command: Command, io: Io): Promise<readonly Taken[]> {
  // A verb without options has nothing to be set, and works beside a broken settings file.
  if (optionsOf(command).length === 0) return []
  const place = placeOf(program, io)
  if (!place && !isSet(io.env)) return []
  // Loaded only where there is something to read: it takes as long as a small validation.
  const { applySettings, sourcesOf, strayVariables } = await import('./apply.ts')
  const { checkTrust } = await import('./trust.ts')
  const sources = sourcesOf(place, io.env, program)
  const general = applySettings(program, sources)
  const own = applySettings(command, sources)
  for (const sentence of strayVariables(sources)) complain(io, sentence)
  checkTrust(command, own)
  return [...general, ...own]
}

/** Takes demands for options back; what it returns makes them again, when settings have been looked at. */
export function lifted(program: Command): (command: Command) => void {
  const demanded = new Set<Option>()
  for (const command of program.commands)
    for (const option of command.options.filter(o => o.mandatory)) {
      option.mandatory = false
      demanded.add(option)
    }
  return command => {
    for (const option of command.options)
      if (demanded.has(option) && command.getOptionValue(option.attributeName()) === undefined)
        command.error(`error: required option '${option.flags}' not specified`, { code: 'commander.missingMandatoryOptionValue' })
  }
}
