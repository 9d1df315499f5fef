import type { Command } from 'commander'
import { rules, Trouble } from '../api.ts'
import { columns, wrap } from '../report/columns.ts'
import { type Io, textContext } from './io.ts'
import type { Verb } from './verb.ts'

/** `explain`: what a rule reports, and why it matters. */
export const explainVerb: Verb = (program: Command, io: Io, done) => {
  program
    .command('explain')
    .argument('[rule]', 'the rule; without it, all rules are listed')
    .description('say what a rule reports and why it matters')
    .action((id: string | undefined) => {
      const { width, paint } = textContext(io, false)
      if (id === undefined) {
        io.out(
          `${columns(
            rules.map(r => [r.id, r.severity, r.title]),
            width,
          ).join('\n')}\n`,
        )
        return done(0)
      }
      const rule = rules.find(r => r.id === id)
      if (!rule) throw new Trouble('usage', `there is no rule "${id}"; valid are ${rules.map(r => r.id).join(', ')}`)
      const out = [paint('bold', rule.title), `${rule.id}, ${rule.severity}`, '']
      for (const paragraph of rule.rationale.split('\n\n')) out.push(...wrap(paragraph, width), '')
      for (const [heading, examples] of [
        ['Reported', rule.examples.bad],
        ['Accepted', rule.examples.good],
      ] as const)
        for (const { shows, configs } of examples) {
          out.push(paint('bold', `${heading}: ${shows}`))
          for (const [device, text] of Object.entries(configs))
            out.push(
              paint('dim', `  ${device}`),
              ...text
                .trimEnd()
                .split('\n')
                .map(line => `    ${line}`),
            )
          out.push('')
        }
      io.out(`${out.join('\n').trimEnd()}\n`)
      done(0)
    })
}
