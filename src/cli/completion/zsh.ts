import { below } from './bash.ts'
import type { CommandSpec, OptionSpec, ValueSpec } from './spec.ts'

/** The completion for zsh; it may be sourced after compinit, or stand in a folder of fpath. */
export const zsh = (commands: readonly CommandSpec[]): string => `#compdef iphelper-audit
# Completion of iphelper-audit for zsh.
${commands.map(command => functionOf(command, below(commands, command.name))).join('\n')}
# A name, or a name and the file that it goes to.
_iphelper-audit-target() {
  if compset -P '*='; then _files; else compadd -S '' -- "$@"; fi
}

if [[ $funcstack[1] == _iphelper-audit ]]; then
  _iphelper-audit "$@"
else
  compdef _iphelper-audit iphelper-audit
fi
`

const functionName = (name: string) => `_iphelper-audit${name === '' ? '' : `-${name.replaceAll(' ', '-')}`}`

function functionOf({ name, options, values }: CommandSpec, commands: readonly CommandSpec[]): string {
  const specs = options.map(optionText)
  if (commands.length === 0)
    return `${functionName(name)}() {\n  ${['_arguments -s -S', ...specs, ...values.map(operandText)].join(' \\\n    ')}\n}\n`
  const words = commands.map(c => quoted(`${c.name.slice(name.length).trim()}:${c.description}`)).join('\n    ')
  const calls = commands.map(c => `        ${c.name.slice(name.length).trim()}) ${functionName(c.name)} ;;`).join('\n')
  return `${functionName(name)}() {
  local context state state_descr line
  typeset -A opt_args
  ${['_arguments -s -S -C', ...specs, "'1: :->command'", "'*:: :->rest'"].join(' \\\n    ')}
  local -a commands=(
    ${words}
  )
  case $state in
    command) _describe command commands ;;
    rest)
      case $line[1] in
${calls}
      esac
      ;;
  esac
}
`
}

function optionText({ flags, description, value }: OptionSpec): string {
  const said = quoted(`[${escaped(description)}]${value ? `:${escaped(value.name)}:${actionOf(value)}` : ''}`)
  const others = quoted(value?.many ? '*' : `(${flags.join(' ')})`)
  // A value may stand behind a blank, or at once: behind the letter, or an equals sign.
  const forms = flags.map(flag => (value === null ? flag : flag.startsWith('--') ? `${flag}=` : `${flag}+`))
  return `${others}${forms.length === 1 ? forms[0] : `{${forms.join(',')}}`}${said}`
}

const operandText = (value: ValueSpec, n: number) =>
  quoted(`${value.many ? '*' : n + 1}:${escaped(value.name)}:${actionOf(value)}`)

function actionOf({ kind, words }: ValueSpec): string {
  if (kind === 'target') return `_iphelper-audit-target ${words.join(' ')}`
  if (words.length > 0) return `(${words.join(' ')})`
  return { file: '_files', folder: '_files -/', other: ' ' }[kind]
}

/** Colons and brackets mean something in the specifications of _arguments. */
const escaped = (text: string) => text.replace(/[[\]:\\]/g, '\\$&')
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
