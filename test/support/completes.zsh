# What a line becomes when Tab is pressed in an interactive shell: completes.zsh SHELL SETUP LINE...
# zsh comes with pseudo-terminals, so it holds the conversation for bash as well. The setup prints READY, and binds Ctrl-X to
# print LINE:, the line, and :END.
zmodload zsh/zpty || exit 1
zpty shell ${(z)1}
zpty -w shell "$2"
while zpty -r shell answer; do [[ $answer == *READY* ]] && break; done
for line in "${@[3,-1]}"; do
  zpty -w -n shell "$line"$'\t\030'
  while zpty -r shell answer; do
    [[ $answer == *LINE:* ]] && { print -r -- "${${answer##*LINE:}%%:END*}"; break }
  done
done
zpty -d shell
