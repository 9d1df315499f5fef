// A planned network through the real program, up to the verdicts.
import { correlate } from '../../../src/analyze/correlate.ts'
import { judge } from '../../../src/analyze/judge.ts'
import { known } from '../../../src/audit/known.ts'
import { readAll } from '../../../src/audit/read.ts'
import type { Collected, CollectedText, PxePoint } from '../../../src/model/inventory.ts'
import type { Judgement } from '../../../src/model/judgement.ts'
import type { Network } from '../../../src/model/network.ts'
import type { PxeVerdict } from '../../../src/model/result.ts'
import { type Plan, type PlannedRouter, type PlannedVlan, planNetwork, type Wish } from './plan.ts'
import { PLATFORMS, render } from './render.ts'
import { TARGETS } from './words.ts'

export const pointOf = (plan: Pick<Plan, 'vrf'>): PxePoint => ({
  name: 'pxe',
  kind: 'wds',
  addresses: [TARGETS.first, TARGETS.second],
  retired: [],
  hostnames: [TARGETS.name],
  networks: ['10.9.9.0/24'],
  vrf: plan.vrf,
  sites: null,
})

/** One configuration as if it had just been collected. */
export const collected = (
  router: Pick<PlannedRouter, 'name' | 'os'>,
  text: string,
  platform: string = PLATFORMS[router.os],
): CollectedText => ({
  state: 'collected',
  device: router.name,
  site: 'here',
  platform,
  file: `${router.name}.cfg`,
  text,
  sha256: '',
  collected_at: '2026-11-27T00:00:00.000Z',
  incomplete: null,
  whole: false,
})

/** The configurations of a seed's network, and its plan. */
export function generate(seed: number, wish: Wish = {}, order = seed): { plan: Plan; files: CollectedText[] } {
  const plan = planNetwork(seed, wish)
  return { plan, files: plan.routers.map((router, n) => collected(router, render(router, order * 8 + n))) }
}

/** Verdicts by the first subnet of each VLAN, and the network they are about. */
export function judgeFiles(
  plan: Plan,
  files: readonly Collected[],
): { network: Network; judgements: readonly Judgement[]; verdictOn(vlan: PlannedVlan): PxeVerdict[] } {
  const reading = readAll(files, known)
  const network = correlate(reading.devices, [pointOf(plan)], reading.gaps)
  const judgements = judge(network)
  return {
    network,
    judgements,
    verdictOn: vlan =>
      judgements
        .filter(j => j.segment.subnets.some(s => s.startsWith(`10.${vlan.id}.0.`) || s.startsWith(`10.${vlan.id}.100.`)))
        .map(j => j.verdict),
  }
}
