import type { Command } from 'commander'
import { withExamples } from './examples.ts'
import type { Io } from './io.ts'
import { manPage } from './man/page.ts'
import type { Verb } from './verb.ts'
import { version } from './version.ts'

/** `man`: the manual, for man(1). */
export const manVerb: Verb = (program: Command, io: Io, done) => {
  withExamples(program.command('man'), 'man | man -l -', 'man > ~/.local/share/man/man1/iphelper-audit.1')
    .description('print the manual page, as man(1) reads it')
    .action(() => {
      io.out(manPage(program, version()))
      done(0)
    })
}
