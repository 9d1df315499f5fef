// [edit forwarding-options dhcp-relay]: server groups, and groups of interfaces that relay to one of them.
import { type Context, type Fact, ignore, refuse, wholeScope } from '../../src/parse/index.ts'
import { entriesOf, groupOf, instance, levelOf, members, quoted, serversOf } from './paths.ts'
import { settings } from './settings.ts'

interface Named {
  readonly list: string
}
const active = ({ list }: Named, context: Context): Fact => ({ kind: 'set-list', list: serversOf(list, context) })
const elsewhere = ({ vrf }: { readonly vrf: string }, context: Context): Fact => ({
  kind: 'set-vrf',
  vrf: vrf === 'current' ? undefined : instance(vrf, context),
})
/** Whatever stands above. */
const on = (): Fact => ({ kind: 'set-off', reason: null })
const off = (): Fact => ({ kind: 'set-off', reason: 'relay-service-off' })

/** One interface of a group, a range of them, or all: `list` holds the words that say which. */
const which = ({ list = '' }: Context) => {
  const [from = '', , upto] = list.split(' ')
  return upto === undefined ? members(from) : { interface: from, upto }
}
/** The same for statements that switch it off: a name without a unit is unit 0 then, and a pattern is nothing for sure. */
const spares = (of: string, { list = '' }: Context): Fact[] => {
  const [name = '', , upto] = list.split(' ')
  if (upto !== undefined) return [{ kind: 'set-member', of, interface: name, upto, excluded: true }]
  if (name.includes('*') && !name.endsWith('.*')) return []
  const said = name.includes('.') ? members(name) : { interface: `${name}.0` }
  return [{ kind: 'set-member', of, ...said, excluded: true }]
}
/** `exclude`: none of this group, but perhaps of one that takes all. */
const spared = ({ name, upto }: { readonly name: string; readonly upto?: string }, context: Context): Fact[] =>
  spares(groupOf(context), { list: upto === undefined ? name : `${name} upto ${upto}` })

/** An interface is served by the narrowest entry of the level that covers it, whichever group that is in. */
const entry = (context: Context): Fact => ({ kind: 'set-member', of: entriesOf(context), ...which(context) })

const one = wholeScope(
  ({ name }: { readonly name: string }, { set }: Context): Context => ({
    ...(name.includes('.') ? { interface: name } : {}),
    list: name,
    set: `${set} interface ${name}`,
  }),
  {
    'overrides <stray> disable-relay': refuse,
    'overrides disable-relay': (_, context) => (context.list === 'all' ? off() : spares(groupOf(context), context)),
    // An entry with overrides of its own does without those of its group, so it may relay though the group does not.
    'overrides [<rest:text>]': (_, context) => (isNamed(context) ? [...alone(context), on()] : on()),
    'access-profile <name>': ignore,
    'dynamic-profile <rest:text>': ignore,
    'service-profile <name>': ignore,
    'short-cycle-protection <rest:text>': ignore,
    'trace': ignore,
  },
  (_, context): Fact[] => [{ kind: 'set-member', of: groupOf(context), ...which(context) }, entry(context)],
)
const isNamed = ({ list = '' }: Context) => list !== 'all' && !list.includes(' upto ')
/** A set for one entry that is shown as a part of its group. */
const alone = (context: Context): Fact[] => {
  const parent = groupOf(context)
  return [
    { kind: 'set', via: parent, parent, family: context.family },
    { kind: 'set-member', ...which(context) },
  ]
}
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
    entry(context),
  ],
}
/** All interfaces that no entry of the level names. */
const every = {
  ...one,
  opens: (_: unknown, { set }: Context): Context => ({ list: 'all', set: `${set} interface all` }),
  says: (_: unknown, context: Context): Fact[] => [
    { kind: 'set', via: context.set ?? '', parent: groupOf(context), family: context.family },
    { kind: 'set-member', all: true, vrf: context.vrf },
  ],
}

const group = wholeScope(
  ({ name }: { readonly name: string }, { set }: Context) => ({ set: `${set} group ${quoted(name)}` }),
  {
    // The layout puts `exclude` in front of what else is said of an interface.
    'interface <name:listed> exclude': spared,
    'interface <name:listed> exclude upto <upto>': spared,
    'interface <name:listed> exclude <rest:text>': ignore,
    'interface <name:listed> upto <upto>': range,
    'interface all': every,
    'interface <name:listed>': one,
    'active-server-group allow-server-change': ignore,
    'active-server-group <list> [allow-server-change]': active,
    'overrides <stray> disable-relay': refuse,
    'overrides disable-relay': off,
    // A group with overrides of its own does without those of its level.
    'overrides [<rest:text>]': on,
    'forward-only': ignore,
    'forward-only routing-instance <vrf>': elsewhere,
    ...settings,
  },
  (_, context): Fact[] => {
    const { family } = context
    const level = levelOf(context)
    const entries = entriesOf(context)
    return [
      { kind: 'set', via: context.set ?? '', parent: entries, family },
      { kind: 'set', of: entries, via: '', parent: level, family },
    ]
  },
)

const level = wholeScope(
  (_, { set = '' }: Context): Context => ({ set: `${set}forwarding-options dhcp-relay`, family: 4 }),
  {
    'server-group <name>': ({ name }, context) => ({ kind: 'list-server', list: serversOf(name, context), target: undefined }),
    // Said by the layout of a group that a line ends with: it is empty, or the address was cut off.
    'server-group <name> EMPTY': ({ name }, context) => ({
      kind: 'list-server',
      list: serversOf(name, context),
      target: undefined,
      lost: true,
    }),
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
    'group <name>': group,
    'overrides <stray> disable-relay': refuse,
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
