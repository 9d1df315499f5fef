// Completions, asked of the shells themselves: what does a line become when Tab is pressed?
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bash } from '../src/cli/completion/bash.ts'
import { fish } from '../src/cli/completion/fish.ts'
import { specOf } from '../src/cli/completion/spec.ts'
import { zsh } from '../src/cli/completion/zsh.ts'
import { programOf } from '../src/cli/program.ts'
import { verbs } from '../src/cli/verbs.ts'
import { needing } from './support/installed.ts'

const SHELLS = { bash, zsh, fish }
const silent = { out: () => {}, err: () => {}, env: {}, width: 80, colour: false }
const program = programOf(verbs, silent, { errors: () => {}, done: () => {}, run: async () => 0 })

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'iphelper-completion-'))
  for (const name of ['routers', 'my folder']) mkdirSync(join(folder, name))
  for (const name of ['report.html', 'inventory.yaml']) writeFileSync(join(folder, name), '')
  for (const [shell, script] of Object.entries(SHELLS))
    writeFileSync(join(folder, `complete.${shell}`), script(await specOf(program)))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Nothing of the tester's own shell settings gets in, and no shell answers forever. */
const ask = (file: string, args: readonly string[]) =>
  execFileSync(file, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, TERM: 'dumb', LC_ALL: 'C' },
    encoding: 'utf8',
    timeout: 30_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  })

/** A line as it is typed, and what it becomes. All are unambiguous, or end where it stops being so. */
const LINES: readonly (readonly [string, string])[] = [
  ['audi', 'audit '],
  ['audit --assu', 'audit --assume-pairs '],
  ['audit --fail-on wa', 'audit --fail-on warning '],
  ['audit --fail-on=wa', 'audit --fail-on=warning '],
  ['audit --configs rou', 'audit --configs routers/'],
  ['audit --configs my', 'audit --configs my\\ folder/'],
  ['audit -i inv', 'audit -i inventory.yaml '],
  ['audit --format html=rep', 'audit --format html=report.html '],
  ['--quiet explain divergent', '--quiet explain divergent-virtual-ip '],
  ['explain dupl', 'explain duplicate-'],
  ['facts --platform juni', 'facts --platform juniper-junos '],
  ['schema man', 'schema manifest '],
  ['baseline pru', 'baseline prune '],
  ['completion fi', 'completion fish '],
]
const typed = LINES.map(([line]) => `iphelper-audit ${line}`)
const wanted = LINES.map(([, line]) => `iphelper-audit ${line}`)

const driver = join(import.meta.dirname, 'support', 'completes.zsh')
/** What lines become in an interactive shell. */
const completed = (shell: string, setup: string, lines: readonly string[]) =>
  ask('zsh', ['-f', driver, shell, setup, ...lines])
    .split('\n')
    .slice(0, -1)

needing(['bash', 'zsh'], 'bash, at a terminal', () => {
  const setup =
    'PS1=; source ./complete.bash; show() { printf "LINE:%s:END\\n" "$READLINE_LINE"; READLINE_LINE=; }; bind -x "\\"\\C-x\\": show"; printf "%s%s\\n" REA DY'

  it('completes lines', () => expect(completed('bash --norc -i', setup, typed)).toEqual(wanted))

  it('completes lines where equals signs break no words', () => {
    const lines = [
      'iphelper-audit audit --fail-on=wa',
      'iphelper-audit audit --format html=rep',
      'iphelper-audit audit --format=html=rep',
    ]
    expect(completed('bash --norc -i', `COMP_WORDBREAKS=\${COMP_WORDBREAKS//=}; ${setup}`, lines)).toEqual([
      'iphelper-audit audit --fail-on=warning ',
      'iphelper-audit audit --format html=report.html ',
      'iphelper-audit audit --format=html=report.html ',
    ])
  })

  it('begins a new command line behind --', () =>
    expect(completed('bash --norc -i', setup, ['iphelper-audit simulate routers -i inventory.yaml -- audit --assu'])).toEqual([
      'iphelper-audit simulate routers -i inventory.yaml -- audit --assume-pairs ',
    ]))
})

