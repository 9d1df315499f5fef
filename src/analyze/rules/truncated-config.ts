import { defineRule, exampleRouter } from '../rule.ts'

export default defineRule({
  id: 'truncated-config',
  title: 'A configuration is cut short',
  severity: 'warning',
  rationale: `What is missing from a truncated capture proves nothing: the relay that is not there may have been cut away. Segments of the
device are reported as unknown unless two copies are proven already, and so are segments of its neighbours that show one router only.
Collect the device again.`,
  examples: {
    bad: [
      {
        shows: 'The closing `end` is missing.',
        configs: { r1: 'hostname r1\ninterface Vlan10\n ip address 10.0.10.2 255.255.255.0\n ip helper-addr' },
      },
    ],
    good: [{ shows: 'A whole configuration.', configs: { r1: exampleRouter(2) } }],
  },
  *check({ network }) {
    for (const { device } of network.devices) {
      if (device.complete !== false) continue
      yield {
        subject: device.device,
        message: `the configuration of ${device.device} is cut short: ${device.incomplete}`,
        evidence: [{ device, line: device.lines.total, note: 'the last line there is' }],
      }
    }
  },
})
