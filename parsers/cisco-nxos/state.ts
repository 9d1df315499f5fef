// What NX-OS prints of its groups at run time.
import { hsrpStates, indented, rowWrapped, type StateTable } from '../../src/parse/index.ts'

const BLOCK = /^(?<interface>[A-Za-z][A-Za-z-]*\d[\d/.:]*) - Group (?<group>\d{1,4}) \(HSRP-V[12]\)/

export const state: readonly StateTable[] = [
  {
    command: 'show hsrp brief',
    protocol: 'hsrp',
    hint: 'State',
    // "*:IPv6 group   #:group belongs to a bundle" stands above; the marks stand before the interface or before the group.
    header: /^[ *]*Interface +Grp +Prio? +P +State +Active addr +Standby addr +Group addr/,
    starts: /^[ *#]*(?<interface>[A-Za-z][A-Za-z-]*\d[\d/.:]*)(?:$|\s+[*#]*(?<group>\d{1,4})\s)/,
    goesOn: rowWrapped,
    // The state may give its reason, `Initial(Interface Down)`. Behind the group address stands where it is from: (conf), (learned).
    row: /^(?=(?<mark>[*# ]*(?:\S+ +[*#]+)?))[*# ]*(?<interface>[A-Za-z]\S*) +[*#]*(?<group>\d+) +(?<priority>\d+) +(?:P +)?(?<state>[A-Z][a-z]+)(?:\([^)]*\))? +(?<active>\S+) +(?<standby>\S+) +(?<virtual>\S+)/,
    states: hsrpStates,
  },
  {
    command: 'show hsrp',
    protocol: 'hsrp',
    hint: '(HSRP-V',
    header: BLOCK,
    starts: BLOCK,
    goesOn: indented,
    row: /^(?<interface>\S+) - Group (?<group>\d+) .*? Local state is (?<state>\w+).* Active router is (?<active>[^\s,]+)/,
    also: [
      / Local state is [^,]+, priority (?<priority>\d+)/,
      /(?<!Secondary) Virtual IP address is (?<virtual>\S+)/,
      / Standby router is (?<standby>[^\s,]+)/,
      /^\S+ - Group \d+ \(HSRP-V[12]\) \((?<family>IPv[46])\)/,
    ],
    states: hsrpStates,
  },
]
