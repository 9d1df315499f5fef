// The report's own words for what the result says in codes.
import type { ReasonCode, SegmentMember, SegmentResult, Severity, Verdict } from '../model/result.ts'

/** `1 duplicate`, `2 duplicates`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** `a`, `a and b`, `a, b and c`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** A symbol stands beside every colour, and a word beside every symbol. */
export const VERDICTS: Readonly<Record<Verdict, { readonly symbol: string; readonly label: string; readonly meaning: string }>> =
  {
    duplicate: { symbol: '!', label: 'Duplicate', meaning: 'two or more copies arrive' },
    unknown: { symbol: '?', label: 'Unknown', meaning: 'cannot be judged; not a pass' },
    single: { symbol: '✓', label: 'Single', meaning: 'one copy arrives' },
    none: { symbol: '–', label: 'None', meaning: 'no live relay leads to the server' },
  }

/** Worst first: the order of every list of verdicts. */
export const VERDICT_ORDER: readonly Verdict[] = ['duplicate', 'unknown', 'single', 'none']

/** A severity in words, and the verdict whose colour it shares. */
export const SEVERITIES: Readonly<Record<Severity, { readonly label: string; readonly tone: string }>> = {
  error: { label: 'Error', tone: 'duplicate' },
  warning: { label: 'Warning', tone: 'unknown' },
  info: { label: 'Info', tone: 'none' },
}

/** Why nothing can be said, and what to do about it. Codes that are facts rather than doubts are not here. */
export const DOUBTS: Readonly<Partial<Record<ReasonCode, { readonly label: string; readonly remedy: string }>>> = {
  'peer-missing': { label: 'Peer missing', remedy: 'Add the peer to the inventory, or remove the group if it has none.' },
  'gate-unclear': {
    label: 'Condition not clear',
    remedy: 'See on the routers which is active, and give each redundancy group a name of its own; then collect them again.',
  },
  'forwarding-unclear': {
    label: 'Relays or not, unclear',
    remedy: 'Take the relay off that router, or stop its relay agent with no service dhcp if it serves nobody else.',
  },
  'dropped-requests': {
    label: 'Clients not served',
    remedy:
      'Relay to the same servers on both halves of a pair, at every end of a tunnel and on every edge of a fabric, or on none that leaves requests alone.',
  },
  'fabric-unclear': {
    label: 'Edges of a fabric',
    remedy: 'See whether the fabric floods broadcasts of that VLAN, and give all of its edges the same relays.',
  },
  'device-not-collected': {
    label: 'Device not read',
    remedy: 'Collect the device, or name its platform in the inventory; then audit again.',
  },
  'truncated': { label: 'Configuration cut short', remedy: 'Collect the whole configuration and audit again.' },
  'unrecognized': { label: 'Line not understood', remedy: 'Read the line by hand: it could add or remove a copy.' },
  'unresolved-name': { label: 'Name defined nowhere', remedy: 'Define the name, or take its use out of the configuration.' },
  'unresolved-host': {
    label: 'Target not known',
    remedy: 'Add the host name, or the link-local address, to its PXE point in the inventory.',
  },
  'directed-broadcast': { label: 'Directed broadcast', remedy: 'Declare the networks of the PXE point in the inventory.' },
  'unknown-vrf': { label: 'VRF not known', remedy: 'Correct the VRF of the PXE point in the inventory.' },
  'relayed-on': {
    label: 'Relayed to a relay',
    remedy: 'Relay to the servers themselves, or see on that router whether it passes on what other relays send it.',
  },
  'server-on-segment': {
    label: 'Server on the segment',
    remedy: 'Take the relay to the PXE server off the segment it stands on: it hears the clients itself.',
  },
  'same-subnet': {
    label: 'Same subnet twice',
    remedy: 'Say by site, or by equal VRF names, whether the two are one network.',
  },
  'same-address': {
    label: 'Same address twice',
    remedy: 'Put the two routers into different sites where they are two places; otherwise one of the addresses is wrong.',
  },
  'stale': { label: 'Capture too old', remedy: 'Collect the device again, or allow a greater age.' },
  'no-address': { label: 'Address not known', remedy: 'Find the address of the interface by hand.' },
}

/** `active (predicted, medium)`: whether the router said so itself, and how sure that is; `noun` follows the confidence. */
export function roleText({ role, confidence, observed }: SegmentMember, noun = ''): string {
  if (role === 'unknown') return role
  return `${role} (${observed ? 'observed' : 'predicted'}${confidence === 'none' ? '' : `, ${confidence}${noun}`})`
}

/** What becomes of PXE when any one router is lost. */
export const failoverText = (survives: boolean | null): string =>
  survives === null ? 'not known' : survives ? 'PXE goes on' : 'PXE stops'

/** The subnets; a segment without any is named by its id. */
export const segmentName = ({ subnets, id }: SegmentResult): string => (subnets.length > 0 ? subnets.join(', ') : id)

/** `23 November 2026, 08:45 UTC`; what is no ISO time is shown as it is. */
export function timeText(iso: string): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  const day = at.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  return `${day}, ${at.toISOString().slice(11, 16)} UTC`
}
