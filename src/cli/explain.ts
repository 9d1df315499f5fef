import { Argument, type Command } from 'commander'
import { Trouble } from '../model/trouble.ts'
import { columns, wrap } from '../report/columns.ts'
import type { TextContext } from '../report/text.ts'
import type { Rule } from '../rules.ts'
import { withExamples } from './examples.ts'
import { type Io, textContext } from './io.ts'
import { offering } from './shape.ts'
import type { Verb } from './verb.ts'

type Example = Rule['examples']['bad'][number]

/** `explain`: what a rule reports, and why it matters. */
export const explainVerb: Verb = (program: Command, io: Io, done) => {
  withExamples(program.command('explain'), 'explain duplicate-pxe-relay', 'explain --list')
    .addArgument(
      offering(new Argument('[rule]', 'the rule; without it, all of them'), async () => (await allRules()).map(r => r.id)),
    )
    .option('--list', 'only list the rules')
    .description('say what a rule reports and why it matters, with examples')
    .action(async (id: string | undefined, { list }: { list?: true }) => {
      const rules = await allRules()
      const context = textContext(io, false)
      const rule = rules.find(r => r.id === id)
      if (id !== undefined && list) throw new Trouble('usage', `--list lists all rules; leave ${id} or --list out`)
      if (id !== undefined && !rule)
        throw new Trouble('usage', `there is no rule "${id}"; valid are ${rules.map(r => r.id).join(', ')}`)
      const table = columns(
        rules.map(r => [r.id, r.severity, r.title]),
        context.width,
      )
      const out = rule ? explained(rule, context) : list ? table : [...table, '', ...rules.flatMap(r => explained(r, context))]
      io.out(`${out.join('\n').trimEnd()}\n`)
      done(0)
    })
}

const allRules = async () => (await import('../rules.ts')).rules

/** One rule in full, ending with an empty line. */
function explained(rule: Rule, { width, paint }: TextContext): string[] {
  const out = [paint('bold', rule.title), `${rule.id}, ${rule.severity}`, '']
  for (const paragraph of rule.rationale.split('\n\n')) out.push(...wrap(paragraph, width), '')
  for (const [heading, examples] of [
    ['Reported', rule.examples.bad],
    ['Accepted', rule.examples.good],
  ] as const)
    for (const example of examples) {
      out.push(...wrap(`${heading}: ${example.shows}`, width).map(line => paint('bold', line)))
      for (const said of pointLines(example)) out.push(...wrap(said, width, '  '))
      for (const [device, text] of Object.entries(example.configs)) {
        out.push(paint('dim', `  ${device}`))
        for (const line of text.trimEnd().split('\n')) out.push(`    ${line}`)
      }
      out.push('')
    }
  return out
}

/** What an example says of its PXE server, besides that it is at 10.9.9.5. */
function* pointLines({ addresses, retired, hostnames, networks, kind }: Example): Generator<string> {
  if (kind) yield `The PXE server is of kind ${kind}.`
  if (addresses) yield `The PXE server has the addresses ${addresses.join(', ')}.`
  if (retired) yield `The PXE server no longer has ${retired.join(', ')}.`
  if (hostnames) yield `The PXE server is called ${hostnames.join(', ')}.`
  if (networks) yield `The PXE server stands in ${networks.join(', ')}.`
}
