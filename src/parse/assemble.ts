// Turns a folded draft into a device: defaults, versions, families, and whether a relay would forward now.
import { broadcastIn } from '../model/broadcast.ts'
import type { Address, Device, Family, Group, InertReason, Interface, Relay, Unrecognized } from '../model/device.ts'
import type { Companion } from '../model/inventory.ts'
import { blank } from './blank.ts'
import { type DraftDevice, type DraftInterface, type DraftRelay, draftDevice, interfaceKey } from './draft.ts'
import { finishGroup, versionOf } from './finish-group.ts'
import { folder, type Typed } from './fold.ts'
import { gateOf } from './gate.ts'
import { parse } from './grammar.ts'
import { recount } from './ledger.ts'
import { linesAt } from './lines.ts'
import { observe } from './observe.ts'
import { line82 } from './option-82.ts'
import { pairOf, unseenOnLink } from './pair.ts'
import type { Platform } from './platform.ts'
import { proses } from './prose.ts'
import { joinSets } from './sets.ts'
import { shortForms } from './short-forms.ts'
import { shutOut } from './shut-out.ts'
import { stateIn } from './state.ts'
import { tunnelsOf } from './tunnel.ts'
import { isVlanOff, vlanIn } from './vlan-off.ts'

/** A configuration as read from a file or a device. */
export interface Source {
  /** The device's name in the inventory, or the file's name without its ending. */
  readonly device: string
  readonly file: string
  readonly text: string
  /** Why the capture is known to be cut short; null when only the text can tell. */
  readonly incomplete?: string | null
  /** True when it is known from elsewhere that nothing is missing: the prompt came back, a manifest states the length. */
  readonly whole?: boolean
  /** The lines behind so many were typed, one by one, on a device that had the ones before. */
  readonly typedAfter?: number
  /** Operational output that stands in files beside the configuration. */
  readonly companions?: readonly Companion[]
}

/** Said of a capture that nothing speaks against and nothing proves. */
const NO_INTERFACE = 'it ends before any interface'
const NOT_PROVABLE = 'completeness not provable: the text has no mark at its end, and no manifest states its length'

/** Said of a text that somebody's message to all users came into: a line may have been torn in two by it, and the rest lost. */
function brokenInto(text: string): string | null {
  const at = broadcastIn(text)
  if (at < 0 || proses(text)(at)) return null
  return `a message to all users came into it on line ${text.slice(0, at).split('\n').length}, which may have torn a line in two`
}

/** Parses one configuration into a device. Never throws on any text. */
export function readDevice(platform: Platform, source: Source): Device {
  const draft = draftDevice()
  const { text } = source
  const output = stateIn(platform.state ?? [], text)
  const parsed = parse(platform.grammar, output.rest, folder(draft, platform.naming, typedIn(source, platform)))
  const unresolved = joinSets(draft, platform.naming)
  const tunnels = tunnelsOf(draft)
  const interfaces = Array.from(draft.interfaces.values(), i => finishInterface(i, { draft, tunnels }, platform))
  unresolved.push(...shutOut(draft, interfaces, platform.naming))
  const { refused } = draft
  const unseen = unseenOnLink(draft)
  if (unseen !== undefined) refused.push({ line: unseen, interface: null })
  const shorts = shortForms(draft)
  const misread = parsed.unrecognized.map(({ line, interface: i }) => ({
    line,
    interface: i === null ? null : calledBy(i, draft, platform),
  }))
  const places = [...misread, ...refused, ...shorts]
  const cited = places.map(p => p.line)
  const quoted = linesAt(text, cited)
  const shown = linesAt(text, cited, line => blank(line, platform.secrets))
  const complaints = places.map(p => {
    const said = quoted.get(p.line) ?? ''
    return {
      ...p,
      text: shown.get(p.line) ?? '',
      places: platform.naming.places[p.interface === null ? 'outside' : 'on'].test(said),
    }
  })
  const whole = parsed.closed || source.whole === true
  const hidden = platform.session.withheld?.exec(text)
  const incomplete =
    source.incomplete ??
    parsed.incomplete ??
    brokenInto(text) ??
    (hidden ? `the device withholds a part of it ("${(hidden[0].split('\n', 1)[0] ?? '').trim()}")` : null) ??
    (whole ? null : (parsed.unlikely ?? (interfaces.length === 0 ? NO_INTERFACE : null)))
  return {
    device: source.device,
    platform: platform.id,
    hostname: draft.hostname,
    file: source.file,
    complete: incomplete !== null ? false : whole ? true : null,
    incomplete: incomplete ?? (whole ? null : NOT_PROVABLE),
    pair: pairOf(draft),
    ...(tunnels.size > 0 && { tunnels: [...new Set(tunnels.values())] }),
    interfaces,
    lines: recount(parsed, output.lines, new Set(refused.map(r => r.line)).size + shorts.length),
    unrecognized: complaints.sort((a, b) => a.line - b.line) satisfies Unrecognized[],
    unresolved,
    observed: observe(platform, source, output.printed, interfaces),
  }
}

