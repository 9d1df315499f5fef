// A damaged line changes nothing in silence: the facts are the same, or something is reported that was not before, or the
// audit can only get louder. Every exception is listed with its reason.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDevice } from '../src/parse/assemble.ts'
import { detect } from '../src/parse/detect.ts'
import { parse } from '../src/parse/grammar.ts'
import { platforms } from '../src/platforms.ts'
import { complaintsOf, type Damage, damages, factsOf, isLouder } from './support/damage.ts'

interface Exception {
  /** On the line as it was. */
  readonly was?: RegExp
  /** On the damaged line. */
  readonly is?: RegExp
  readonly kind?: Damage['kind']
  readonly why: string
}

/** Damage that no reader can tell from a command that somebody meant. */
const UNTELLABLE: readonly Exception[] = [
  {
    was: /^(banner|macro|action|code|comment|quit|EOF|scheduler job name)\b/,
    why: 'free text begins or ends elsewhere, and anything may be text',
  },
  { was: /^description\b/, why: 'free text' },
  { was: /^hostname |host-name |^system \{/, why: 'a name is as good as another, and a device is known by its own' },
  { is: /^(no|default) zzz /, why: 'the negation of some other command; what it should have taken back stays' },
  { was: /^(no|default) /, kind: 'cut', why: 'a shorter negation takes back more' },
  { was: /^(no|default) /, is: / zzz$/, why: 'takes back something that is not there' },
  { is: /^((standby( \d+)?|glbp \d+) )?ip$/, why: 'the address is learned from the peer' },
  { was: /secondary$/, kind: 'cut', why: 'a primary address' },
  { was: /^hsrp \d+ ipv6$/, kind: 'cut', why: 'the IPv4 group of that number' },
  { was: /^shutdown lan$/, kind: 'cut', why: 'another shutdown' },
  { is: /^switchport zzz$/, why: 'another setting of the port, of which there are many' },
  { was: /^ip dhcp relay information /, kind: 'cut', why: 'switches option 82 on instead of off, or another suboption' },
  { is: /^ipv6 address zzz \S+:\S*$/, why: 'an address that completes a prefix called zzz' },
]

/** Losses that are not told yet: all of them inside the tree layout, which carries commands out before any row sees them. */
const OPEN: readonly Exception[] = [
  {
    was: /^(interfaces|irb) \{$/,
    kind: 'cut',
    why: 'the braces do not close any more: the file is cut, and these fixtures were before',
  },
  { was: /(^|[#>] )(delete|deactivate|activate|copy|rename|edit|show|set) /, why: 'a command on something that is not there' },
  { was: /^(inactive|replace|protect): /, why: 'a tag with a word behind it' },
  {
    was: /apply-groups|interface-range|member(-range)? |^set groups /,
    why: 'a group or range that is not there, or has a name more',
  },
  { is: /[{}] zzz$/, why: 'a word behind a brace begins the next statement, which then is another' },
  { was: /^\/\*|^---\(more/, why: 'a comment that does not end, a pager that is not one' },
]
const isListed = (was: string, { kind, line }: Damage, list: readonly Exception[]) =>
  list.some(
    e => (e.was?.test(was.trim()) ?? true) && (e.is?.test(line.trim()) ?? true) && (e.kind === undefined || e.kind === kind),
  )

const here = import.meta.dirname
const fixtures = platforms.flatMap(platform =>
  readdirSync(join(here, 'fixtures', platform.id))
    .filter(f => f.endsWith('.cfg'))
    .map(f => ({ platform, file: join('fixtures', platform.id, f) })),
)
const campus = readdirSync(join(here, 'networks', 'campus', 'configs')).flatMap(f => {
  const file = join('networks', 'campus', 'configs', f)
  const { platform } = detect(readFileSync(join(here, file), 'utf8'), platforms)
  return platform ? [{ platform, file }] : []
})

/** A share of the damages, the same ones each time; `DAMAGES=1` tries all of them. */
const SHARE = Number(process.env.DAMAGES ?? 0.04)
function chooser(seed: number) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return state / 0x7fff_ffff < SHARE
  }
}
// What a group of the Junos fixture for inheritance holds is written out elsewhere, by the layout.
const inGroups = (file: string, line: string) => /inheritance\.cfg$/.test(file) && /\{|;/.test(line)

describe.each(platforms.map(p => p.id))('%s', id => {
  it('loses nothing in silence when a line is damaged', () => {
    const chosen = chooser(82)
    const silent: string[] = []
    let tried = 0
    for (const { platform, file } of [...fixtures, ...campus]) {
      if (platform.id !== id) continue
      const text = readFileSync(join(here, file), 'utf8')
      const read = (of: string) => readDevice(platform, { device: 'x', file: 'x', text: of })
      const before = read(text)
      const facts = factsOf(before)
      const known = complaintsOf(before)
      const { classOf } = parse(platform.grammar, text, () => {})
      const lines = text.split('\n')
      for (const [at, was] of lines.entries()) {
        if (!['understood', 'ignored'].includes(classOf(at + 1))) continue
        for (const damage of damages(was)) {
          if (!chosen()) continue
          tried++
          const after = read(lines.with(at, damage.line).join('\n'))
          if (factsOf(after) === facts || isLouder(before, after)) continue
          if ([...complaintsOf(after)].some(c => !known.has(c))) continue
          if (isListed(was, damage, UNTELLABLE)) continue
          if (platform.id === 'juniper-junos' && (isListed(was, damage, OPEN) || inGroups(file, was))) continue
          silent.push(`${file}:${at + 1} ${damage.line.trim()}`)
        }
      }
    }
    expect(tried).toBeGreaterThan(100)
    expect(silent).toEqual([])
  })
})
