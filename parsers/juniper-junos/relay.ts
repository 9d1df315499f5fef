// [edit forwarding-options dhcp-relay]: server groups, and groups of interfaces that relay to one of them.
import { type Context, type Fact, ignore, refuse, scope } from '../../src/parse/index.ts'
import { instance, members } from './bootp.ts'

// Keys of sets and lists are configuration paths: LEVEL, `LEVEL group G`, `LEVEL group G interface A upto B`.
const groupOf = ({ set = '' }: Context) => set.replace(/ interface \S+( upto \S+)?$/, '')
const levelOf = (context: Context) => groupOf(context).replace(/ group \S+$/, '')
const serversOf = (name: string, context: Context) => `${levelOf(context)} server-group ${name}`

interface Named {
  readonly list: string
}
const active = ({ list }: Named, context: Context): Fact => ({ kind: 'set-list', list: serversOf(list, context) })
/** Chosen for some clients by a DHCP option; which ones cannot be counted on, so the servers come on top of the others. */
const chosen = ({ list }: Named, context: Context): Fact => ({ ...active({ list }, context), also: true }) as Fact
const off = (): Fact => ({ kind: 'set-off', reason: 'relay-service-off' })

/** What happens to a request whose option matches. */
const action = scope(() => ({}), {
  'relay-server-group <list>': chosen,
  'local-server-group <name>': ignore,
  'drop': ignore,
  'forward-only': ignore,
})
const choices = scope(() => ({}), {
  'equals (ascii|hexadecimal) <value>': action,
  'starts-with (ascii|hexadecimal) <value>': action,
  'default-action': action,
  'default-relay-server-group <list>': chosen,
  'default-local-server-group <name>': ignore,
})

/** Statements that a level and a group have in common and that say nothing of servers or interfaces. */
const settings = {
  'relay-option': choices,
  'relay-option (option-15|option-16|option-60|option-77)': choices,
  'relay-option option-number <number:int>': ignore,
  'relay-option option-order <rest:text>': ignore,
  'relay-option-60 vendor-option': choices,
  'access-profile <rest:text>': ignore,
  'authentication <rest:text>': ignore,
  'client-response-ttl <value:int>': ignore,
  'description <rest:text>': ignore,
  'dual-stack-group <rest:text>': ignore,
  'dynamic-profile <rest:text>': ignore,
  'forward-only logical-system (current|default)': ignore,
  // Its servers are in another router, as it were; this one has no name for its routing tables.
  'forward-only logical-system <name>': refuse,
  'lease-time-validation [<rest:text>]': ignore,
  'liveness-detection [<rest:text>]': ignore,
  'maximum-hop-count <value:int>': ignore,
  'minimum-wait-time <value:int>': ignore,
  'relay-agent-interface-id [<rest:text>]': ignore,
  'relay-agent-option-79': ignore,
  'relay-agent-remote-id [<rest:text>]': ignore,
  'relay-option-82 [<rest:text>]': ignore,
  'remote-id-mismatch [<rest:text>]': ignore,
  'route-suppression <rest:text>': ignore,
  'server-match <rest:text>': ignore,
  'service-profile <rest:text>': ignore,
  'short-cycle-protection <rest:text>': ignore,
  'source-ip-change': ignore,
  'vendor-specific-information <rest:text>': ignore,
} as const

/** One interface of a group, a range of them, or all: `list` holds the words that say which. */
const which = ({ list = '' }: Context) => {
  const [from = '', , upto] = list.split(' ')
  return upto === undefined ? members(from) : { interface: from, upto }
}
const excluded = (_: unknown, context: Context): Fact => ({
  kind: 'set-member',
  of: groupOf(context),
  ...which(context),
  excluded: true,
})
/** Interfaces that a group names are none of "all" in another. */
const named = (context: Context): Fact => ({
  kind: 'set-member',
  of: `${levelOf(context)} interface all`,
  ...which(context),
  excluded: true,
})

const one = scope(
  ({ name }: { readonly name: string }) => ({ ...(name.includes('.') ? { interface: name } : {}), list: name }),
  {
    'exclude': excluded,
    'overrides disable-relay': (_, context) => (context.list === 'all' ? off() : excluded(_, context)),
    'overrides [<rest:text>]': ignore,
    'access-profile <rest:text>': ignore,
    'dynamic-profile <rest:text>': ignore,
    'service-profile <rest:text>': ignore,
    'short-cycle-protection <rest:text>': ignore,
    'trace': ignore,
  },
  (_, context): Fact[] => [{ kind: 'set-member', ...which(context) }, named(context)],
)
/** A range has a set of its own, so that `via` says which range an interface is in. */
const range = {
  ...one,
  opens: ({ name, upto }: { readonly name: string; readonly upto: string }, { set }: Context): Context => ({
    list: `${name} upto ${upto}`,
    set: `${set} interface ${name} upto ${upto}`,
  }),
  says: (_: unknown, context: Context): Fact[] => [
    { kind: 'set', via: context.set ?? '', parent: groupOf(context), family: context.family },
    { kind: 'set-member', ...which(context) },
    named(context),
  ],
}
/** All interfaces that no group of the level names; `list` holds the group until the set is told. */
const every = {
  ...one,
  opens: (_: unknown, context: Context): Context => ({ list: 'all', set: `${groupOf(context)} interface all` }),
  says: (_: unknown, context: Context): Fact[] => [
    { kind: 'set', via: context.set ?? '', parent: groupOf(context), family: context.family },
    { kind: 'set-member', all: true, vrf: context.vrf },
  ],
}

const group = scope(
  ({ name }: { readonly name: string }, { set }: Context) => ({ set: `${set} group ${name}` }),
  {
    'interface all': every,
    'interface <name> upto <upto>': range,
    'interface <name>': one,
    'active-server-group allow-server-change': ignore,
    'active-server-group <list> [allow-server-change]': active,
    'overrides disable-relay': off,
    // A group with overrides of its own does without those of its level.
    'overrides [<rest:text>]': () => ({ kind: 'set-off', reason: null }),
    'forward-only': ignore,
    'forward-only routing-instance <vrf>': ({ vrf }, context) => ({ kind: 'set-vrf', vrf: vrfOf(vrf, context) }),
    ...settings,
  },
  (_, context) => ({ kind: 'set', via: context.set ?? '', parent: levelOf(context), family: context.family }),
)
