// What IOS prints of its groups at run time. Columns as in captures of IOS 12.2 to IOS-XE 17 (README.md says which).
import { hsrpStates, indented, rowStart, rowWrapped, type StateTable, vrrpStates } from '../../src/parse/index.ts'

/** `Vlan10 - Group 10 (version 2)`: the first line of a group in the long forms. HSRP and VRRP share it. */
const BLOCK = /^(?<interface>[A-Za-z][A-Za-z-]*\d[\d/.:]*) - Group (?<group>\d{1,4})(?: |$)/

export const state: readonly StateTable[] = [
  {
    command: 'show standby brief',
    protocol: 'hsrp',
    hint: 'State',
    // Up to 12.4 the columns were called Prio, Active addr, Standby addr and Group addr.
    header: /^ *Interface +Grp +Prio? +P +State +Active.* Standby.* (?:Virtual IP|Group addr)/,
    starts: rowStart,
    goesOn: rowWrapped,
    // The column P is blank where the group does not preempt.
    row: /^(?<interface>\S+) +(?<group>\d+) +(?<priority>\d+) +(?:P +)?(?<state>[A-Z][a-z]+) +(?<active>\S+) +(?<standby>\S+) +(?<virtual>\S+)/,
    states: hsrpStates,
  },
  {
    command: 'show vrrp brief',
    protocol: 'vrrp',
    hint: 'State',
    header: /^ *Interface +Grp +Pri +Time +Own +Pre +State +(?:Master|Primary) addr +Group addr/,
    starts: rowStart,
    goesOn: rowWrapped,
    // The columns Own and Pre hold Y or nothing.
    row: /^(?<interface>\S+) +(?<group>\d+) +(?<priority>\d+) +\d+ +(?:[YN] +){0,2}(?<state>[A-Za-z]{2,}) +(?<active>\S+) +(?<virtual>\S+)/,
    states: vrrpStates,
  },
  {
    command: 'show vrrp brief (fhrp version vrrp v3)',
    protocol: 'vrrp',
    hint: 'State',
    header: /^ *Interface +Grp +A-F +Pri +Time +Own +Pre +State +(?:Master|Primary) addr\/Group addr/,
    starts: rowStart,
    goesOn: rowWrapped,
    row: /^(?<interface>\S+) +(?<group>\d+) +(?<family>IPv[46]) +(?<priority>\d+) +\d+ +(?:[YN] +){0,2}(?<state>[A-Za-z]{2,}) +(?<active>\S+) +(?<virtual>\S+)/,
    states: vrrpStates,
  },
  {
    command: 'show glbp brief',
    protocol: 'glbp',
    hint: 'State',
    header: /^ *Interface +Grp +Fwd +Pri +State +Address +Active router +Standby router/,
    starts: rowStart,
    goesOn: rowWrapped,
    row: /^(?<interface>\S+) +(?<group>\d+) +- +(?<priority>\d+) +(?<state>[A-Z][a-z]+) +(?<virtual>\S+) +(?<active>\S+)(?: +(?<standby>\S+))?/,
    skip: /^\S+ +\d+ +\d+ +- /,
    states: hsrpStates,
  },
  {
    command: 'show standby',
    protocol: 'hsrp',
    hint: 'State',
    header: BLOCK,
    starts: BLOCK,
    goesOn: indented,
    row: /^(?<interface>\S+) - Group (?<group>\d+) .*?\b[Ss]tate is (?<state>\w+).* Active router is (?<active>[^\s,]+)/,
    also: [
      /(?: Priority |tate is \w+, priority )(?<priority>\d+)/,
      /(?<!Secondary )[Vv]irtual IP(?:v6)? address is (?<virtual>[^\s,]+)/,
      / Standby router is (?<standby>[^\s,]+)/,
    ],
    states: hsrpStates,
  },
  {
    command: 'show vrrp',
    protocol: 'vrrp',
    hint: 'State',
    header: BLOCK,
    starts: BLOCK,
    goesOn: indented,
    row: /^(?<interface>\S+) - Group (?<group>\d+) .*?\bState is (?<state>\w+).* (?:Master|Primary) Router is (?<active>[^\s,]+(?: \(local\))?)/i,
    also: [/ Priority is (?<priority>\d+)/, / Virtual IP address is (?<virtual>\S+)/, / Address-Family (?<family>IPv[46])/],
    states: vrrpStates,
  },
]
