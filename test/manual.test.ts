// --help and the manual: every verb has examples, each of which parses, and everything fits.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Command, CommanderError } from 'commander'
import { describe, expect, it } from 'vitest'
import { examplesOf, helpOf } from '../src/cli/examples.ts'
import { manPage } from '../src/cli/man/page.ts'
import { programOf } from '../src/cli/program.ts'
import { commandsBelow, nameOf } from '../src/cli/shape.ts'
import { verbs } from '../src/cli/verbs.ts'
import { needing } from './support/installed.ts'

const silent = { out: () => {}, err: () => {}, env: {}, width: 80, colour: false }
const root = join(import.meta.dirname, '..')

const wholeProgram = (errors: (text: string) => void = () => {}): Command =>
  programOf(verbs, silent, { errors, done: () => {}, run: async () => 0 })

/** A program of which no verb does anything. */
function idle(complaints: string[] = []): Command {
  const program = wholeProgram(text => complaints.push(text))
  for (const command of commandsBelow(program)) command.action(() => {})
  return program
}

/** The words of a command line as a shell would take them, up to the first redirection, pipe or comment. */
function words(line: string): string[] {
  const all = [...line.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].map(m => m[1] ?? m[2] ?? m[3] ?? '')
  const end = all.findIndex(word => /^(\d?[<>|&#;]|\\$)/.test(word))
  return end < 0 ? all : all.slice(0, end)
}

/** What is wrong with a command line, and with the one behind its `--`; null where nothing is. */
function flaw(args: readonly string[]): string | null {
  const complaints: string[] = []
  const program = idle(complaints)
  try {
    program.parse([...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError) || error.exitCode !== 0) return `${complaints.join(' ')}${error}`
  }
  const separator = args.indexOf('--')
  return separator < 0 ? null : flaw(args.slice(separator + 1))
}

const commands = commandsBelow(wholeProgram()).filter(c => c.commands.length === 0)

describe('--help', () => {
  it.each(commands.map(c => [nameOf(c)]))('of %s has examples that parse, and fits 80 columns', name => {
    const command = commandsBelow(wholeProgram()).find(c => nameOf(c) === name) as Command
    const examples = examplesOf(command)
    expect(examples.length).toBeGreaterThan(0)
    expect(examples.some(line => line.startsWith(`iphelper-audit ${name}`))).toBe(true)
    for (const line of examples) expect([line, flaw(words(line).slice(1))]).toEqual([line, null])
    expect(
      helpOf(command)
        .split('\n')
        .filter(line => line.length > 80),
    ).toEqual([])
  })

  it('of the program does so, too', () => {
    const program = wholeProgram()
    expect(examplesOf(program).length).toBeGreaterThan(3)
    for (const line of examplesOf(program)) expect([line, flaw(words(line).slice(1))]).toEqual([line, null])
    expect(
      helpOf(program)
        .split('\n')
        .filter(line => line.length > 80),
    ).toEqual([])
  })

  it('knows a command line that does not parse', () => {
    for (const args of [
      ['audti'],
      ['audit', '--colour'],
      ['audit', '--fail-on', 'panic'],
      ['facts'],
      ['config', 'show', '--', 'audit', '--x'],
    ])
      expect(flaw(args), args.join(' ')).not.toBeNull()
  })
})

describe('the README', () => {
  const blocks = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(m => m[1] ?? '')
  const lines = blocks
    .flatMap(block => block.replaceAll('\\\n', ' ').split('\n'))
    .filter(line => line.startsWith('npx iphelper-audit '))

  it('has command lines', () => expect(lines.length).toBeGreaterThan(8))

  it.each(lines.map(line => [line]))('%s parses', line => expect(flaw(words(line).slice(2))).toBeNull())
})

describe('the manual', () => {
  const page = manPage(wholeProgram(), '1.2.3')

  it('has all sections', () =>
    expect([...page.matchAll(/^\.SH (.*)$/gm)].map(m => m[1])).toEqual([
      'NAME',
      'SYNOPSIS',
      'DESCRIPTION',
      'COMMANDS',
      'OPTIONS',
      'EXIT STATUS',
      'ENVIRONMENT',
      'FILES',
      'EXAMPLES',
    ]))

  it('has every verb, every option and every example', () => {
    const text = page.replaceAll('\\-', '-').replace(/\\f[BIR]/g, '')
    for (const command of commands) {
      expect(text).toContain(`iphelper-audit ${nameOf(command)}`)
      for (const { long } of command.options) expect(text).toContain(long)
      for (const line of examplesOf(command)) expect(text).toContain(line.replaceAll('~', '\\(ti').replaceAll("'", '\\(aq'))
    }
    expect(text).toContain('iphelper-audit 1.2.3')
  })

  needing(['mandoc'], 'read by mandoc', () => {
    it('has no flaw but that it says no date: the version says more', () => {
      const folder = mkdtempSync(join(tmpdir(), 'iphelper-man-'))
      try {
        const file = join(folder, 'iphelper-audit.1')
        writeFileSync(file, page)
        let said = ''
        try {
          execFileSync('mandoc', ['-T', 'lint', '-W', 'style', file], { encoding: 'utf8' })
        } catch (error) {
          said = (error as { stdout: string }).stdout
        }
        expect(said.split('\n').filter(line => line !== '' && !/missing date/.test(line))).toEqual([])
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    })
  })
})
