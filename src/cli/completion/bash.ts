import type { CommandSpec, ValueSpec } from './spec.ts'

/** The completion for bash, from version 3.2 on, which macOS has; bash-completion is not needed. */
export const bash = (commands: readonly CommandSpec[]): string => `# Completion of iphelper-audit for bash.
_iphelper_audit() {
  local cur=\${COMP_WORDS[COMP_CWORD]} last=$((COMP_CWORD - 1)) command='' operand=0 option='' kind='' words='' prefix='' named='' word i
  COMPREPLY=()

  # Which command it is, and how many operands it has already. Bash breaks words at equals signs.
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case $word in
      =) i=$((i + 1)) ;;
      --) command='' operand=0 ;;
      -*) _iphelper_audit_option "$command" "$word" && [[ -n $kind && \${COMP_WORDS[i + 1]} != = ]] && i=$((i + 1)) ;;
      *) if _iphelper_audit_command "$command\${command:+ }$word"; then command=$command\${command:+ }$word; else operand=$((operand + 1)); fi ;;
    esac
  done

  kind=''
  [[ $cur == = ]] && cur='' last=$COMP_CWORD
  if [[ \${COMP_WORDS[last]} == = ]]; then
    option=\${COMP_WORDS[last - 1]}
    if [[ $option != -* ]]; then
      # NAME=FILE: the option stands before the name.
      option=\${COMP_WORDS[last - 2]}
      [[ $option == = ]] && option=\${COMP_WORDS[last - 3]}
      named=1
    fi
  else
    option=\${COMP_WORDS[last]}
    # Where equals signs break no words.
    [[ $cur == -*=* ]] && option=\${cur%%=*} prefix=\${cur%%=*}= cur=\${cur#*=}
    [[ $cur == *=* ]] && named=1 prefix=$prefix\${cur%%=*}= cur=\${cur#*=}
  fi

  if [[ $option == -* ]] && _iphelper_audit_option "$command" "$option" && [[ -n $kind ]]; then
    :
  elif [[ $cur == -* ]]; then
    _iphelper_audit_options "$command"
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    return
  else
    kind='' words=''
    _iphelper_audit_operand "$command" "$operand"
  fi

  if [[ $kind == target && -z $named ]]; then
    compopt -o nospace 2>/dev/null
    COMPREPLY=($(compgen -P "$prefix" -W "$words" -- "$cur"))
    return
  fi
  local IFS=$'\\n'
  case $kind in
    file | target) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -P "$prefix" -f -- "$cur")) ;;
    folder) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -P "$prefix" -d -- "$cur")) ;;
    *) IFS=$' \\n'; COMPREPLY=($(compgen -P "$prefix" -W "$words" -- "$cur")) ;;
  esac
}

_iphelper_audit_command() {
  case $1 in
    ${commands
      .filter(c => c.name !== '')
      .map(c => quoted(c.name))
      .join(' | ')}) return 0 ;;
  esac
  return 1
}

_iphelper_audit_options() {
  case $1 in
${commands.map(c => `    ${quoted(c.name)}) words=${quoted(c.options.flatMap(o => o.flags).join(' '))} ;;`).join('\n')}
  esac
}

# What the value of an option is; no kind where it takes none.
_iphelper_audit_option() {
  kind='' words=''
  case "$1 $2" in
${commands
  .flatMap(c =>
    c.options.flatMap(({ flags, value }) =>
      value ? [`    ${flags.map(flag => quoted(`${c.name} ${flag}`)).join(' | ')}) ${assigned(value)} ;;`] : [],
    ),
  )
  .join('\n')}
  esac
}

# What the operand at a place is.
_iphelper_audit_operand() {
  case "$1 $2" in
${commands
  .flatMap(c => [
    ...c.values.map(
      (value, n) => `    ${quoted(`${c.name} ${n}`)}${value.many ? ` | ${quoted(`${c.name} `)}*` : ''}) ${assigned(value)} ;;`,
    ),
    ...subcommands(commands, c),
  ])
  .join('\n')}
  esac
}

complete -F _iphelper_audit iphelper-audit
`

function subcommands(commands: readonly CommandSpec[], { name, values }: CommandSpec): string[] {
  const words = below(commands, name).map(c => c.name.slice(name.length).trim())
  return words.length === 0 || values.length > 0 ? [] : [`    ${quoted(`${name} 0`)}) words=${quoted(words.join(' '))} ;;`]
}

/** The commands that follow one word after another. */
export const below = (commands: readonly CommandSpec[], name: string): readonly CommandSpec[] =>
  commands.filter(c => c.name !== '' && c.name.split(' ').slice(0, -1).join(' ') === name)

const assigned = ({ kind, words }: ValueSpec) => `kind=${kind}${words.length > 0 ? ` words=${quoted(words.join(' '))}` : ''}`

/** Text as one word of a shell. */
export const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
