import { type Command, Option } from 'commander'
import type { Open, Remembrance } from '../model/history.ts'
import { Trouble } from '../model/trouble.ts'
import { historyText, historyView } from '../report/history.ts'
import { complain, type Io, textContext } from './io.ts'
import type { Verb } from './verb.ts'

interface Options {
  readonly format: 'text' | 'json'
  readonly all?: true
  readonly close?: readonly string[]
  readonly gone?: readonly string[]
}

/** `history`: what a state remembers. */
export const historyVerb: Verb = (program: Command, io: Io, done) => {
  program
    .command('history')
    .argument('<folder>', 'the folder that audit --state was given')
    .description('show the runs that a state remembers, and the findings that are open')
    .addOption(new Option('-f, --format <name>', 'how to print it').choices(['text', 'json']).default('text'))
    .option('--all', 'all runs, and accepted findings too')
    .option(
      '--close <fingerprint...>',
      'close findings that the last run could not judge, as when their segment is gone for good',
    )
    .option(
      '--gone <name...>',
      'close those that the last run could not judge because these devices or PXE points left the audit',
    )
    .addHelpText(
      'after',
      `
Examples:
  iphelper-audit audit -i inventory.yaml --state /var/lib/iphelper-audit
  iphelper-audit history /var/lib/iphelper-audit
  iphelper-audit history /var/lib/iphelper-audit --gone ams-dist-9`,
    )
    .action(async (dir: string, { format, all, close, gone }: Options) => {
      const history = await import('../history.ts')
      const warn = (sentence: string) => complain(io, sentence)
      if (close || gone) {
        if (close && gone) throw new Trouble('usage', '--close and --gone are two steps; take one after the other')
        const closed = history.closeFindings(
          dir,
          state => (close ? byFingerprint(state, close) : byName(state, gone ?? [])),
          warn,
        )
        io.out(`Closed ${closed.length} ${closed.length === 1 ? 'finding' : 'findings'} in ${dir}.\n`)
        return done(0)
      }
      const state = history.readState(dir, warn)
      const view = historyView(state, history.timeToFix(state.past))
      io.out(
        format === 'json' ? `${JSON.stringify(view, null, 2)}\n` : historyText(view, textContext(io, all === true), new Date()),
      )
      done(0)
    })
}

/** Only what no run can judge may be closed: what was just seen is there. */
function closable({ open }: Remembrance, fingerprint: string): Open {
  const finding = open.get(fingerprint)
  if (!finding)
    throw new Trouble('usage', `no open finding has the fingerprint ${fingerprint}; history without --close lists them`)
  if (finding.not_judged === null)
    throw new Trouble(
      'usage',
      `the last run saw the finding ${fingerprint}, so it is not gone; accept it with a waiver if it is to stay`,
    )
  return finding
}

function byFingerprint(state: Remembrance, fingerprints: readonly string[]) {
  return { reason: 'closed by hand', fingerprints: [...new Set(fingerprints)].map(f => closable(state, f).fingerprint) }
}

function byName({ open }: Remembrance, names: readonly string[]) {
  const waiting = [...open.values()].filter(f => names.some(name => f.not_judged?.startsWith(`${name} is no longer `)))
  if (waiting.length === 0)
    throw new Trouble(
      'usage',
      `no open finding waits for ${names.join(' or ')} to be in the audit again; history lists what each waits for`,
    )
  return { reason: `${names.join(' and ')} gone for good`, fingerprints: waiting.map(f => f.fingerprint) }
}
