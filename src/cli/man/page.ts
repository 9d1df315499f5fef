// The man page, made from the program: what --help says, in one piece.
import type { Command, Option } from 'commander'
import { examplesOf } from '../examples.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { commandsBelow, nameOf } from '../shape.ts'
import { ABOUT, ENVIRONMENT, FILES } from './prose.ts'
import { bold, italic, literal, sentences, term } from './roff.ts'

/** The page as roff source. */
export function manPage(program: Command, version: string): string {
  const commands = commandsBelow(program).filter(c => c.commands.length === 0)
  const name = program.name()
  return [
    `.TH ${name.toUpperCase()} 1 "" "${name} ${version}" "User Commands"`,
    '.SH NAME',
    `${literal(name)} \\- find gateways that relay one PXE request more than once`,
    '.SH SYNOPSIS',
    // No hyphenation, and every command on a line of its own.
    '.nh',
    ...commands.map((c, n) => `${n === 0 ? '' : '.br\n'}${bold(name)} ${synopsis(c)}`),
    '.hy',
    '.SH DESCRIPTION',
    sentences(program.description()),
    ...ABOUT.map(paragraph => `.PP\n${sentences(paragraph)}`),
    '.SH COMMANDS',
    ...commands.flatMap(commandLines),
    '.SH OPTIONS',
    'Every command takes these:',
    ...program.options.map(optionLines),
    '.SH EXIT STATUS',
    ...Object.entries(EXIT_CODES).map(([code, meaning]) => term(bold(code), meaning)),
    '.PP',
    '1 wins over 3.',
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.map(([head, text]) => term(bold(head), text)),
    '.SH FILES',
    ...FILES.map(([head, text]) => term(italic(head), text)),
    '.SH EXAMPLES',
    ...commands.flatMap(exampleLines),
    '',
  ].join('\n')
}

function exampleLines(command: Command, n: number): string[] {
  const lines = examplesOf(command)
  if (lines.length === 0) return []
  const above = n === 0 ? [] : ['.PP']
  return [...above, sentences(`${capital(command.description())}:`), '.PP', '.nf', ...lines.map(literal), '.fi']
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function synopsis(command: Command): string {
  const values = command.registeredArguments.map(a => {
    const text = `${italic(a.name())}${a.variadic ? ' ...' : ''}`
    return a.required ? text : `[${text}]`
  })
  return [bold(nameOf(command)), ...(command.options.length > 0 ? [`[${italic('options')}]`] : []), ...values].join(' ')
}

function commandLines(command: Command): string[] {
  const values = command.registeredArguments.map(a => {
    const choices = a.argChoices && !a.description.includes(a.argChoices[0] ?? '') ? `; one of ${a.argChoices.join(', ')}` : ''
    return term(italic(a.name()), `${a.description}${choices}`)
  })
  return [
    `.SS ${synopsis(command)}`,
    sentences(`${capital(command.description())}.`),
    ...values,
    ...command.options.map(optionLines),
  ]
}

function optionLines(option: Option): string {
  const { flags, description, argChoices, defaultValue } = option
  const [, names = flags, value = ''] = /^(.*?)(?: ([<[].*))?$/.exec(flags) ?? []
  const head = [
    names.split(', ').map(bold).join(', '),
    ...(value === '' ? [] : [italic(value.replace(/^[<[]|[>\]]$/g, ''))]),
  ].join(' ')
  const choices = argChoices ? `; one of ${argChoices.join(', ')}` : ''
  const usual = defaultValue === undefined || defaultValue === false ? '' : ` (default: ${String(defaultValue)})`
  return `.TP\n${head}\n${sentences(`${description}${choices}${usual}`)}`
}
