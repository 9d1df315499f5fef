import { below } from './bash.ts'
import type { CommandSpec, OptionSpec, ValueSpec } from './spec.ts'

/** The completion for fish. */
export const fish = (commands: readonly CommandSpec[]): string => `# Completion of iphelper-audit for fish.
complete -c iphelper-audit -e
complete -c iphelper-audit -f

# Whether the words so far are a command, and how many operands it has: \`__iphelper_audit_at NAME [OPERANDS]\`.
function __iphelper_audit_at
    set -l command ''
    set -l operands 0
    set -l skip 0
    for word in (commandline -opc)[2..]
        if test $skip = 1
            set skip 0
            continue
        end
        set -l next (string trim -- "$command $word")
        switch $word
            case --
                set command ''
                set operands 0
            case '-*'
                contains -- "$command $word" $__iphelper_audit_valued; and set skip 1
            case '*'
                if contains -- $next $__iphelper_audit_commands
                    set command $next
                else
                    set operands (math $operands + 1)
                end
        end
    end
    test "$command" = "$argv[1]"; or return 1
    set -q argv[2]; or return 0
    test "$argv[2]" = any -o "$argv[2]" = $operands
end

# A name, or a name and the file that it goes to.
function __iphelper_audit_target
    set -l token (commandline -ct | string replace -r '^--?[a-z-]+=' '')
    if string match -q '*=*' -- $token
        set -l name (string split -m 1 = -- $token)
        __fish_complete_path $name[2] | string replace -r '^' "$name[1]="
    else
        printf '%s\\n' $argv
    end
end

set -g __iphelper_audit_commands ${commands
  .filter(c => c.name !== '')
  .map(c => quoted(c.name))
  .join(' ')}
set -g __iphelper_audit_valued ${commands
  .flatMap(c => c.options.filter(o => o.value).flatMap(o => o.flags.map(flag => quoted(`${c.name} ${flag}`))))
  .join(' ')}

${commands.flatMap(command => linesOf(command, below(commands, command.name))).join('\n')}
`

function linesOf({ name, options, values }: CommandSpec, commands: readonly CommandSpec[]): string[] {
  const at = (operands: string | number) =>
    `complete -c iphelper-audit -n ${quoted(`__iphelper_audit_at ${quoted(name)} ${operands}`)}`
  return [
    ...commands.map(c => `${at(0)} -a ${quoted(c.name.slice(name.length).trim())} -d ${quoted(c.description)}`),
    ...values.flatMap((value, n) => {
      const said = valueText(value)
      return said === '' ? [] : [`${at(value.many ? 'any' : n)} ${said.replace(/^-[rx] ?/, '')}`]
    }),
    ...options.map(
      option => `complete -c iphelper-audit -n ${quoted(`__iphelper_audit_at ${quoted(name)}`)} ${optionText(option)}`,
    ),
  ]
}

const optionText = ({ flags, description, value }: OptionSpec) =>
  [
    ...flags.map(flag => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)),
    ...(value ? [valueText(value) || '-x'] : []),
    `-d ${quoted(description)}`,
  ].join(' ')

/** \`-x\`: a value and no file; \`-r\`: a value; \`-F\`: files. */
function valueText({ kind, words }: ValueSpec): string {
  if (kind === 'target') return `-x -a ${quoted(`(__iphelper_audit_target ${words.join(' ')})`)}`
  if (words.length > 0) return `-x -a ${quoted(words.join(' '))}`
  return { file: '-r -F', folder: `-x -a ${quoted('(__fish_complete_directories (commandline -ct))')}`, other: '' }[kind]
}

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
