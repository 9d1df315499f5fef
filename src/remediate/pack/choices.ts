// What a person must choose, in PLAN.md and as files.
import { TRADE_OFFS } from '../../model/remedy.ts'
import type { Candidate } from '../candidate.ts'
import { backText, forthText } from './commands.ts'
import type { About, Base, Pack, PackFile } from './pack.ts'
import type { Paths } from './paths.ts'
import { riskText, verifyText } from './step-text.ts'
import { type Part, snippetOf } from './steps.ts'
import { block, code, text } from './words.ts'

/** The router that a way lets go on relaying, and the how manieth this way is that does. */
function keptBy(way: Candidate, ways: readonly Candidate[]) {
  const same = ways.filter(w => w.plan.keeps === way.plan.keeps)
  return { keeps: way.plan.keeps ?? way.plan.id, nth: same.indexOf(way) + 1 }
}

const partOf = (candidate: Candidate, device: string): Part => ({
  candidate,
  fixes: [candidate.duplicate.fingerprint],
  snippet: snippetOf(candidate, device),
})

/** The section of the plan; empty where there is nothing to choose. */
export function choicesText({ change: { choices } }: Pack, abouts: ReadonlyMap<string, About>, paths: Paths): string[] {
  if (choices.length === 0) return []
  return [
    '## For a person to choose',
    '',
    'Nothing in the configurations tells well enough which router should go on relaying, so nothing of this is in the files of the change. Each way is',
    'proven by itself, on top of the change above. `remediate --prefer ROUTER` makes a pack with the choice in it, proven with all the rest.',
    ...choices.flatMap(({ fingerprint, ways }) => {
      const about = abouts.get(fingerprint)
      const place = about?.segment.subnets.join(' ') || (about?.segment.id ?? '')
      return [
        '',
        `### ${text(place)}, ${text(about?.point ?? '')} (site ${text(about?.site ?? '')}, finding ${code(fingerprint)})`,
        ...ways.flatMap(way => wayText(way, ways, paths)),
        '',
        ...[...new Set(ways.map(w => w.plan.strategy))].map(s => `- ${code(s)}: ${text(TRADE_OFFS[s])}`),
      ]
    }),
  ]
}

function wayText(way: Candidate, ways: readonly Candidate[], paths: Paths): string[] {
  const { fingerprint } = way.duplicate
  return [...way.changes.keys()].flatMap(device => {
    const part = partOf(way, device)
    const { forth, back } = paths.choice(fingerprint, keptBy(way, ways), device)
    return [
      '',
      `**${text(keptBy(way, ways).keeps)} goes on relaying.** On ${text(device)}, enter ${code(forth)}; back out with ${code(back)}.`,
      '',
      ...block(part.snippet.apply),
      '',
      ...riskText([part], device),
      '',
      ...verifyText([part]),
    ]
  })
}

/** What the files say they are. */
const CHOICE = 'choice, to be entered once the change of this pack is there,'

/** Both ways as files. */
export function choiceFiles(pack: Pack, paths: Paths): PackFile[] {
  return pack.change.choices.flatMap(({ fingerprint, ways }) =>
    ways.flatMap(way =>
      [...way.changes.keys()].flatMap(device => {
        const base = pack.bases.get(device) as Base
        const { forth, back } = paths.choice(fingerprint, keptBy(way, ways), device)
        const parts = [partOf(way, device)]
        return [
          { path: forth, content: forthText(base, parts, pack, CHOICE) },
          { path: back, content: backText(base, parts, pack, CHOICE) },
        ]
      }),
    ),
  )
}