/** The draft, and what was found out of it for all interfaces. */
interface Whole {
  readonly draft: DraftDevice
  readonly tunnels: ReadonlyMap<number, string>
}

function finishInterface(i: DraftInterface, whole: Whole, platform: Platform): Interface {
  const { draft } = whole
  const { defaults, naming } = platform
  const { key } = i
  const above = naming.parent?.(i.name)
  const named = vlanIn(naming.vlan, i.name)
  const enabled =
    (i.enabled ?? i.lent ?? draft.initially.find(s => s.interfaces.test(i.name))?.on ?? defaults.enabled(i.name)) &&
    (above === undefined || draft.interfaces.get(interfaceKey(above))?.enabled !== false) &&
    !isVlanOff(draft.vlansOff, named)
  const vrf = i.vrf ?? draft.vrfs.get(key) ?? 'default'
  const groups: Group[] = []
  for (const g of i.groups.values()) {
    if (!g.stated) continue
    const version = versionOf(g, i, draft, defaults.version)
    if (g.protocol === 'hsrp' && (g.id ?? 0) > (version === 2 ? 4095 : 255))
      draft.refused.push({ line: g.line, interface: i.name })
    else groups.push(...finishGroup(g, version, i, defaults))
  }
  for (const { target, exact, line } of i.denied ?? [])
    if (i.relays.some(r => r.target === target && (r.via !== null || (!exact && r.line < line))))
      draft.refused.push({ line, interface: i.name })
  for (const line of i.refused ?? []) draft.refused.push({ line, interface: i.name })
  // Those that were typed again behind it stand for sure.
  const { moved } = i
  if (moved !== undefined && i.addresses.some(a => a.line < moved)) draft.refused.push({ line: moved, interface: i.name })
  const addressing = i.addressing ?? (i.addresses.length > 0 ? 'static' : 'none')
  return {
    name: i.name,
    description: i.description,
    enabled,
    vrf,
    vlan: i.vlan ?? draft.vlans.get(key) ?? named,
    addressing,
    faces_clients: !naming.internal.test(i.name) && !naming.internalVrf.test(vrf),
    mac: i.mac ?? (above === undefined ? undefined : draft.interfaces.get(interfaceKey(above))?.mac) ?? null,
    option_82: line82(i, draft),
    line: i.line,
    addresses: i.addresses satisfies Address[],
    groups,
    relays: i.relays.map(r => finishRelay(r, i, { up: enabled, vlan: named }, whole, platform)),
  }
}

function finishRelay(
  r: DraftRelay,
  i: DraftInterface,
  { up, vlan }: { readonly up: boolean; readonly vlan: number | null },
  { draft, tunnels }: Whole,
  { defaults }: Platform,
): Relay {
  const { target, family, vrf, redundancy, options, via, viaLine, line } = r
  const inert: InertReason | null = up
    ? (r.off ??
      (i.silent.has(family) ? 'relay-service-off' : null) ??
      switchedOff(draft, defaults, family) ??
      // IPv6 needs no address that is typed: link-local ones come by themselves, others from a prefix or from neighbours.
      (family === 4 && !speaks4(i) ? 'no-address' : null))
    : 'interface-down'
  const follows = i.scripts?.get(target) ?? i.scripts?.get(undefined)
  const gate = gateOf(redundancy, follows !== undefined, i, draft, vlan)
  const relay = { target, family, vrf, redundancy, gate, live: inert === null, inert, via, via_line: viaLine, line } as const
  const tunnel = draft.tunnelGate ? tunnels.get(vlan ?? 0) : undefined
  return { ...relay, ...(options !== null && { options }), ...(tunnel !== undefined && { tunnel }), ...(follows && { follows }) }
}

const speaks4 = ({ addressing, addresses }: DraftInterface) =>
  addressing !== undefined || addresses.some(a => !a.ip.includes(':'))

function switchedOff(draft: DraftDevice, defaults: Platform['defaults'], family: Family): InertReason | null {
  for (const name in defaults.switches) {
    const { initially, families, inert } = defaults.switches[name] as Platform['defaults']['switches'][string]
    if (families.includes(family) && !(draft.switches.get(name) ?? initially)) return inert
  }
  return null
}

function typedIn({ typedAfter: after, text }: Source, { moving }: Platform): Typed | undefined {
  return after === undefined ? undefined : { after, moving: moving?.unless?.test(text) ? undefined : moving }
}

/** What the device calls an interface, however a line spells it; null for several at once (`interface range Vlan10 - 20`). */
function calledBy(spelled: string, { interfaces }: DraftDevice, { naming }: Platform): string | null {
  const names = naming.expand?.(spelled) ?? [spelled]
  const [only] = names
  return only === undefined || names.length > 1 ? null : (interfaces.get(interfaceKey(only))?.name ?? only)
}
