// A segment on one line of a terminal.
import type { SegmentResult } from '../../model/result.ts'
import { oneLine } from '../brevity.ts'
import { legibleText } from '../legible.ts'

/** `ams 10.20.10.0/24`, with the VRF unless it is the default one, and a router where one subnet stands for several segments. */
export const place = ({ site, vrf, subnets, id }: SegmentResult) =>
  legibleText(
    `${site === 'default' ? '' : `${site} `}${vrf === 'default' ? '' : `${vrf} `}${subnets[0] ?? id}${subnets.length > 1 ? ` +${subnets.length - 1}` : ''}${/ \([^)]*\)$/.exec(id)?.[0] ?? ''}`,
  )

/** The routers that stand on it. */
export const routers = ({ members }: SegmentResult) => oneLine(legibleText([...new Set(members.map(m => m.device))].join(' ')))
