// Start and stop the relay with the role of the router, by the script that its platform runs when the role changes.
import type { Group } from '../../model/device.ts'
import type { RedundancyGroup } from '../../model/network.ts'
import { type Action, byDevice, commonValues, type Strategy, standbyFirst } from '../plan.ts'
import { idleMember } from './idle.ts'

/** For routers that run one group on the segment and whose platforms all run scripts on a change of role. */
export const followMaster: Strategy = (judgement, { can }) => {
  const { segment, copies, preferred } = judgement
  const paths = copies.live
  if (byDevice(paths).size < 2 || paths.some(p => !can(p.attachment.device, 'follow-master'))) return []
  const groupOf = (n: number, attachment: (typeof paths)[number]['attachment']): Group | undefined =>
    segment.groups[n]?.members.find(m => m.attachment === attachment && m.group.enabled && m.group.protocol !== 'anycast')?.group
  const shared = segment.groups.findIndex((g, n) => g.protocol !== 'glbp' && paths.every(p => groupOf(n, p.attachment)))
  if (shared < 0) return []
  const idle = idleMember(segment.groups[shared] as RedundancyGroup, judgement)
  if (idle !== null) return { withheld: idle }
  const actions = standbyFirst(paths, preferred.attachment)
    .filter(p => p.gate.state !== 'shared')
    .map((path): Action => {
      const group = groupOf(shared, path.attachment)
      const values = {
        ...commonValues(path, preferred.attachment),
        group: group?.id,
        protocol: group?.protocol,
        name: group?.name,
      }
      return { id: 'follow-master', attachment: path.attachment, relay: path.relay, values }
    })
  return [{ strategy: 'follow-master', id: 'follow-master', keeps: null, undecided: false, remark: '', wide: false, actions }]
}
