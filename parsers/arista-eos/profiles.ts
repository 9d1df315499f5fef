// `interface defaults` and `interface profile NAME`. Sources and quirks: README.md beside this file.
import { ignore, scope } from '../../src/parse/index.ts'

/** What interfaces are as long as they do not say so themselves. */
export const interfaceDefaults = scope(() => ({}), {
  // Subinterfaces are not meant: their own default stays up.
  'ethernet': scope(() => ({}), { 'shutdown': () => ({ kind: 'initially', interfaces: /^Ethernet[\d/]+$/i, on: false }) }),
  'mtu <size:int>': ignore,
})

/** What a profile may hold without changing addresses, gateways, relays or state; any other command of it stays open. */
export const interfaceProfile = scope(() => ({}), {
  'command (no|default) (shutdown|switchport)': ignore,
  'command (description|mtu|speed|load-interval|logging|snmp|sflow|lldp|lacp|ptp|poe|mac|l2|qos) [<rest:text>]': ignore,
  'command (switchport|channel-group|spanning-tree|storm-control|dot1x|service-policy|service-profile) [<rest:text>]': ignore,
  'command (error-correction|flowcontrol|priority-flow-control|queue-monitor|l2-protocol|traffic-policy) [<rest:text>]': ignore,
})
