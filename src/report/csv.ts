// The verdicts as a table for spreadsheets and scripts: RFC 4180, one row per segment and PXE point.
import type { PxeVerdict, Result, SegmentMember, SegmentResult } from '../model/result.ts'
import { cutText, oneLine } from './brevity.ts'
import { caveatsOf } from './caveats.ts'
import { OPEN_RULES, troubleOf } from './concerns.ts'
import { legibleText } from './legible.ts'
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
 * with the verdict `unknown`: the segments that only it has are in no other row. So is an audit that judged nothing.
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
  if (!judged) rows.push(['', '', '', '', '', 'unknown', '', '', '', OPEN_RULES['nothing-judged'].rationale, '', '', ''])
  return [HEADER, ...rows].map(row => `${row.map(cell).join(',')}\r\n`).join('')
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

/** Spreadsheets take what begins so for a formula and may run it; full-width forms count (OWASP, CSV injection). */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/
/** A cell of Excel holds 32,767 characters. */
const LONGEST_CELL = 32_000

/** One cell: on one line, not a formula, in quotes where it must be (RFC 4180, 2.5 to 2.7). */
function cell(text: string): string {
  const shown = cutText(oneLine(legibleText(text)), LONGEST_CELL)
  const safe = FORMULA.test(text) || FORMULA.test(shown) ? `'${shown}` : shown
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
