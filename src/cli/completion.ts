import { Argument, type Command } from 'commander'
import { bash } from './completion/bash.ts'
import { fish } from './completion/fish.ts'
import { type CommandSpec, specOf } from './completion/spec.ts'
import { zsh } from './completion/zsh.ts'
import { withExamples } from './examples.ts'
import type { Io } from './io.ts'
import type { Verb } from './verb.ts'

const SHELLS: Readonly<Record<string, (commands: readonly CommandSpec[]) => string>> = { bash, zsh, fish }

/** `completion`: what a shell needs to complete command lines. */
export const completionVerb: Verb = (program: Command, io: Io, done) => {
  withExamples(
    program
      .command('completion')
      .addHelpText('after', '\nbash: source the file in ~/.bashrc. zsh: put it into a folder of fpath.'),
    'completion bash > ~/.iphelper-audit.bash',
    'completion zsh > ~/.zfunc/_iphelper-audit',
    'completion fish | source',
  )
    .description('print a script that completes command lines in bash, zsh or fish')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SHELLS)))
    .action((shell: string) => {
      io.out(SHELLS[shell]?.(specOf(program)) ?? '')
      done(0)
    })
}
