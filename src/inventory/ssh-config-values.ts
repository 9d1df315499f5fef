// Which lines of an SSH configuration hold for a host: the first value of each keyword, as in OpenSSH's readconf.c.
import { Trouble } from '../model/trouble.ts'
import { argumentsOf, type ConfigItem, type ConfigLine } from './ssh-config-file.ts'
import { hostOf, localUser } from './ssh-config-paths.ts'
import { fits, judge } from './ssh-config-patterns.ts'

/** What is said, by keyword in lower case. */
export type Said = ReadonlyMap<string, readonly string[]>

/** The same, and the keywords of which only the configuration of the machine says something. */
export interface Sayings {
  readonly values: Said
  readonly of_machine: ReadonlySet<string>
}

/** Whom it is about. */
export interface Subject {
  /** The host as it was asked for. */
  readonly original: string
  /** The user as it was asked for. */
  readonly user: string | undefined
  /** Takes what does not count here. */
  readonly tell: (sentence: string) => void
}

/** Keywords that count here; all others are passed over. */
const SINGLE = new Set(
  'hostname port user identityfile identitiesonly identityagent hostkeyalias stricthostkeychecking revokedhostkeys kexalgorithms ciphers macs hostkeyalgorithms canonicalizehostname'.split(
    ' ',
  ),
)
const SEVERAL = new Set(['userknownhostsfile', 'globalknownhostsfile'])
const WHOLE = new Set(['proxyjump', 'proxycommand'])

/** Whether the lines that come next hold. `doubt`: the condition above them, where nobody knows whether it is met. */
interface Section {
  readonly active: boolean
  readonly doubt: ConfigLine | null
}

/** Everything that is said of a host. Throws a `Trouble` for what ssh would not take. */
export function said(items: readonly ConfigItem[], subject: Subject): Sayings {
  const values = new Map<string, readonly string[]>()
  const of_machine = new Set<string>()
  const reading = { values, of_machine, subject, final: null, again: false }
  walk(items, { active: true, doubt: null }, reading)
  if (reading.again) {
    const final = hostOf(values.get('hostname')?.[0], subject.original)
    // It is settled before the second reading.
    values.set('hostname', [final.replaceAll('%', '%%')])
    walk(items, { active: true, doubt: null }, { ...reading, final })
  }
  return { values, of_machine }
}

interface Reading {
  readonly values: Map<string, readonly string[]>
  readonly of_machine: Set<string>
  readonly subject: Subject
  /** In the second reading, the host that the first one led to: sections are held against it. */
  readonly final: string | null
  /** A second reading is asked for. */
  again: boolean
}

/** `outer`: the section that the Include stands in which led here. Where that does not hold, nothing in the file does. */
function walk(items: readonly ConfigItem[], outer: Section, reading: Reading): void {
  let section = outer
  for (const item of items) {
    if ('included' in item) {
      // A section ends with the file that it begins in.
      for (const file of item.included) walk(file, section, reading)
    } else if (item.keyword === 'host' || item.keyword === 'match') {
      const { active, doubt } = item.keyword === 'match' ? matching(item, reading) : hosts(item, reading)
      section = outer.active ? { active, doubt } : { active: false, doubt: active || doubt !== null ? outer.doubt : null }
    } else if (section.active) take(item, reading)
    else if (section.doubt !== null) doubted(item, section.doubt, reading)
  }
}

const hosts = (line: ConfigLine, { subject, final }: Reading): Section => ({
  active: fits(final ?? subject.original, argumentsOf(line)),
  doubt: null,
})

function matching(line: ConfigLine, reading: Reading): Section {
  const { values, subject, final } = reading
  const local = localUser()
  const found = judge(line, {
    host: final ?? hostOf(values.get('hostname')?.[0], subject.original),
    original: subject.original,
    user: subject.user ?? values.get('user')?.[0] ?? local,
    local_user: local,
    final: final !== null,
  })
  if (found === undefined)
    throw new Trouble(
      'inventory',
      `${line.place} cannot be understood: Match ${line.rest}; correct it, or set ssh: { config: none }`,
    )
  if (found.final) reading.again = true
  return { active: found.matched === true, doubt: found.matched === null ? line : null }
}

/** Says that a line which might hold is left out. */
function doubted({ keyword }: ConfigLine, { place, rest }: ConfigLine, { subject }: Reading): void {
  if (SINGLE.has(keyword) || SEVERAL.has(keyword) || WHOLE.has(keyword))
    subject.tell(`${place}: nobody here knows whether Match ${rest} is met, so what stands below it counts for no host`)
}

function take(line: ConfigLine, { values, of_machine, subject }: Reading): void {
  const { keyword, place, machine } = line
  if (WHOLE.has(keyword)) takeProxy(line, values)
  if (!SINGLE.has(keyword) && !SEVERAL.has(keyword)) return
  const words = argumentsOf(line)
  if (SINGLE.has(keyword) && words.length > 1)
    throw new Trouble('inventory', `${place} says more than one thing of ${keyword}; correct it, or set ssh: { config: none }`)
  const before = values.get(keyword)
  // Of all that count here only keys add up.
  if (keyword === 'identityfile') values.set(keyword, [...new Set([...(before ?? []), ...words])])
  else if (before === undefined) {
    values.set(keyword, words)
    if (machine) of_machine.add(keyword)
    if (keyword === 'canonicalizehostname' && !/^(no|false)$/i.test(words[0] ?? ''))
      subject.tell(`${place}: names of hosts are used as they are given, so CanonicalizeHostname counts for no host`)
  }
}

/** Whichever of the two comes first decides; `ProxyCommand none` rules out ProxyJump, and not the other way round. */
function takeProxy({ keyword, rest, place }: ConfigLine, values: Map<string, readonly string[]>): void {
  const text = keyword === 'proxyjump' ? rest.replace(/#.*$/s, '').trim() : rest
  if (text === '') throw new Trouble('inventory', `${place} says nothing; correct it, or set ssh: { config: none }`)
  const jump = values.get('proxyjump')?.[0]
  const free = keyword === 'proxyjump' ? jump === undefined : jump === undefined || jump === 'none'
  if (free && !values.has('proxycommand')) values.set(keyword, [/^none$/i.test(text) ? 'none' : text])
}
