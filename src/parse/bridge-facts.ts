// What a device says of switching: pairs, trunks, VLANs and tunnels.
import type { Maybe } from './facts.ts'

/** As in facts.ts, of which these are a part. */
export type BridgeFact =
  /** The device is half of a pair (MLAG, vPC). Without a domain only the negated fact says something. */
  | { kind: 'pair'; domain: Maybe<string> }
  /** Address of the other half. */
  | { kind: 'pair-peer'; ip: Maybe<string> }
  /** Whether the pairing is in service. Without `on` only the negated fact says something: that no line keeps it out. */
  | { kind: 'pair-up'; on: Maybe<boolean> }
  /** Whether the link to the other half is named, and how. Without `on`: as long as no line names one, it is not. */
  | { kind: 'pair-link'; on: Maybe<boolean>; name?: Maybe<string> }
  /** The VLANs that a trunk carries: these alone, all but these, or these more or fewer. `vlans` like `10,20-29`. */
  | { kind: 'trunk'; how: 'only' | 'except' | 'add' | 'remove'; vlans: string }
  /** Whether a port that switches is a trunk. */
  | { kind: 'trunking'; on: boolean }
  /** Takes on lines that stand elsewhere and are not read. */
  | { kind: 'borrowing' }
  /**
   * In a trunk group: the trunk of the context, or its VLANs, which then go over the trunks of their groups alone. Without `group` only
   * the negated fact says something: in none.
   */
  | { kind: 'trunk-group'; group: Maybe<string> }
  /** VLANs that are bridged into a tunnel, and by what numbers they are known there; one list stands for the other. */
  | { kind: 'tunneled'; vlans: Maybe<string>; vnis: Maybe<string> }
  /** Requests that come out of a tunnel are not relayed. */
  | { kind: 'tunnel-gate'; on: boolean }
  /**
   * Requests heard on the link between the two halves of a pair are not relayed. Without `on` only the negated fact says something: neither
   * these nor those out of a tunnel are left alone any more.
   */
  | { kind: 'pair-gate'; on: Maybe<boolean> }
  /**
   * What keeps the VLANs of the context from carrying traffic, or no longer does: that they are not there, that their state is
   * another one, that they are shut.
   */
  | { kind: 'vlan-off'; by: 'absence' | 'state' | 'shutdown'; off: boolean }
