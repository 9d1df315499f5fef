// A planned router in its platform's words, with noise that must change nothing.
import { renderEos } from './eos.ts'
import { renderIos } from './ios.ts'
import { renderJunos } from './junos.ts'
import { renderNxos } from './nxos.ts'
import type { Os, PlannedRouter } from './plan.ts'
import { type Random, random } from './random.ts'

export const PLATFORMS: Readonly<Record<Os, string>> = {
  'ios': 'cisco-ios',
  'nxos': 'cisco-nxos',
  'eos': 'arista-eos',
  'junos-brace': 'juniper-junos',
  'junos-set': 'juniper-junos',
}

/** True where the text itself shows where it ends. */
export const isClosed = ({ os, header }: PlannedRouter): boolean => os !== 'junos-set' && (os !== 'nxos' || header)

/** The configuration of a planned router. `order` shuffles what may stand in any order and adds comments and blank lines. */
export function render(router: PlannedRouter, order: number): string {
  const r = random(order)
  const lines = router.os.startsWith('junos') ? junos(router, r) : indented(router, r)
  // Set lines are only known to be whole with the end of the last one.
  const end = router.os === 'junos-set' || r.chance(0.9) ? '\n' : ''
  return lines.join(r.chance(0.2) ? '\r\n' : '\n') + end
}

const junos = (router: PlannedRouter, r: Random) => {
  const comment = router.os === 'junos-set' ? '# comment' : '/* comment { */'
  return renderJunos(router, r).flatMap(line => (r.chance(0.04) ? [r.chance(0.5) ? comment : '', line] : [line]))
}

const RENDERERS = { ios: renderIos, nxos: renderNxos, eos: renderEos } as const

function indented(router: PlannedRouter, r: Random): string[] {
  const { head, parts, tail } = RENDERERS[router.os as keyof typeof RENDERERS](router, r)
  const blocks = [...head, ...r.shuffle(parts), ...tail]
  return blocks.flatMap((block, n) => [...block, ...(n < blocks.length - 1 && r.chance(0.5) ? [r.chance(0.7) ? '!' : ''] : [])])
}
