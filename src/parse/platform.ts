import type { Device, Family, InertReason, Interface, Protocol, Relay } from '../model/device.ts'
import type { ActionId } from '../model/remedy.ts'
import type { Grammar } from './grammar.ts'
import type { Secrets } from './secret-forms.ts'
import type { StateTable } from './state.ts'

/** How to hold a conversation with one operating system. Data only: the dialogue code is shared. */
export interface Session {
  /** Matches the last line of output when the device waits for a command. */
  readonly prompt: RegExp
  /** Sent after login; what they answer is discarded. */
  readonly open: readonly string[]
  /** Tried in order; the first one the device accepts prints the configuration. */
  readonly show: readonly string[]
  /** Output that means the command was refused. */
  readonly refused: RegExp
  /** What stands in every configuration, and not in what other commands print. */
  readonly sign?: RegExp
  /** The line in which the device says how long the configuration is: capture 1 is the number of bytes that follow. */
  readonly announced?: RegExp
  /** What the device writes in place of parts that this user may not see and an audit cannot do without. */
  readonly withheld?: RegExp
  /** The prompt of a user who is shown a part of the device as if it were all: capture 1 is what it calls that part. */
  readonly confined?: RegExp
  /** A pager that could not be switched off, and the key that turns its page. */
  readonly pager?: { readonly when: RegExp; readonly press: string }
  /** How to become privileged when the prompt says that we are not; no password is sent where `ask` is absent. */
  readonly enable?: { readonly when: RegExp; readonly command: string; readonly ask?: RegExp }
  /** Questions that come before the first prompt, with exactly what is typed. Never anything that agrees to a change. */
  readonly answers?: readonly { readonly when: RegExp; readonly send: string }[]
  readonly close: string
}

/** A device-wide switch that must be on for any relay to forward, such as `service dhcp`. */
export interface Switch {
  /** Its state when the configuration does not mention it. */
  readonly initially: boolean
  readonly families: readonly Family[]
  /** Why relays are inert while it is off. */
  readonly inert: InertReason
}

/** What a device does when the configuration does not say. */
export interface Defaults {
  readonly preempt: Readonly<Record<Exclude<Protocol, 'anycast'>, boolean>>
  readonly version: Readonly<Record<'hsrp' | 'vrrp', number>>
  /** Is an interface up that has neither `shutdown` nor `no shutdown`? */
  enabled(interfaceName: string): boolean
  /** Protocols whose groups are shut until they are told otherwise. */
  readonly shutGroups?: readonly Protocol[]
  /** By name, as facts of kind `switch` call them. */
  readonly switches: Readonly<Record<string, Switch>>
}

/** How the platform names its interfaces. */
export interface Naming {
  /** Interfaces that never face clients: loopbacks, tunnels, dedicated management ports. */
  readonly internal: RegExp
  /** VRFs that hold nothing but management ports. */
  readonly internalVrf: RegExp
  /**
   * Tells the lines that put an interface somewhere (open it, address it, give it a VLAN or a VRF) from those that do
   * not, on interfaces and outside of them. Only lines that were not understood are tried.
   */
  readonly places: { readonly on: RegExp; readonly outside: RegExp }
  /** VLAN id out of a name such as Vlan10, in capture 1; not for names whose number need not be the VLAN. */
  readonly vlan: RegExp
  /** Interfaces that lead nowhere but through a VLAN that says it has them; absent where a name says so itself. */
  readonly attached?: RegExp
  /** The interface that takes this one down with it, if any; absent where the platform has none. */
  parent?(name: string): string | undefined
  /** Writes out a range such as Vlan10-12; absent where the platform has none. */
  expand?(name: string): readonly string[]
  /**
   * What is left of an interface that is deleted: all of it, where it is hardware; or some, which it has again when it is opened once
   * more. Absent where deleting one deletes all it holds.
   */
  remains?(name: string): 'all' | 'some' | undefined
}

/**
 * Reads values for a template off the device as it stands. Pure. `gone`: the relays that one plan takes off this interface, this
 * one among them; where they leave one list together, each is asked for alike, and what comes out the same is typed once.
 */
export type FixValues = (
  device: Device,
  iface: Interface,
  relay: Relay,
  gone: readonly Relay[],
) => Readonly<Record<string, unknown>> | { readonly withheld: string }

/** Lines that give a platform away, as multi-line expressions. */
export interface Tells {
  /** Only this platform writes them; one is enough. */
  readonly sure: readonly RegExp[]
  /** It writes them, and so may its relatives; the platform with the most of them wins. */
  readonly likely: readonly RegExp[]
}

/** Commands around those of a change: into the mode that takes them, and what is to be seen before anything is kept. */
export interface Passage {
  readonly enter: readonly string[]
  readonly leave: readonly string[]
}

/** How a change is entered, by a careful person or by a program. What makes it outlive a restart is a person's to enter. */
export interface Changing {
  /** What begins a comment, which the command line passes over. */
  readonly comment: string
  /** Ending of files with commands, without its dot. */
  readonly ending: string
  readonly forth: Passage
  /** The same for the way back. */
  readonly back: Passage
  /** What to do before the change is entered; each a sentence in Markdown. */
  readonly before: readonly string[]
  /** What to do once the change is there and shows what it should. */
  readonly keep: readonly string[]
  /** What to do if it does not, besides entering the way back. */
  readonly undo: readonly string[]
  /** The Ansible module that sends commands as they stand: lines with what they stand under, or all of them as one text. */
  readonly ansible: { readonly os: string; readonly module: string; readonly takes: 'lines' | 'text' }
}

/** What an interface loses where a command puts it into another VRF. Printed configurations say the VRF before all of it. */
export interface Moving {
  /** Its addresses, or whatever it does in layer 3 (relays and groups go, too); or its addresses, where that is not known for sure. */
  readonly loses: 'addresses' | 'layer-3' | 'perhaps-addresses'
  /** A line that keeps it from that. */
  readonly unless?: RegExp
}

/** One operating system, on one page. */
export interface Platform {
  readonly id: string
  readonly name: string
  readonly tells: Tells
  readonly session: Session
  readonly grammar: Grammar
  readonly defaults: Defaults
  readonly naming: Naming
  /** Output of `show` commands that says what the groups do at run time; absent where none is read. */
  readonly state?: readonly StateTable[]
  /** Where secrets stand: blanked before a configuration is stored, and where a line is quoted. */
  readonly secrets: Secrets
  /** What the platform's templates need beyond the common values; or why no safe snippet exists for this relay. */
  readonly fixValues?: FixValues
  /** Remediation actions the platform has no command for, with the reason. */
  readonly cannot: Readonly<Partial<Record<ActionId, string>>>
  /** What a command of a snippet may consist of: nothing that the command line acts upon, asks back about or quotes. */
  readonly typed: RegExp
  /** What joins commands on one line that a person types; absent where a line is one command. */
  readonly joins?: RegExp
  /** Lines that give a name to a command: capture 1 is the name, capture 2 the command, or nothing where it stands in lines of its own. Absent where there are none. */
  readonly aliases?: RegExp
  /**
   * True where changes are entered first and take effect together; else each line takes effect as it is entered, and a snippet is
   * also looked at line by line.
   */
  readonly commits?: true
  /** What goes when a command puts an interface into another VRF; absent where nothing does. */
  readonly moving?: Moving
  readonly change: Changing
}

/** Checks a platform's page against the type, and returns it. */
export const definePlatform = (platform: Platform): Platform => platform
