// Facts about an interface itself: state, addresses, plain relays.
import type { Family } from '../model/device.ts'
import { type DraftInterface, type DraftRelay, drop, own } from './draft.ts'
import type { Context, Fact, Of } from './facts.ts'
import { foldGroup } from './fold-group.ts'
import { foldOption82 } from './option-82.ts'
import type { Moving } from './platform.ts'
import { foldTrunk } from './trunk.ts'

export const familyOf = (target: string, stated: Family | undefined): Family => stated ?? (target.includes(':') ? 6 : 4)

/** An interface of which nothing is known yet. */
export const draftInterface = (name: string, key: string, line: number): DraftInterface => ({
  name,
  key,
  line,
  description: null,
  enabled: undefined,
  lent: undefined,
  vrf: undefined,
  refused: undefined,
  denied: undefined,
  moved: undefined,
  vlan: undefined,
  trunk: undefined,
  trunking: undefined,
  borrows: undefined,
  trunkGroups: new Set(),
  addressing: undefined,
  addresses: [],
  mac: undefined,
  edge: false,
  groups: new Map(),
  lastGroup: undefined,
  relays: [],
  scripts: undefined,
  silent: new Set(),
  option82: undefined,
  setOption82: undefined,
  versions: new Map(),
})

/** Takes from an interface what it loses on its way into a VRF; undefined is that of the device. */
export function move(i: DraftInterface, vrf: string | undefined, { loses }: Moving, line: number): void {
  if ((i.vrf ?? 'default') !== (vrf ?? 'default')) lose(i, loses, line)
}

function lose(i: DraftInterface, what: Moving['loses'], line: number): void {
  if (what === 'perhaps-addresses') {
    i.moved = line
    return
  }
  drop(i.addresses, () => true)
  i.addressing = undefined
  if (what === 'addresses') return
  drop(i.relays, () => true)
  i.silent.clear()
  i.scripts = undefined
  i.groups.clear()
  i.lastGroup = undefined
}

/** Folds one fact into an interface; facts that are not its own go to its groups. */
export function foldInterface(i: DraftInterface, fact: Fact, context: Context, line: number, no: boolean): void {
  switch (fact.kind) {
    case 'enabled':
      i[fact.lent ? 'lent' : 'enabled'] = fact.on !== no
      return
    case 'description':
      i.description = no ? null : own(fact.text)
      return
    case 'vrf':
      i.vrf = no || fact.name === undefined ? undefined : own(fact.name)
      return
    case 'bridged':
      if (no) return
      lose(i, fact.loses, line)
      if (fact.loses === 'layer-3') i.vrf = undefined
      return
    case 'vlan':
      i.vlan = no ? undefined : fact.id
      return
    case 'trunk':
      i.trunk = foldTrunk(i.trunk, fact, no)
      return
    case 'trunking':
      i.trunking = fact.on !== no
      return
    case 'borrowing':
      i.borrows = no ? undefined : line
      return
    case 'trunk-group':
      if (!no && fact.group !== undefined) i.trunkGroups.add(own(fact.group))
      else if (fact.group !== undefined) i.trunkGroups.delete(fact.group)
      else if (no) i.trunkGroups.clear()
      return
    case 'addressing':
      i.addressing = no ? undefined : fact.how
      // It takes the place of a primary address that was typed before.
      if (!no) drop(i.addresses, a => !a.secondary && !a.ip.includes(':'))
      return
    case 'edge':
      i.edge = !no
      return
    case 'mac':
      i.mac = no || fact.address === undefined ? undefined : own(fact.address)
      return
    case 'option-82':
      i.option82 = foldOption82(i.option82, fact, line, no)
      return
    case 'address':
      foldAddress(i, fact, line, no)
      return
    case 'relay':
      foldRelay(i, fact, line, no)
      return
    case 'script-gate': {
      const protocol = fact.protocol ?? context.protocol
      const target = fact.target === undefined ? undefined : own(fact.target)
      if (no) i.scripts?.delete(target)
      else if (protocol !== undefined)
        (i.scripts ??= new Map()).set(target, { protocol, id: fact.group ?? context.group ?? null })
      return
    }
    case 'relaying':
      if (fact.on !== no) i.silent.delete(fact.family)
      else i.silent.add(fact.family)
      return
    case 'version': {
      const protocol = fact.protocol ?? context.protocol
      if ((fact.group ?? context.group) !== undefined || !protocol) break
      if (no || fact.version === undefined) i.versions.delete(protocol)
      else i.versions.set(protocol, fact.version)
      return
    }
  }
  foldGroup(i, fact, context, line, no)
}

function foldAddress(i: DraftInterface, fact: Of<'address'>, line: number, no: boolean) {
  const { ip, prefix, family, secondary = false, strict } = fact
  if (ip === undefined) {
    if (no) drop(i.addresses, a => a.ip.includes(':') === (family === 6))
    return
  }
  const there = no && strict ? i.addresses.find(a => a.ip === ip) : undefined
  if (there && (there.prefix !== prefix || there.secondary !== secondary || (!secondary && hasSecondary(i)))) {
    ;(i.refused ??= []).push(line)
    return
  }
  // A further primary address is kept beside the first: two segments too many are louder than one too few.
  drop(i.addresses, a => a.ip === ip)
  // It takes the place of one that would have come by itself.
  if (!no && !secondary && familyOf(ip, family) === 4) i.addressing = undefined
  if (!no && prefix !== undefined) i.addresses.push({ ip: own(ip), prefix, secondary, line })
}

const hasSecondary = ({ addresses }: DraftInterface) => addresses.some(a => a.secondary && !a.ip.includes(':'))

function foldRelay(i: DraftInterface, fact: Of<'relay'>, line: number, no: boolean) {
  const { target, vrf = null, redundancy = null, by = null, options = null } = fact
  if (target === undefined) {
    if (no) drop(i.relays, r => r.family === (fact.family ?? 4))
    return
  }
  const same = (r: DraftRelay) => r.by === by || (no && by === null)
  const isIt = (r: DraftRelay) => r.target === target && r.vrf === vrf && same(r)
  const there = no ? i.relays.filter(isIt) : []
  drop(i.relays, r => r.redundancy === redundancy && isIt(r))
  if (no) {
    const exact = there.some(r => r.redundancy === redundancy)
    if (fact.vague) (i.denied ??= []).push({ target: own(target), exact, line })
    // Whether a device goes by the address alone, and takes back a line that hangs on another name, or on none, is not documented; where
    // it has two of them, it does not.
    const [only, ...more] = there
    if (only && more.length === 0 && only.redundancy !== redundancy) (i.refused ??= []).push(line)
    return
  }
  i.relays.push({
    target: own(target),
    family: familyOf(target, fact.family),
    vrf: vrf === null ? null : own(vrf),
    redundancy: redundancy === null ? null : own(redundancy),
    by: by === null ? null : own(by),
    options: options === null ? null : own(options),
    via: null,
    viaLine: null,
    off: null,
    line,
  })
}
