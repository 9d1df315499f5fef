// [edit forwarding-options helpers bootp]: servers for all interfaces it lists, or for one of them.
import { type Context, type Fact, ignore, wholeScope } from '../../src/parse/index.ts'
import { instance, members } from './paths.ts'
import { anywhere } from './settings.ts'

/** Keys of sets are configuration paths, and so is what the sets of one level belong to. */
const baseOf = ({ set = '' }: Context) => set.replace(/ interface \S+$/, '')

interface Server {
  readonly target: string
  readonly system?: string
  readonly vrf?: string
}
/** A server of the level, or of one interface: which then goes without those of the level. */
function server({ target, system, vrf }: Server, context: Context): Fact[] {
  const at = vrf === undefined ? system : system === undefined ? instance(vrf, context) : `${system}/${vrf}`
  const said: Fact = { kind: 'set-server', target, vrf: at }
  const { list } = context
  return list === undefined || list === 'all'
    ? [said]
    : [said, { kind: 'set-member', of: baseOf(context), ...members(list), excluded: true }]
}

/** Option 82, from a statement of the level or of one interface. */
const added = (setting: string, on: boolean) => (): Fact => ({ kind: 'option-82', of: 'set', setting, on })

const block = wholeScope(
  ({ name }: { readonly name: string }, { set }: Context) => ({
    ...(name.includes('.') ? { interface: name } : {}),
    list: name,
    set: `${set} interface ${name}`,
  }),
  {
    'server <target:ipv4> [routing-instance <vrf>]': server,
    'server <target:ipv4> logical-system <system> [routing-instance <vrf>]': server,
    'server <target:host> [routing-instance <vrf>]': server,
    'no-listen': (_, context) => [
      { kind: 'set-off', reason: 'relay-service-off' },
      ...(context.list === 'all'
        ? []
        : [{ kind: 'set-member', of: baseOf(context), ...members(context.list ?? ''), excluded: true } as const]),
    ],
    'apply-secondary-as-giaddr': ignore,
    'broadcast': ignore,
    'client-response-ttl <value:int>': ignore,
    'description <text>': ignore,
    'dhcp-option82 disable': added('dhcp-option82', false),
    'dhcp-option82 [<rest:text>]': added('dhcp-option82', true),
    'maximum-hop-count <value:int>': ignore,
    'minimum-wait-time <value:int>': ignore,
    'source-address-giaddr': ignore,
    'vpn': ignore,
  },
  ({ name }, context): Fact[] => {
    const base = baseOf(context)
    const via = context.set ?? ''
    if (name === 'all') {
      return [
        { kind: 'set', via, parent: base, family: 4 },
        { kind: 'set-member', all: true, vrf: context.vrf },
      ]
    }
    const which = members(name)
    return [
      { kind: 'set', via, within: base, family: 4 },
      { kind: 'set-member', ...which },
      { kind: 'set-member', of: base, ...which },
      { kind: 'set-member', of: `${base} interface all`, ...which, excluded: true },
    ]
  },
)

/** The relay of the UDP forwarding process. */
export const bootp = wholeScope(
  (_, { set = '' }) => ({ set: `${set}forwarding-options helpers bootp` }),
  {
    'server <target:ipv4> [routing-instance <vrf>]': server,
    'server <target:ipv4> logical-system <system> [routing-instance <vrf>]': server,
    'server <target:host> [routing-instance <vrf>]': server,
    ...anywhere,
    // A range of interfaces may stand there as well: which one listens then is not followed.
    'interface <name:listed>': block,
    'apply-secondary-as-giaddr': ignore,
    'client-response-ttl <value:int>': ignore,
    'description <text>': ignore,
    'dhcp-option82 disable': added('dhcp-option82', false),
    'dhcp-option82 [<rest:text>]': added('dhcp-option82', true),
    'maximum-hop-count <value:int>': ignore,
    'minimum-wait-time <value:int>': ignore,
    'relay-agent-option': added('relay-agent-option', true),
    'source-address-giaddr': ignore,
    'vpn': ignore,
  },
  (_, { set = '' }) => ({ kind: 'set', via: set, family: 4 }),
)
