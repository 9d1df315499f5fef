// [edit forwarding-options dhcp-relay]: server groups, and groups of interfaces that relay to one of them.
import { type Context, type Fact, ignore, wholeScope } from '../../src/parse/index.ts'
import { groupOf, instance, levelOf, members, serversOf } from './paths.ts'
import { settings } from './settings.ts'

interface Named {
  readonly list: string
}
const active = ({ list }: Named, context: Context): Fact => ({ kind: 'set-list', list: serversOf(list, context) })
const elsewhere = ({ vrf }: { readonly vrf: string }, context: Context): Fact => ({
  kind: 'set-vrf',
  vrf: vrf === 'current' ? undefined : instance(vrf, context),
})
const off = (): Fact => ({ kind: 'set-off', reason: 'relay-service-off' })

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
/** `exclude`: none of this group, but perhaps of one that takes all. */
const spared = ({ name, upto }: { readonly name: string; readonly upto?: string }): Fact => ({
  kind: 'set-member',
  ...(upto === undefined ? members(name) : { interface: name, upto }),
  excluded: true,
})
/** Interfaces that a group names are none of "all" in another. */
const named = (context: Context): Fact => ({
  kind: 'set-member',
  of: `${levelOf(context)} interface all`,
  ...which(context),
  excluded: true,
})

const one = wholeScope(
  ({ name }: { readonly name: string }) => ({ ...(name.includes('.') ? { interface: name } : {}), list: name }),
  {
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
/** All interfaces that no group of the level names. */
const every = {
  ...one,
  opens: (_: unknown, { set }: Context): Context => ({ list: 'all', set: `${set} interface all` }),
  says: ({ name }: { readonly name: string }, context: Context): Fact[] => {
    const level = levelOf(context)
    const parent = `${level} group ${name}`
    const { family } = context
    return [
      { kind: 'set', via: `${parent} interface all`, parent, family },
      { kind: 'set', of: parent, via: parent, parent: level, family },
      { kind: 'set-member', all: true, vrf: context.vrf },
    ]
  },
}

const group = wholeScope(
  ({ name }: { readonly name: string }, { set }: Context) => ({ set: `${set} group ${name}` }),
  {
    // The layout puts `exclude` in front of what else is said of an interface.
    'interface <name> exclude': spared,
    'interface <name> exclude upto <upto>': spared,
    'interface <name> exclude <rest:text>': ignore,
    'interface <name> upto <upto>': range,
    'interface <name>': one,
    'active-server-group allow-server-change': ignore,
    'active-server-group <list> [allow-server-change]': active,
    'overrides disable-relay': off,
    // A group with overrides of its own does without those of its level.
    'overrides [<rest:text>]': () => ({ kind: 'set-off', reason: null }),
    'forward-only': ignore,
    'forward-only routing-instance <vrf>': elsewhere,
    ...settings,
  },
  (_, context) => ({ kind: 'set', via: context.set ?? '', parent: levelOf(context), family: context.family }),
)

const level = wholeScope(
  (_, { set = '' }: Context): Context => ({ set: `${set}forwarding-options dhcp-relay`, family: 4 }),
  {
    'server-group <name>': ({ name }, context) => ({ kind: 'list-server', list: serversOf(name, context), target: undefined }),
    'server-group <name> <target:ipv4>': ({ name, target }, context) => ({
      kind: 'list-server',
      list: serversOf(name, context),
      target,
    }),
    'server-group <name> <target:ipv6>': ({ name, target }, context) => ({
      kind: 'list-server',
      list: serversOf(name, context),
      target,
    }),
    'active-server-group allow-server-change': ignore,
    'active-server-group <list> [allow-server-change]': active,
    'group <name> interface all': every,
    'group <name>': group,
    'overrides disable-relay': off,
    'overrides [<rest:text>]': ignore,
    'forward-only': ignore,
    'forward-only routing-instance <vrf>': elsewhere,
    ...settings,
    'active-leasequery [<rest:text>]': ignore,
    'arp-inspection': ignore,
    'bulk-leasequery [<rest:text>]': ignore,
    'duplicate-clients <rest:text>': ignore,
    'duplicate-clients-in-subnet <rest:text>': ignore,
    'duplicate-clients-on-interface': ignore,
    'exclude-relay-agent-identifier': ignore,
    'forward-only-replies': ignore,
    'forward-snooped-clients <rest:text>': ignore,
    'interface-traceoptions [<rest:text>]': ignore,
    'leasequery [<rest:text>]': ignore,
    'no-snoop': ignore,
    'persistent-storage <rest:text>': ignore,
    'server-response-time <seconds:int>': ignore,
    'traceoptions [<rest:text>]': ignore,
  },
  (_, { set = '', family }) => ({ kind: 'set', via: set, family }),
)

/** The relay of the DHCP process, for IPv4. */
export const relay = level
/** The same for IPv6, under `dhcpv6`: the statements are the same, servers and interfaces are listed apart. */
export const relay6 = {
  ...level,
  opens: (_: unknown, { set = '' }: Context): Context => ({ set: `${set}forwarding-options dhcp-relay dhcpv6`, family: 6 }),
}