needing(['zsh'], 'zsh, at a terminal', () => {
  const setup =
    'PROMPT=; unset zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; source ./complete.zsh; show() { print -r -- "LINE:$BUFFER:END"; BUFFER=; }; zle -N show; bindkey "^X" show; bindkey "^I" complete-word; print REA""DY'

  it('completes lines', () => expect(completed('zsh -f -i', setup, typed)).toEqual(wanted))

  it('puts an equals sign behind an option with a value, as zsh does; a blank takes it away again', () =>
    expect(completed('zsh -f -i', setup, ['iphelper-audit report --form', 'iphelper-audit report --show'])).toEqual([
      'iphelper-audit report --format=',
      'iphelper-audit report --show-waived ',
    ]))
})

needing(['bash'], 'bash', () => {
  /** What the function answers, for words as bash would split them. */
  const answers = (...words: readonly string[]) =>
    ask('bash', [
      '--norc',
      '-c',
      `source ./complete.bash; COMP_WORDS=(iphelper-audit "$@"); COMP_CWORD=$#; _iphelper_audit 2>/dev/null; printf "%s\\n" "\${COMPREPLY[@]}"`,
      'bash',
      ...words,
    ])
      .split('\n')
      .filter(Boolean)
      .sort()

  it('offers all verbs, all values of an option, all options of a verb, and all rules', () => {
    expect(answers('')).toEqual(program.commands.map(c => c.name()).sort())
    expect(answers('audit', '--fail-on', '')).toEqual(['error', 'info', 'none', 'warning'])
    expect(answers('audit', '--host-keys', '')).toEqual(['insecure', 'strict', 'tofu'])
    expect(answers('platforms', '-')).toEqual(
      ['--config', '--help', '--no-config', '--quiet', '--verbose', '--version', '-V', '-h', '-q', '-v'].sort(),
    )
    expect(answers('explain', 'no-relay')).toEqual(['no-relay-on-active-router'])
    expect(answers('audit', '--configs', '')).toEqual(['my folder', 'routers'])
  })

  it('offers nothing where nobody can know', () => {
    expect(answers('audit', '--max-age', '')).toEqual([])
    expect(answers('audit', '--pxe', '1')).toEqual([])
  })
})

needing(['fish'], 'fish', () => {
  /** What fish offers, without descriptions. */
  const offered = (line: string) =>
    ask('fish', ['-N', '-c', `source ./complete.fish; complete -C '${line}'`])
      .split('\n')
      .filter(Boolean)
      .map(l => l.split('\t')[0])

  it.each([
    ['audi', ['audit']],
    ['audit --assu', ['--assume-pairs']],
    ['audit --fail-on wa', ['warning']],
    ['audit --fail-on=wa', ['--fail-on=warning']],
    ['audit --configs rou', ['routers/']],
    ['audit -i inv', ['inventory.yaml']],
    ['audit --format html=rep', ['html=report.html']],
    ['--quiet explain divergent', ['divergent-virtual-ip']],
    ['facts --platform juni', ['juniper-junos']],
    ['schema man', ['manifest']],
    ['baseline ', ['check', 'prune', 'write']],
    ['audit --max-age ', []],
    ['simulate routers -i inventory.yaml -- expl', ['explain']],
  ])('offers what fits %s', (line, words) => expect(offered(`iphelper-audit ${line}`)).toEqual(words))
})

describe('every script', () => {
  it.each(Object.entries(SHELLS))('for %s has every verb and every option of the program', async (shell, script) => {
    const text = script(await specOf(program))
    for (const command of program.commands) {
      expect(text).toContain(command.name())
      for (const { long } of command.options)
        expect(text, command.name()).toContain(shell === 'fish' ? `-l ${long?.slice(2)}` : long)
    }
  })

  it.each(Object.entries(SHELLS))('for %s follows commands of commands', async (_, script) => {
    const toy = new Command('iphelper-audit')
    toy
      .command('shelf')
      .command('books')
      .addOption(new Option('--cover <kind>').choices(['hard', 'soft']))
      .action(() => {})
    expect(script(await specOf(toy))).toMatch(/shelf books|shelf-books/)
  })
})
