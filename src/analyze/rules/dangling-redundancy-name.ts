import { ANY_SEGMENT, gateOf, type SegmentOf, segmentIndex } from '../gates.ts'
import { defineRule, exampleRouter } from '../rule.ts'

const HSRP = 'standby 10 ip 10.0.10.1'

export default defineRule({
  id: 'dangling-redundancy-name',
  title: 'A relay is tied to a redundancy group that does not exist',
  severity: 'warning',
  rationale: `\`ip helper-address A redundancy NAME\` forwards only while the HSRP group called NAME is active on that interface. A name that
no running IPv4 HSRP group of the interface carries (a typing error, a group on another interface, VRRP or GLBP) gates nothing that
can be relied upon: what the router then does is not documented. The audit counts such a relay as if it had no condition.`,
  examples: {
    bad: [
      {
        shows: 'The name is misspelt.',
        configs: { r1: exampleRouter(2, HSRP, 'standby 10 name HSRP-Data', 'ip helper-address 10.9.9.5 redundancy HRSP-Data') },
      },
      {
        shows: 'The name stands on a group that was never activated.',
        configs: { r1: exampleRouter(2, HSRP, 'standby 11 name PXE', 'ip helper-address 10.9.9.5 redundancy PXE') },
      },
    ],
    good: [
      {
        shows: 'The group carries the name.',
        configs: { r1: exampleRouter(2, HSRP, 'standby 10 name PXE', 'ip helper-address 10.9.9.5 redundancy PXE') },
      },
      {
        shows: 'The name that IOS makes up for an unnamed group exists too.',
        configs: { r1: exampleRouter(2, HSRP, 'ip helper-address 10.9.9.5 redundancy hsrp-Vl10-10') },
      },
    ],
  },
  *check({ network }) {
    // Made for the first that is found: mostly there is none.
    let segmentOf: SegmentOf | undefined
    for (const { device } of network.devices)
      for (const iface of device.interfaces)
        for (const relay of iface.relays) {
          if (relay.redundancy === null || !relay.live) continue
          const gate = gateOf(device, iface, relay, ANY_SEGMENT)
          if (gate.state !== 'broken') continue
          segmentOf ??= segmentIndex(network)
          yield {
            subject: `${device.device} ${iface.name} ${relay.target} ${relay.redundancy}`,
            segment: segmentOf(device, iface),
            message: `${device.device} relays ${iface.name} to ${relay.target} under the condition ${relay.redundancy}, which does not hold: ${gate.why}`,
            evidence: [
              { device, line: relay.line, note: `refers to ${relay.redundancy}` },
              ...iface.groups
                .filter(g => g.protocol === 'hsrp')
                .map(g => ({
                  device,
                  line: g.line,
                  note: `group ${g.id} is ${g.name === null ? 'unnamed' : `named ${g.name}`}`,
                })),
            ],
          }
        }
  },
})
