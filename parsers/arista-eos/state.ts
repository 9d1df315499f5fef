// What EOS prints of its VRRP groups at run time.
import { rowWrapped, type StateTable, vrrpStates } from '../../src/parse/index.ts'

/** Interface, the VRF in newer releases, and the group. */
const START = /^ *(?<interface>[A-Za-z][A-Za-z-]*\d[\d/.:]*)(?:$|(?: +[^\s\d]\S*)? +(?<group>\d{1,3})\s)/

export const state: readonly StateTable[] = [
  {
    command: 'show vrrp brief',
    protocol: 'vrrp',
    hint: 'State',
    // Who is master where this switch is not, EOS does not say here.
    header: /^ *(?:Interface|Port) +(?:VRF +)?(?:Id|Group) +(?:Ver +)?Prio? +Time +State +VrIps/i,
    starts: START,
    goesOn: rowWrapped,
    // Time (milliseconds) is the one number of four digits or more; the version stands before the priority.
    row: /^(?<interface>\S+)(?: +[^\s\d]\S*)? +(?<group>\d+) +(?:[23] +)?(?<priority>\d+) +\d+ +(?<state>[A-Za-z]+) +(?<virtual>[^\s,]+)/,
    // `stopped`: the group is shut.
    states: { ...vrrpStates, stopped: 'init' },
  },
]
