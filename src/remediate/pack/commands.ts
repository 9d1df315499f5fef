// The files that are entered on devices.
import type { Passage } from '../../parse/platform.ts'
import type { Base, Pack } from './pack.ts'
import { type Part, reversed } from './steps.ts'
import { ascii } from './words.ts'

/** The commands of a change on one device; `what` it is begins a comment. */
export const forthText = (base: Base, parts: readonly Part[], pack: Pack, what = 'change'): string =>
  fileText(base, parts, pack, {
    passage: base.platform.change.forth,
    what,
    commands: part => part.snippet.apply,
  })

/** The commands that take it back. */
export const backText = (base: Base, parts: readonly Part[], pack: Pack, what = 'change'): string =>
  fileText(base, reversed(parts), pack, {
    passage: base.platform.change.back,
    what: `way back from the ${what}`,
    commands: part => part.snippet.rollback,
  })

interface Direction {
  readonly passage: Passage
  readonly what: string
  commands(part: Part): string
}

function fileText(base: Base, parts: readonly Part[], pack: Pack, { passage, what, commands }: Direction): string {
  const { name, site, platform, file, sha256 } = base
  const said = (sentence: string) => `${platform.change.comment} ${ascii(sentence)}`
  return [
    said(`${pack.tool.name} ${pack.tool.version}, ${pack.created_at}`),
    said(`${what} on ${name} (${platform.name}), site ${site}`),
    said(`computed from ${file}`),
    said(`sha256 ${sha256}`),
    said(`fixes ${parts.flatMap(p => p.fixes).join(' ')}`),
    said('Read PLAN.md first: nothing here keeps the change over a restart.'),
    ...passage.enter,
    ...parts.flatMap(part => [said(`${part.fixes.join(' ')} ${part.candidate.plan.strategy}`), commands(part)]),
    ...passage.leave,
    '',
  ].join('\n')
}
