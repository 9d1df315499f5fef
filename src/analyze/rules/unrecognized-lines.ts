import { LACKS } from '../../model/unresolved.ts'
import { defineRule, exampleRouter } from '../rule.ts'

/** More lines than this say nothing new. */
const MOST = 20

export default defineRule({
  id: 'unrecognized-lines',
  title: 'Lines that matter were not understood',
  severity: 'warning',
  rationale: `A line that starts with a keyword the audit owns (addresses, relays, redundancy groups) is in a form it does not know, or uses a
name that is defined nowhere. What it does could change the answer, so the segments of its interface (or of the whole device, if it
stands outside of interfaces) are reported as unknown unless two copies are proven already.`,
  examples: {
    bad: [{ shows: 'An address that is none.', configs: { r1: exampleRouter(2, 'ip helper-address 10.9.9.999') } }],
    good: [
      {
        shows: 'Lines nobody needs here are no reason to doubt.',
        configs: { r1: exampleRouter(2, 'ip ospf cost 10', 'no ip redirects') },
      },
    ],
  },
  *check({ network }) {
    for (const { device } of network.devices) {
      const lines = [
        ...device.unrecognized.map(u => ({ line: u.line, interface: u.interface, note: 'not understood' })),
        ...device.unresolved.map(u => ({
          line: u.line,
          interface: u.interface,
          note: `${u.name} ${LACKS[u.why]}`,
        })),
      ]
      if (lines.length === 0) continue
      const where = [...new Set(lines.map(l => l.interface ?? 'the device as a whole'))]
      yield {
        subject: device.device,
        message: `${lines.length === 1 ? 'one line' : `${lines.length} lines`} of ${device.device} could not be understood; affected: ${where.slice(0, 8).join(', ')}${where.length > 8 ? ` and ${where.length - 8} more` : ''}`,
        evidence: lines.slice(0, MOST).map(l => ({ device, line: l.line, note: l.note })),
      }
    }
  },
})
