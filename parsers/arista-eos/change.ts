// How a change is entered on EOS. Sources: README.md, "Change".
import type { Changing } from '../../src/parse/index.ts'

/** Nothing takes effect before `commit`. A name is used once: a session that was committed stays listed. */
const passage = (session: string) => ({ enter: [`configure session ${session}`], leave: ['show session-config diffs'] })

export const change: Changing = {
  comment: '!',
  ending: 'txt',
  forth: passage('pxe-relay'),
  back: passage('pxe-relay-back'),
  before: ['See that no session `pxe-relay` is left: `show configuration sessions`; `no configure session pxe-relay` drops one.'],
  keep: [
    'The file ends inside the session, with the differences on the screen. If they are those above: `commit timer 00:10:00`. The switch goes back by itself after 10 minutes.',
    'Verified: `configure session pxe-relay commit`, before the timer runs out.',
    'Keep it over a restart once you are sure: `copy running-config startup-config`.',
  ],
  undo: ['Before the commit, or while the timer runs: `configure session pxe-relay abort`.'],
  ansible: { os: 'arista.eos.eos', module: 'arista.eos.eos_config', takes: 'lines' },
}
