// The devices of a reading, related to one another and judged.
import { correlate } from '../analyze/correlate.ts'
import { judge } from '../analyze/judge.ts'
import type { Rule } from '../analyze/rule.ts'
import type { PxePoint } from '../model/inventory.ts'
import type { Judgement } from '../model/judgement.ts'
import type { Assumptions, Network } from '../model/network.ts'
import { type Timings, untimed } from '../model/timings.ts'
import { type Remarked, remarksOf } from './findings.ts'
import type { Reading } from './read.ts'

/** What devices are judged by. */
export interface LookOptions {
  readonly points: readonly PxePoint[]
  readonly rules: readonly Rule[]
  readonly assume: Assumptions
  /** Addresses of host names that are no PXE point's. */
  readonly hosts?: Network['hosts'] | undefined
  readonly timings?: Timings
  /** What was found of a network that has devices in common with this one. */
  readonly earlier?: Look | undefined
}

/** A network as it was found; nothing is quoted yet. */
export interface Look {
  readonly network: Network
  readonly judgements: readonly Judgement[]
  /** Worst first. */
  readonly remarks: readonly Remarked[]
}

/** Relates the devices, judges every segment, and lets the rules say what they found. */
export function look(reading: Reading, { points, rules, assume, hosts, timings = untimed, earlier }: LookOptions): Look {
  const { captures, strangers } = reading
  const network = timings.during('correlate', () =>
    correlate(reading.devices, points, reading.gaps, {
      captures,
      strangers,
      assume,
      ...(hosts && { hosts }),
      earlier: earlier?.network,
    }),
  )
  return timings.during('judge', () => {
    const judgements = judge(network, earlier)
    return { network, judgements, remarks: remarksOf({ network, judgements }, rules, earlier) }
  })
}
