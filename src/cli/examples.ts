import type { Command } from 'commander'

/** Adds examples to the help of a verb: command lines, each of which parses. */
export const withExamples = (command: Command, ...lines: readonly string[]): Command =>
  command.addHelpText('after', `\nExamples:\n${lines.map(line => `  iphelper-audit ${line}`).join('\n')}`)
