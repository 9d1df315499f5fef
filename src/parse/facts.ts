import type { Family, InertReason, Protocol } from '../model/device.ts'
import type { Credential } from './authentication.ts'
import type { BridgeFact } from './bridge-facts.ts'

/** Where a fact was said: the statements that enclose it. Scopes fill it in, rows never repeat it. */
export interface Context {
  readonly interface?: string
  readonly protocol?: Protocol
  /** FHRP group number. */
  readonly group?: number
  /** Set where one number may stand for a group of either family. */
  readonly family?: Family
  /** Key of the relay set (server group, profile, pool) being described. */
  readonly set?: string
  /** Key of the named server list being described. */
  readonly list?: string
  /** VRF or routing instance being described. */
  readonly vrf?: string
  /** VLANs being described, like `10,20-29`. */
  readonly vlans?: string
}

export type Maybe<T> = T | undefined

/**
 * One thing that one configuration line says. With `negated` the same fact is taken back, and whatever a
 * negated line leaves out (`no standby 10 priority`) means "whichever was set".
 */
export type Fact =
  | { kind: 'hostname'; name: string }
  /** The interface exists. Negated: it is deleted with all it holds. */
  | { kind: 'interface' }
  /** Whether the interface is up. `lent`: by something it inherits, which its own lines go before. */
  | { kind: 'enabled'; on: boolean; lent?: boolean }
  /** Interfaces whose name fits are up, or down, until they say otherwise themselves. */
  | { kind: 'initially'; interfaces: RegExp; on: boolean }
  | { kind: 'description'; text: string }
  /** Without `interface` in the context, `interface` names the one that is put into the VRF. */
  | { kind: 'vrf'; name: Maybe<string>; interface?: Maybe<string> }
  /**
   * Negated without `ip`: all addresses of `family` (4, if it is not named). `strict`: one is taken back only as it was typed, and a primary
   * one only as the last.
   */
  | {
      kind: 'address'
      ip: Maybe<string>
      prefix: Maybe<number>
      secondary?: Maybe<boolean>
      family?: Maybe<Family>
      strict?: Maybe<boolean>
    }
  | { kind: 'addressing'; how: 'dynamic' | 'unnumbered' }
  /**
   * The interface is a port of a switch from here on: what it had in layer 3 before is gone, or its addresses perhaps. Negated, it
   * says nothing: what is lost does not come back.
   */
  | { kind: 'bridged'; loses: 'layer-3' | 'perhaps-addresses' }
  /** The interface is the gateway of the clients behind the ports of its own device, which others of a fabric are for theirs. */
  | { kind: 'edge' }
  /** A hardware address for the interface, and for those below it. */
  | { kind: 'mac'; address: Maybe<string> }
  /** Without an id: it is in one, whichever that is. */
  | { kind: 'vlan'; id: Maybe<number>; interface?: Maybe<string> }
  /** An interface is in a zone of a firewall. */
  | { kind: 'zone'; zone: string; interface: string }
  /**
   * What a zone lets in of DHCP, by family, besides what it does already; of an interface in it that says so itself, what the interface
   * does, instead. `barred`: whatever else is said.
   */
  | { kind: 'zone-lets'; zone: string; interface?: Maybe<string>; families: readonly Family[]; barred?: Maybe<boolean> }
  /** A plain relay line on the interface of the context. */
  | {
      kind: 'relay'
      target: Maybe<string>
      family?: Maybe<Family>
      vrf?: Maybe<string>
      redundancy?: Maybe<string>
      /** The interface it leaves by, where one target can be named with several and each gets a copy. */
      by?: Maybe<string>
      /** What else the line says of this relay, as typed; a template may need it to take the line back. */
      options?: Maybe<string>
      /** Negated, nobody says whether it reaches a line to the same target in another VRF, or one that a profile lends. */
      vague?: Maybe<boolean>
    }
  /** A script starts and stops the relay to `target` (all of the interface, if none is named) with the role in the group. */
  | ({ kind: 'script-gate'; target?: Maybe<string> } & GroupRef)
  /** Whether the interface relays requests of this family at all, whatever its relays are. */
  | { kind: 'relaying'; family: Family; on: boolean }
  /**
   * A setting of the device, or of the interface or relay set of the context, that makes relays add option 82, or keeps
   * them from it. A narrower setting replaces a wider one of the same name.
   */
  | { kind: 'option-82'; of: 'device' | 'interface' | 'set'; setting: string; on: boolean }
  /** The FHRP group exists. Negated: it is deleted, in both families where none is named. */
  | ({ kind: 'group' } & GroupRef)
  /** A line that can only take a group back (`no standby 10`). */
  | ({ kind: 'group-removed' } & GroupRef)
  /** `leading`: there is one such address, and another takes its place. */
  | ({ kind: 'virtual'; ip: Maybe<string>; leading?: Maybe<boolean> } & GroupRef)
  /** The virtual address of family `of` is learned from the peer or made up by the device. */
  | ({ kind: 'learned'; of: Family } & GroupRef)
  | ({ kind: 'priority'; value: Maybe<number> } & GroupRef)
  | ({ kind: 'preempt'; on: boolean } & GroupRef)
  | ({ kind: 'name'; name: Maybe<string> } & GroupRef)
  | ({ kind: 'follow'; leader: Maybe<string> } & GroupRef)
  | ({ kind: 'tracked' } & GroupRef)
  /** How the group authenticates; nothing where that is as if it did not. Makes no group exist. */
  | ({ kind: 'authentication'; by: Maybe<Credential> } & GroupRef)
  | ({ kind: 'group-enabled'; on: boolean } & GroupRef)
  /** Protocol version: of one group where a number is known, else of the interface, else of the device. */
  | ({ kind: 'version'; version: Maybe<number> } & GroupRef)
  /** All of a kind goes from the whole device: interfaces whose name fits, groups of a protocol (of one version), plain relay lines. */
  | { kind: 'erase'; interfaces?: RegExp; groups?: Protocol; version?: number; relays?: true }
  /** A device-wide switch named on the platform's page, such as `service dhcp`. */
  | { kind: 'switch'; name: string; on: boolean }
  | BridgeFact
  /** One server of the named list in the context (or `list`). `lost`: a line names the list and none of its servers. */
  | {
      kind: 'list-server'
      list?: Maybe<string>
      target: Maybe<string>
      vrf?: Maybe<string>
      family?: Maybe<Family>
      lost?: Maybe<boolean>
    }
  /**
   * The relay set of the context exists. What it does not say itself it has from `parent`: servers, VRF, being off; and
   * whom the parent excludes, it excludes. A set that yields does
   * not serve an interface that has a relay line of the same family itself. One that lends puts its lines among those of the
   * interface, where one that is there already is the same one. `within` is where it has no more than its option 82 from. `initially`:
   * why it does not relay, until it is set going.
   */
  | {
      kind: 'set'
      of?: Maybe<string>
      via: string
      parent?: Maybe<string>
      within?: Maybe<string>
      family?: Maybe<Family>
      yields?: Maybe<boolean>
      lends?: Maybe<boolean>
      initially?: Maybe<InertReason>
    }
  | { kind: 'set-server'; target: Maybe<string>; vrf?: Maybe<string>; family?: Maybe<Family> }
  /** The set relays to the servers of a named list: instead of its parent's, or (`also`) besides them. */
  | { kind: 'set-list'; list: Maybe<string>; also?: Maybe<boolean> }
  /** Where the set's servers are looked up, unless they say so themselves. */
  | { kind: 'set-vrf'; vrf: Maybe<string> }
  /** Interfaces the set relays for: one, a range up to `upto`, all that face clients (in one VRF, if named), or those inside a subnet. */
  | {
      kind: 'set-member'
      /** The set it is a member of, where that is not the one being described (so too in `set`). */
      of?: Maybe<string>
      interface?: Maybe<string>
      upto?: Maybe<string>
      all?: Maybe<boolean>
      vrf?: Maybe<string>
      subnet?: Maybe<string>
      excluded?: Maybe<boolean>
    }
  /** The set does not relay; with no reason, it does although its parent does not. */
  | { kind: 'set-off'; reason: InertReason | null }

/** The facts of one kind. */
export type Of<K extends Fact['kind']> = Extract<Fact, { kind: K }>

/** Names the FHRP group a fact is about where the context does not. */
export interface GroupRef {
  protocol?: Maybe<Protocol>
  group?: Maybe<number>
  family?: Maybe<Family>
}

/** Receives facts in file order. `reset`: negated by `default`, which takes the line back and does not say the opposite of it. */
export type Sink = (fact: Fact, context: Context, line: number, negated: boolean, reset: boolean) => void
