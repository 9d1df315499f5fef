import type { Judgement, Path } from '../../model/judgement.ts'
import type { Attachment } from '../../model/network.ts'
import { citeRelay, listed } from '../cite.ts'
import { type Cite, defineRule, exampleRouter } from '../rule.ts'

const RELAY = 'ip helper-address 10.9.9.5'

/** More interfaces than this say nothing new: it is one line of the device, mostly. */
const MOST = 8

export default defineRule({
  id: 'option-82-with-wds',
  title: 'A relay to Windows Deployment Services adds option 82',
  severity: 'warning',
  rationale: `Configuration Manager supports option 82 (relay agent information) only with its own PXE responder, and not with Windows Deployment
Services. Where the router adds it to requests for such a server, booting from the network may fail, on this segment only and without a
word on the server.

Turn option 82 off where clients boot (\`no ip dhcp relay information option\` on Cisco IOS, for the whole router), or move the
distribution point to the PXE responder and say \`kind: responder\` in the inventory. DHCP snooping or a DHCP server may need the option:
ask before you change it.`,
  examples: {
    bad: [
      {
        shows: 'The router adds it on every interface.',
        configs: { r1: `ip dhcp relay information option\n${exampleRouter(2, RELAY)}` },
      },
      {
        shows: 'One interface adds it.',
        configs: { r1: exampleRouter(2, 'ip dhcp relay information option-insert', RELAY) },
      },
      {
        shows: 'Two interfaces of one router: one finding.',
        configs: {
          r1: `ip dhcp relay information option\n${exampleRouter(2, RELAY)}`.replace(
            'end',
            `interface Vlan11\n ip address 10.0.11.2 255.255.255.0\n ${RELAY}\nend`,
          ),
        },
      },
    ],
    good: [
      { shows: 'Nothing adds it.', configs: { r1: exampleRouter(2, RELAY) } },
      {
        shows: 'The server is the PXE responder.',
        kind: 'responder',
        configs: { r1: `ip dhcp relay information option\n${exampleRouter(2, RELAY)}` },
      },
      {
        shows: 'The interface relays to a DHCP server only.',
        configs: { r1: `ip dhcp relay information option\n${exampleRouter(2, 'ip helper-address 10.9.9.20')}` },
      },
    ],
  },
  *check({ judgements }) {
    for (const [subject, { point, paths }] of tellingPaths(judgements)) {
      const { device } = (paths[0] as Path).attachment
      const interfaces = [...new Set(paths.map(p => p.attachment))]
      const names = interfaces.map(a => a.interface.name)
      const where = names.length > MOST ? `${names.slice(0, MOST).join(', ')} and ${names.length - MOST} more` : listed(names)
      yield {
        subject,
        message: `${device.device} adds option 82 to what it relays from ${where} to ${point}, which is of kind wds: Configuration Manager does not support that`,
        evidence: [
          ...citeOption(interfaces),
          ...paths.flatMap(p => citeRelay(p, `${p.attachment.interface.name} relays to ${p.relay.target}`)),
        ],
      }
    }
  },
})

/** The IPv4 relays to servers of kind wds on interfaces that add the option, by router and server: it is an option of DHCPv4. */
function tellingPaths(judgements: readonly Judgement[]): Map<string, { readonly point: string; readonly paths: Path[] }> {
  const found = new Map<string, { point: string; paths: Path[] }>()
  for (const { point, copies } of judgements)
    for (const path of copies.live) {
      const { device, interface: iface } = path.attachment
      if (point.kind !== 'wds' || iface.option_82 === null || path.relay.family !== 4) continue
      const key = `${device.device} ${point.name}`
      const known = found.get(key) ?? { point: point.name, paths: [] }
      found.set(key, known)
      known.paths.push(path)
    }
  return found
}

/** Each line that turns the option on, once. */
function citeOption(attachments: readonly Attachment[]): Cite[] {
  const lines = new Map<number, Cite>()
  for (const { device, interface: i } of attachments) {
    const line = i.option_82
    if (line !== null && !lines.has(line)) lines.set(line, { device, line, note: `makes relays of ${i.name} add option 82` })
  }
  return [...lines.values()]
}
