// The strategies on the network's side, by name.
import type { StrategyId } from '../../model/remedy.ts'
import type { Strategy } from '../plan.ts'
import { followMaster } from './follow-master.ts'
import { gate } from './gate.ts'
import { pairDedup } from './pair-dedup.ts'
import { remove } from './remove.ts'

export const strategies: Readonly<Record<StrategyId, Strategy>> = {
  'gate': gate,
  'pair-dedup': pairDedup,
  'follow-master': followMaster,
  'remove': remove,
}
