// What Junos prints of its VRRP groups at run time: a row for the interface's own address, then one for each virtual one.
import { type StateTable, vrrpStates } from '../../src/parse/index.ts'

export const state: readonly StateTable[] = [
  {
    command: 'show vrrp summary',
    protocol: 'vrrp',
    hint: 'State',
    header: /^Interface +State +Group +VR state +VR Mode +Type +Address/,
    starts: /^(?<interface>[a-z][a-z\d/:-]*\.\d+) +\S+ +(?<group>\d{1,3}) +/,
    goesOn: /^ +(?:vip|lcl) /,
    // IPv6 has a link-local virtual address first, which configurations need not say.
    row: /^(?<interface>\S+) +\S+ +(?<group>\d+) +(?<state>[\w-]+) +\S+ +lcl +\S+(?: +vip +fe80:\S+)*(?: +vip +(?<virtual>\S+))?/,
    states: { ...vrrpStates, idle: 'init', bringup: 'init', transition: 'unknown', unknown: 'unknown' },
  },
]
