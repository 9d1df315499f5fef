// The types a captured word can have: each reads one word or refuses it with undefined.
import ipaddr from 'ipaddr.js'
import { expandRange } from './ranges.ts'

/** What each word type yields. */
export interface WordTypes {
  int: number
  word: string
  /** Dotted quad without leading zeros (which some tools read as octal). */
  ipv4: string
  /** IPv6 address in its canonical short form, zone dropped. */
  ipv6: string
  /** Dotted network mask, as a length in bits. */
  mask: number
  /** `10.0.10.2/24` */
  cidr: Cidr
  /** `2001:db8::2/64` */
  cidr6: Cidr
  /** Hardware address in any grouping, as twelve lower-case hexadecimal digits. */
  mac: string
  /** A DNS name; never something that looks like a mistyped address. */
  host: string
  /** An interface in a list of Junos: numbered, `all`, or a pattern. */
  unit: string
  /** The same, or a port that stands for its units; no name that an administrator gave to a range of them. */
  listed: string
  /** The rest of the line as one string. */
  text: string
  /** The rest of the line as words. */
  words: string[]
  /** The rest of the line as the name of an interface as the Cisco family writes it, or of several. */
  ports: string
  /** The rest of the line as a list of VLANs: `10,20-29`. */
  vlans: string
}
/** An address with its mask length in bits. */
export interface Cidr {
  readonly ip: string
  readonly prefix: number
}

const ZERO = 48
const DOT = 46
const NAME = /^(?=.*[a-z])[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?$/i

const PORT = String.raw`[a-z][\w./:$-]*(?: (?:\d[\d./:-]*|\$\w+|vif\d+))?`
/** Types that need a number: without it the end of the line is missing. */
const TYPES =
  'range|profile|defaults|breakout|vlan|[a-z]*ethernet|[a-z]+gige|port-channel|loopback|tunnel|bdi|bvi|serial|dialer|mgmt|nve|vni|vxlan'
/** `Vlan10`, `Vlan 10`, `vlan vif10`, `Serial0/0.1 point-to-point`, `range Vlan10 , Vlan20`, `Ethernet1/1-4,6`, `management`. */
const PORTS = new RegExp(
  String.raw`^(?!(?:${TYPES})$)(?:range )?${PORT}(?: ?[-,] ?(?:${PORT}|\d[\d./:]*))*` +
    String.raw`(?: (?:point-to-point|multipoint|l2transport|type \w+))?$|^range macro \S+$`,
  'i',
)
/** What most of them are: letters and a number. */
const PLAIN_PORT = /^[a-z]+(-[a-z]*)?\d[\d/.]*$/i
const LISTED = /\d ?[-,]/
/** The name of an interface, or a list or range of names that can be written out. */
export function isPorts(text: string): boolean {
  if (PLAIN_PORT.test(text)) return true
  if (!PORTS.test(text)) return false
  const names = text.replace(/^range /i, '')
  return !LISTED.test(names) || /^macro /i.test(names) || expandRange(names)[0] !== names
}
/** A list of VLANs. */
export const isVlans = (text: string): boolean => /^\d+(?: ?[-,] ?\d+)*$/.test(text)

/** Starts or ends like a dotted quad: no top-level domain begins with a digit. */
const MISTYPED = /^\d+\.\d+\.|\.\d[^.]*\.?$/
const MAC = /^(?:[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}|[\da-f]{2}([:-])(?:[\da-f]{2}\1){4}[\da-f]{2})$/i

const int = (word: string) => {
  let n = 0
  for (let i = 0; i < word.length; i++) {
    const digit = word.charCodeAt(i) - ZERO
    if (digit < 0 || digit > 9 || i > 9) return undefined
    n = n * 10 + digit
  }
  return word.length > 0 ? n : undefined
}
/** Four numbers up to 255 without leading zeros. Written out because every interface has several of them. */
const isQuad = (word: string): boolean => {
  let octets = 1
  let digits = 0
  let value = 0
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i)
    if (code === DOT) {
      if (digits === 0 || octets === 4) return false
      octets++
      digits = value = 0
      continue
    }
    const digit = code - ZERO
    if (digit < 0 || digit > 9 || (digits > 0 && value === 0)) return false
    value = value * 10 + digit
    digits++
    if (value > 255) return false
  }
  return octets === 4 && digits > 0
}
const ipv4 = (word: string) => (isQuad(word) ? word : undefined)
const ipv6 = (word: string) => {
  if (!word.includes(':') || !ipaddr.IPv6.isValid(word)) return undefined
  const address = ipaddr.IPv6.parse(word)
  delete address.zoneId
  return address.toString()
}
/** Masks repeat on every interface; reading one is slow. */
const masks = new Map<string, number>()
const mask = (word: string) => {
  const known = masks.get(word)
  if (known !== undefined || !isQuad(word)) return known
  const bits = ipaddr.IPv4.parse(word).prefixLengthFromSubnetMask() ?? undefined
  if (bits !== undefined) masks.set(` ${word}`.slice(1), bits)
  return bits
}
const slashed = (read: (word: string) => string | undefined, bits: number) => (word: string) => {
  const slash = word.indexOf('/')
  if (slash < 0) return undefined
  const ip = read(word.slice(0, slash))
  const prefix = int(word.slice(slash + 1))
  return ip === undefined || prefix === undefined || prefix > bits ? undefined : { ip, prefix }
}

export const wordTypes: {
  readonly [T in keyof Omit<WordTypes, 'text' | 'words' | 'ports' | 'vlans'>]: (word: string) => WordTypes[T] | undefined
} = {
  int,
  word: word => word,
  ipv4,
  ipv6,
  mask,
  cidr: slashed(ipv4, 32),
  cidr6: slashed(ipv6, 128),
  unit: word => (/\d|\*|^all$/.test(word) ? word : undefined),
  listed: word => (/\.\d+$|\*|^[a-z]{2,5}(?:-\d+\/[\d/:]+|\d+)$|^(?:all|irb|vlan)$/.test(word) ? word : undefined),
  mac: word => (MAC.test(word) ? word.replace(/[.:-]/g, '').toLowerCase() : undefined),
  host: word => (NAME.test(word) && !MISTYPED.test(word) ? word : undefined),
}
