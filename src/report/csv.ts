// The verdicts as a table for spreadsheets and scripts: RFC 4180, one row per segment and PXE point.
import type { PxeVerdict, Result, SegmentMember, SegmentResult } from '../model/result.ts'
import { caveatsOf } from './caveats.ts'
import { OPEN_RULES, troubleOf, waitingOf, waitingText } from './concerns.ts'
import { csvText } from './csv/cells.ts'
import { pairsOf } from './places.ts'

const HEADER = [
  'site',
  'vrf',
  'segment',
  'subnets',
  'pxe_point',
  'verdict',
  'copies',
  'survives_failover',
  'members',
  'reasons',
  'caveats',
  'finding',
  'accepted',
]

/**
 * The verdicts in the order of the result. A device that was not read, or not whole, is a row of its own without a segment and
 * with the verdict `unknown`: the segments that only it has are in no other row. So is an audit that judged
 * nothing, and a finding of an earlier run that this one could not look at.
 */
export function csv(result: Result): string {
  const rows = pairsOf(result).map(({ segment, pxe, finding }) => [
    ...placeCells(segment),
    ...verdictCells(pxe),
    segment.members.map(memberText).join('; '),
    pxe.reasons.map(r => r.message).join('; '),
    caveatsOf(pxe)
      .map(r => r.message)
      .join('; '),
    finding?.fingerprint ?? '',
    finding?.waived ?? '',
  ])
  const judged = rows.length > 0
  for (const device of result.devices)
    if (troubleOf(device) !== null)
      rows.push([device.site, '', '', '', '', 'unknown', '', '', device.name, device.reason ?? 'not read whole', '', '', ''])
  for (const f of waitingOf(result))
    rows.push([
      f.site,
      '',
      '',
      '',
      '',
      'unknown',
      '',
      '',
      '',
      `${f.message}; ${waitingText(f)}`,
      '',
      f.fingerprint,
      f.waived ?? '',
    ])
  if (!judged) rows.push(['', '', '', '', '', 'unknown', '', '', '', OPEN_RULES['nothing-judged'].rationale, '', '', ''])
  return csvText([HEADER, ...rows])
}

const placeCells = ({ site, vrf, id, subnets }: SegmentResult) => [site, vrf, id, subnets.join(' ')]

const verdictCells = ({ point, verdict, copies, survives_failover }: PxeVerdict) => [
  point,
  verdict,
  copies === null ? '' : `${copies}`,
  survives_failover === null ? '' : survives_failover ? 'yes' : 'no',
]

const memberText = ({ device, interface: name, address, role }: SegmentMember) =>
  [device, name, ...(address === null ? [] : [address]), role].join(' ')
