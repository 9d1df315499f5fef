// What a name lacks that relays depend on, in words.
import type { Unresolved } from './lines.ts'

/** What follows the name in a sentence. */
export const LACKS: Readonly<Record<Unresolved['why'], string>> = {
  /** Nothing in the file defines it. */
  undefined: 'is defined nowhere',
  /** A line names it and none of its servers, or they were cut off. */
  empty: 'has no server',
  /** An interface that is in none, where others are. */
  detached: 'is in no VLAN, or in no zone, and so may hear nothing',
  /** A zone of a firewall. */
  closed: 'lets no DHCP in',
}
