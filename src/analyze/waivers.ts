// Which findings a waiver is about. Pure: what a file says was checked when it was read.
import { type Scope, termOf, type Waiver } from '../model/accepted.ts'
import { canonicalNetwork, containsSubnet } from '../model/ip.ts'
import type { Network } from '../model/network.ts'
import type { Weight } from '../model/weight.ts'
import type { Remark } from './rule.ts'

/** Which finding it is, and how bad. */
export interface Identity extends Weight {
  readonly rule: string
  readonly subject: string
  readonly fingerprint: string
}

/** What a finding is about, so that it can be accepted. */
export interface About extends Identity {
  readonly sites: readonly string[]
  /** The devices of which it cites a line. */
  readonly devices: readonly string[]
  readonly subnets: readonly string[]
  readonly points: readonly string[]
}

/** Reads off a remark what it is about. `network` says where its devices stand. */
export function aboutOf(remark: Remark, identity: Identity, network: Network): About {
  const devices = new Set(remark.evidence.map(e => e.device))
  const sites = remark.segment
    ? [remark.segment.site]
    : network.devices.filter(d => devices.has(d.device)).map(({ site }) => site)
  return {
    ...identity,
    sites: [...new Set(sites)],
    devices: Array.from(devices, d => d.device),
    subnets: remark.segment?.subnets ?? [],
    points: remark.point ? [remark.point.name] : [],
  }
}

/** What waivers say about findings. */
export interface Waived {
  /** For each finding why it is accepted; null where it stands. */
  readonly reasons: readonly (string | null)[]
  readonly unused: readonly Waiver[]
}

/** Holds findings against waivers; the first one that fits gives the reason. Those that are over do not count. */
export function waive(abouts: readonly About[], waivers: readonly Waiver[], now: Date): Waived {
  const valid = waivers.filter(w => termOf(w.expires, now) !== 'expired')
  const used = new Set<Waiver>()
  const reasons = abouts.map(about => {
    const fitting = isFailure(about) ? [] : valid.filter(w => fits(w, about))
    for (const waiver of fitting) used.add(waiver)
    return fitting[0] ? reasonOf(fitting[0]) : null
  })
  return { reasons, unused: valid.filter(w => !used.has(w)) }
}

const reasonOf = ({ reason, owner, expires }: Waiver): string =>
  `${reason.trim()} (${owner.trim()}${expires === null ? '' : `, until ${expires}`})`

/** Every scope that the waiver gives must fit. */
export const fits = (waiver: Waiver, about: About): boolean =>
  glob(waiver.rule).test(about.rule) &&
  holdsAll(waiver.site, about.sites) &&
  holdsAll(waiver.device, about.devices) &&
  holdsAll(waiver.subnet, sameFamily(waiver.subnet, about.subnets), insideOf) &&
  holdsAll(waiver.point, about.points)

/**
 * True when every name fits one of the patterns. A finding that also is about something else stays: a waiver for a router
 * of the laboratory must not hide that it doubles the requests of another one's clients. A finding without such a name does
 * not fit either.
 */
function holdsAll(scope: Scope, names: readonly string[], inside: Inside = matches): boolean {
  return scope === null || (names.length > 0 && names.every(name => scope.some(pattern => inside(pattern, name))))
}

const matches = (pattern: string, name: string): boolean => glob(pattern).test(name)

/** One family tells which segment is meant: who names the IPv4 subnet of a dual-stack segment need not name the other. */
function sameFamily(scope: Scope, subnets: readonly string[]): readonly string[] {
  if (scope === null) return subnets
  const [v4, v6] = [scope.some(p => !p.includes(':')), scope.some(p => !p.includes('.'))]
  return subnets.filter(s => (s.includes(':') ? v6 : v4))
}

/** A subnet by pattern, or because it lies in the one that the waiver names. */
function insideOf(pattern: string, subnet: string): boolean {
  const outer = canonicalNetwork(pattern)
  return outer === null ? matches(pattern.toLowerCase(), subnet) : containsSubnet(outer, subnet)
}

/** What to say of a waiver that fits nothing; one that comes close fits a finding but for things it does not name. */
export function unusedText(waiver: Waiver, abouts: readonly About[]): string {
  for (const about of abouts) {
    if (isFailure(about)) continue
    const more = [
      ...others(waiver.device, about.devices, matches),
      ...others(waiver.subnet, sameFamily(waiver.subnet, about.subnets), insideOf),
      ...others(waiver.site, about.sites, matches),
    ]
    const named = {
      ...about,
      devices: without(about.devices, more),
      subnets: without(about.subnets, more),
      sites: without(about.sites, more),
    }
    if (more.length > 0 && fits(waiver, named))
      return `is unused: the finding that comes nearest, ${about.rule} on ${about.subject}, is about ${more.join(' and ')} too; name that as well, or remove the waiver`
  }
  return 'is unused: it fits no finding; remove it'
}

type Inside = (pattern: string, name: string) => boolean
const without = (names: readonly string[], some: readonly string[]) => names.filter(n => !some.includes(n))
const others = (scope: Scope, names: readonly string[], inside: Inside): readonly string[] =>
  scope === null ? [] : names.filter(name => !scope.some(pattern => inside(pattern, name)))

/** `*` stands for any text, `?` for any one character; everything else for itself. */
export const glob = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[\\^$.*+?()[\]{}|]/g, c => (c === '*' ? '.*' : c === '?' ? '.' : `\\${c}`))}$`, 'su')

/** True for the finding that a rule failed: what it would have said is not known, so nobody can accept it. */
export const isFailure = ({ rule, subject }: Pick<Identity, 'rule' | 'subject'>): boolean => subject === `rule ${rule}`
