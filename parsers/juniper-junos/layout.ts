// Which Junos words the tree layout carries out itself. Sources and quirks: README.md beside this file.
import { type Layout, tree } from '../../src/parse/index.ts'
import { several, strays } from './one-line.ts'

/** `interfaces irb.10` is short for `interfaces irb unit 10` when it is typed. */
function spell(words: readonly string[]): readonly string[] {
  const [first = '', , third] = words
  const at = first === 'interfaces' ? 1 : /^(groups|logical-systems|tenants)$/.test(first) && third === 'interfaces' ? 3 : 0
  const short = at > 0 ? /^(.+)\.(\d+)$/.exec(words[at] ?? '') : null
  return short ? [...words.slice(0, at), short[1] ?? '', 'unit', short[2] ?? '', ...words.slice(at + 1)] : words
}

/**
 * What stands where the class of the user may not see a level that is audited, or one below it (`deny-configuration` takes whole
 * paths; Juniper, CLI reference: a user cannot view a hierarchy that is denied). In `system` or `snmp` it costs nothing.
 */
export const WITHHELD =
  /^(?:[a-z]+: )*(?:interfaces|forwarding-options|routing-instances|routing-options|logical-systems|tenants|groups|vlans|bridge-domains) \{(?:\s*|(?:\r?\n[ \t].*?)*\r?\n[ \t]+)\/\* ACCESS-DENIED \*\//m

const statements = tree({
  alone: [['version'], ['system', 'host-name']],
  head: 'version',
  // `active-server-group G allow-server-change` is two set lines, and the option stands where the name does.
  single: { 'active-server-group': ['allow-server-change'], 'upto': [], 'l3-interface': [], 'routing-interface': [] },
  either: [
    ['preempt', 'no-preempt'],
    ['disable', 'enable'],
  ],
  lead: [
    { under: ['routing-instances', '*'], word: 'instance-type', otherwise: 'none' },
    { under: ['vlans', '*'], word: 'vlan-id', otherwise: 'none' },
    { under: ['bridge-domains', '*'], word: 'vlan-id', otherwise: 'none' },
    { under: ['interface', '*'], word: 'exclude' },
    { under: ['interface', '*'], word: 'upto' },
    { under: ['vrrp-inherit-from'], word: 'active-interface' },
  ],
  // An interface, or the first of a range, is listed in one group of a level only.
  once: [
    ['dhcp-relay', 'group', '+', 'interface', '*'],
    ['dhcpv6', 'group', '+', 'interface', '*'],
  ],
  filled: [{ under: ['server-group', '*'], word: 'EMPTY' }],
  groups: {
    keyword: 'groups',
    apply: 'apply-groups',
    except: 'apply-groups-except',
    when: 'when',
    // Chassis clusters: each node takes the group that bears its own name. Which one this is cannot be read.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Junos writes it so
    variables: [{ name: '${node}', stands: /^node\d+$/ }],
  },
  ranges: { under: 'interfaces', keyword: 'interface-range', member: 'member', from: 'member-range', to: 'to' },
  // Of 36 public configurations in brace form, none ends before its routing, protocols, firewall or VLANs.
  early: new Set([
    'version',
    'groups',
    'apply-groups',
    'system',
    'chassis',
    'security',
    'access',
    'services',
    'interfaces',
    'snmp',
  ]),
  openings: new Set(['version', 'groups']),
  // An instance takes interfaces out of the table they are in by default.
  first: 'interfaces',
  // "The configuration is not effective" on this model (DDL Reference Guide 10.2, `product`).
  idle: /^#+ Warning: .*\bignored\b/,
  spell,
  several,
  strays,
  prompt: /^[\w.-]+(@[\w.-]+)?[>#]$/,
  show: ['show', 'configuration'],
  run: 'run',
  stale:
    /^(?:run )?(?:show system (?:rollb\S* (?!0\b|comp)|conf\S* resc)|file show (?!\S*\bjuniper\.conf(?:\.gz)?(?: |$))\S*(?:\.conf\b|rescue))/,
  filters: new Set(['compare', 'count', 'except', 'find', 'json', 'last', 'match', 'trim', 'xml']),
})

/** What was typed in configuration mode to bring what does not stand here, or to take back what does, and what the device asks then. */
const TYPED =
  /^[\w.-]+(?:@[\w.-]+)?# ?(?:roll\w*(?: (\d+|resc\w*))?|load (?!(?:merge|replace|set) terminal)[a-z].*)$|^(?:Exit with|Discard) (uncommitted) changes\?/gm
const CHANGED = /^[\w.-]+(?:@[\w.-]+)?# ?(?:activate|copy|deactivate|delete|edit|insert|load|rename|replace|set|top|wildcard) /m

/** Why what was typed into a session leaves open what is in force behind it; null where it does not. */
function undone(text: string): string | null {
  for (const { 0: said, 1: number = '0', index } of text.matchAll(TYPED)) {
    // Nothing is taken back where nothing was typed.
    if (!said.includes('load') && number === '0' && !CHANGED.test(text.slice(0, index))) continue
    return `line ${text.slice(0, index).split('\n').length} takes back what was typed, or brings what does not stand here`
  }
  return null
}

/** Brace form and set form alike. */
export const layout: Layout = {
  read(text, emit) {
    const extent = statements.read(text, emit)
    if (extent.incomplete !== null) return extent
    const withheld = text.includes('/* ACCESS-DENIED */') && WITHHELD.test(text)
    const incomplete = withheld ? 'a part of it was withheld from the user who had it printed' : undone(text)
    return incomplete === null ? extent : { ...extent, incomplete, closed: false }
  },
}
