// How a change is entered on IOS and IOS-XE. Sources: README.md, "Change".
import type { Changing } from '../../src/parse/index.ts'

const passage = { enter: ['configure terminal'], leave: ['end'] }

export const change: Changing = {
  comment: '!',
  ending: 'txt',
  forth: passage,
  back: passage,
  before: [
    'Keep a copy of what runs now: `show running-config`.',
    'If `show archive` names a path, enter `configure terminal revert timer 10` in place of `configure terminal`: without `configure confirm` the router goes back by itself after 10 minutes.',
  ],
  keep: [
    'With a timer: `configure confirm`, before it runs out.',
    'Keep it over a restart once you are sure: `copy running-config startup-config`.',
  ],
  undo: ['With a timer: `configure revert now` goes back at once.'],
  ansible: { os: 'cisco.ios.ios', module: 'cisco.ios.ios_config', takes: 'lines' },
}
