// How a change is entered on NX-OS. Sources: README.md, "Change".
import type { Changing } from '../../src/parse/index.ts'

const passage = { enter: ['configure terminal'], leave: ['end'] }

export const change: Changing = {
  comment: '!',
  ending: 'txt',
  forth: passage,
  back: passage,
  before: [
    'Take a checkpoint: `checkpoint before-pxe-change`. A switch holds ten of them; `show checkpoint summary` lists them.',
  ],
  keep: [
    'Keep it over a restart once you are sure: `copy running-config startup-config`.',
    'Drop the checkpoint when it is of no more use: `no checkpoint before-pxe-change`.',
  ],
  undo: [
    'Or go back to the checkpoint: `rollback running-config checkpoint before-pxe-change atomic`. That also takes back what others have changed since; `show diff rollback-patch checkpoint before-pxe-change running-config` shows it first.',
  ],
  ansible: { os: 'cisco.nxos.nxos', module: 'cisco.nxos.nxos_config', takes: 'lines' },
}
