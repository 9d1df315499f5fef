// What a verdict does not rest on, and its reader has to know.
import type { Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'

/** Captures that nothing proves whole, and groups that are configured and do not run. */
export function caveatsOf({ attachments, groups }: Segment): readonly Reason[] {
  const caveats: Reason[] = []
  attachments.forEach(({ device: own }, n) => {
    if (own.complete !== null || attachments.findIndex(a => a.device === own) < n) return
    const { device, incomplete } = own
    caveats.push({ code: 'completeness-not-provable', message: `${device}: ${incomplete}`, device, line: null })
  })
  for (const { protocol, number, members } of groups)
    for (const { attachment, group } of members) {
      if (group.enabled || !attachment.interface.enabled) continue
      const { device } = attachment.device
      const name = protocol === 'anycast' ? 'anycast gateway' : `${protocol.toUpperCase()} group ${number}`
      const message = `${name} of ${attachment.interface.name} on ${device} is configured and does not run`
      caveats.push({ code: 'group-off', message, device, line: group.line })
    }
  return caveats
}
