import { Argument, type Command } from 'commander'
import type { CommandSpec } from './completion/spec.ts'
import { withExamples } from './examples.ts'
import type { Io } from './io.ts'
import type { Verb } from './verb.ts'

const SHELLS: Readonly<Record<string, () => Promise<(commands: readonly CommandSpec[]) => string>>> = {
  bash: async () => (await import('./completion/bash.ts')).bash,
  zsh: async () => (await import('./completion/zsh.ts')).zsh,
  fish: async () => (await import('./completion/fish.ts')).fish,
}

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
    .action(async (shell: string) => {
      const { specOf } = await import('./completion/spec.ts')
      io.out((await SHELLS[shell]?.())?.(await specOf(program)) ?? '')
      done(0)
    })
}
