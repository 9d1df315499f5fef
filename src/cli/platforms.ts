import type { Command } from 'commander'
import { ACTIONS } from '../model/remedy.ts'
import { columns } from '../report/columns.ts'
import { withExamples } from './examples.ts'
import { type Io, textContext } from './io.ts'
import type { Verb } from './verb.ts'

/** `platforms`: what this version can read, and what it can fix there. */
export const platformsVerb: Verb = (program: Command, io: Io, done) => {
  withExamples(program.command('platforms'), 'platforms')
    .description('list the platforms this version can read')
    .action(async () => {
      const { platforms } = await import('../platforms.ts')
      const rows = platforms.map(p => [p.id, p.name, ACTIONS.filter(action => !(action in p.cannot)).join(', ')])
      io.out(`${columns([['ID', 'NAME', 'FIXES'], ...rows], textContext(io, false).width).join('\n')}\n`)
      done(0)
    })
}
