// Examples in the help of a verb: command lines as one would type them.
import type { Command } from 'commander'

/** Adds examples, written without the name of the program. */
export const withExamples = (command: Command, ...lines: readonly string[]): Command =>
  command.addHelpText('after', `\nExamples:\n${lines.map(line => `  iphelper-audit ${line}`).join('\n')}`)

/** The whole help of a command, with what was added to it. */
export function helpOf(command: Command): string {
  let text = ''
  const before = command.configureOutput()
  command.configureOutput({
    writeOut: more => {
      text += more
    },
  })
  command.outputHelp()
  command.configureOutput(before)
  return text
}

/** The command lines below `Examples:` in the help of a command. */
export const examplesOf = (command: Command): readonly string[] =>
  (helpOf(command).split(/^Examples:$/m)[1] ?? '')
    .replace(/ *\\\n */g, ' ')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line.startsWith('iphelper-audit'))
