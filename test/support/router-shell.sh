#!/bin/sh
# A login shell that plays a Cisco router at the end of a real terminal. Set by the environment:
#   ROUTER_NAME    host name in the prompt
#   ROUTER_CONFIG  file that `show running-config` prints
#   ROUTER_ENABLE  password for enable; when set, the session begins at `>` and shows no configuration there
#   ROUTER_DELAY   seconds it takes to build the configuration
#   ROUTER_LOG     file that takes every line typed
#   ROUTER_BANNER  text shown before the first prompt
export LC_ALL=C
name=${ROUTER_NAME:-router}
rows=24
level='#'
[ -z "${ROUTER_ENABLE:-}" ] || level='>'

# Pages of the text on standard input, as the terminal length has it; the terminal itself is the keyboard.
page() {
  if [ "$rows" -eq 0 ]; then
    cat
    return
  fi
  shown=0
  while IFS= read -r row || [ -n "$row" ]; do
    if [ "$shown" -ge $((rows - 1)) ]; then
      printf ' --More-- '
      stty -icanon -echo min 1 </dev/tty
      key=$(dd bs=1 count=1 2>/dev/null </dev/tty)
      stty icanon echo </dev/tty
      printf '\b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\b'
      case $key in
        ' ') shown=0 ;;
        '') shown=$((rows - 2)) ;;
        *) return ;;
      esac
    fi
    printf '%s\n' "$row"
    shown=$((shown + 1))
  done
}

refuse() {
  printf "%*s^\n%% Invalid input detected at '^' marker.\n\n" "$((${#name} + 1))" ''
}

enable() {
  [ "$level" = '>' ] || return
  for attempt in 1 2 3; do
    stty -echo
    printf 'Password: '
    IFS= read -r given || exit 1
    stty echo
    printf '\n'
    if [ "$given" = "$ROUTER_ENABLE" ]; then
      level='#'
      return
    fi
  done
  printf '%% Bad secrets\n\n'
}

stty echo 2>/dev/null
[ -z "${ROUTER_BANNER:-}" ] || printf '%s\n' "$ROUTER_BANNER"
while :; do
  printf '%s%s' "$name" "$level"
  IFS= read -r line || exit 0
  [ -z "${ROUTER_LOG:-}" ] || printf '%s\n' "$line" >>"$ROUTER_LOG"
  case $line in
    '') ;;
    'terminal length '*) rows=${line#terminal length } ;;
    'terminal width '*) ;;
    enable) enable ;;
    'show version')
      printf 'Cisco IOS Software, C3560CX Software (C3560CX-UNIVERSALK9-M), Version 15.2(7)E4, RELEASE SOFTWARE (fc2)\n' | page
      ;;
    'show running-config')
      if [ "$level" = '#' ]; then
        printf 'Building configuration...\n\n'
        sleep "${ROUTER_DELAY:-0}"
        page <"$ROUTER_CONFIG"
        printf '\n'
      else
        refuse
      fi
      ;;
    exit | logout | quit) exit 0 ;;
    *) refuse ;;
  esac
done
