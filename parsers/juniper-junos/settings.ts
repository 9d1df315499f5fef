// What a relay level and a group of it have in common besides servers and interfaces: choices by DHCP option, and settings.
import { type Context, type Fact, ignore, refuse, wholeScope } from '../../src/parse/index.ts'
import { serversOf } from './paths.ts'

/** Chosen for some clients by a DHCP option; which ones cannot be counted on, so the servers come on top of the others. */
const chosen = ({ list }: { readonly list: string }, context: Context): Fact => ({
  kind: 'set-list',
  list: serversOf(list, context),
  also: true,
})
const choices = wholeScope(() => ({}), {
  'equals (ascii|hexadecimal) <value> relay-server-group <list>': chosen,
  'equals (ascii|hexadecimal) <value> local-server-group <name>': ignore,
  // A request that is dropped or forwarded in another way on this router is not counted out: the value may not match.
  'equals (ascii|hexadecimal) <value> (drop|forward-only)': ignore,
  'starts-with (ascii|hexadecimal) <value> relay-server-group <list>': chosen,
  'starts-with (ascii|hexadecimal) <value> local-server-group <name>': ignore,
  'starts-with (ascii|hexadecimal) <value> (drop|forward-only)': ignore,
  'default-action relay-server-group <list>': chosen,
  'default-action local-server-group <name>': ignore,
  'default-action (drop|forward-only)': ignore,
  'default-relay-server-group <list>': chosen,
  'default-local-server-group <name>': ignore,
})

/** DHCPv6 knows no option 82. */
const added = (_: unknown, { family }: Context): Fact[] =>
  family === 6 ? [] : [{ kind: 'option-82', of: 'set', setting: 'relay-option-82', on: true }]

/** Statements for scripts and for the display, which may stand anywhere. */
export const anywhere = {
  'apply-flags <flag>': ignore,
  'apply-macro <rest:text>': ignore,
} as const

/** Statements that a level and a group have in common and that say nothing of servers or interfaces. */
export const settings = {
  ...anywhere,
  'relay-option': choices,
  'relay-option (option-15|option-16|option-60|option-77)': choices,
  'relay-option option-number <number:int>': ignore,
  'relay-option option-order <rest:text>': ignore,
  'relay-option-60 vendor-option': choices,
  'access-profile <name>': ignore,
  'authentication <rest:text>': ignore,
  'client-response-ttl <value:int>': ignore,
  'description <text>': ignore,
  'dual-stack-group <rest:text>': ignore,
  'dynamic-profile <rest:text>': ignore,
  'forward-only logical-system (current|default)': ignore,
  // Another router, as it were: its routing tables have no name here.
  'forward-only logical-system <name>': refuse,
  'lease-time-validation [<rest:text>]': ignore,
  'liveness-detection [<rest:text>]': ignore,
  'maximum-hop-count <value:int>': ignore,
  'minimum-wait-time <value:int>': ignore,
  'relay-agent-interface-id [<rest:text>]': ignore,
  'relay-agent-option-79': ignore,
  'relay-agent-remote-id [<rest:text>]': ignore,
  'relay-option-82 [<rest:text>]': added,
  'remote-id-mismatch [<rest:text>]': ignore,
  'route-suppression <rest:text>': ignore,
  'server-match <rest:text>': ignore,
  'service-profile <name>': ignore,
  'short-cycle-protection <rest:text>': ignore,
  'source-ip-change': ignore,
  'vendor-specific-information <rest:text>': ignore,
} as const
