// How a change is entered on Junos. Sources: README.md, "Change".
import type { Changing } from '../../src/parse/index.ts'

/** Nothing takes effect before `commit`. */
const passage = { enter: ['configure exclusive'], leave: ['show | compare', 'commit check'] }

export const change: Changing = {
  comment: '#',
  ending: 'txt',
  forth: passage,
  back: passage,
  before: ['`configure exclusive` is refused while somebody else edits: wait, or agree with them.'],
  keep: [
    'The file ends in configuration mode, with the differences on the screen and the answer of `commit check`. If the differences are those above and the check succeeds: `commit confirmed 10`. The router goes back by itself after 10 minutes.',
    'Verified: `commit and-quit`, before the time is over. It is kept over a restart.',
  ],
  undo: [
    'Before the commit: `rollback 0`, then `exit`. After it, if nobody has committed since: `rollback 1`, `show | compare`, `commit`.',
  ],
  // junos_config takes lines with set and delete alone, and drops a delete of what was not there before the change.
  ansible: { os: 'junipernetworks.junos.junos', module: 'ansible.netcommon.cli_config', takes: 'text' },
}
