// The ways to make one copy arrive, and what is done to a device for each: names that plans, platforms and results share.

/** What is done to one device. `templates/<platform>/<action>.hbs` spells it, or the platform's page says why it cannot. */
export const ACTIONS = ['gate-relay', 'dedup-pair', 'follow-master', 'remove-relay'] as const
export type ActionId = (typeof ACTIONS)[number]

/** The strategies on the network's side, best first: those in front keep PXE alive when a router fails. */
export const STRATEGIES = ['gate', 'pair-dedup', 'follow-master', 'remove'] as const
export type StrategyId = (typeof STRATEGIES)[number]

/** What each strategy buys and what it costs, in one sentence. */
export const TRADE_OFFS: Readonly<Record<StrategyId, string>> = {
  'gate':
    'Only the active router relays, and PXE goes on after a failover; from then on the relay hangs on the name of the HSRP group on every member.',
  'pair-dedup':
    'Each half of the pair relays only what it hears on its own ports; it is one setting for every VLAN of the pair, DHCP included.',
  'follow-master':
    'The relay starts and stops with the role of the router, so PXE goes on after a failover; a script has to be kept on every member.',
  'remove':
    "Microsoft's first workaround (KB 2510665), and the smallest change; when the router that goes on relaying fails, no client can boot over the network until a relay is put back.",
}

/** The action that each strategy is made of; a gated relay beside a plain one only loses the plain line. */
export const ACTION_OF: Readonly<Record<StrategyId, ActionId>> = {
  'gate': 'gate-relay',
  'pair-dedup': 'dedup-pair',
  'follow-master': 'follow-master',
  'remove': 'remove-relay',
}
