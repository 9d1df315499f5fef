import type { Path } from '../../model/judgement.ts'
import type { Attachment } from '../../model/network.ts'
import { citeRelay, distinct, listed } from '../cite.ts'
import { defineRule, exampleRouter } from '../rule.ts'

const RELAY = 'ip helper-address 10.9.9.5'
const GATED = ['standby 10 ip 10.0.10.1', 'standby 10 name PXE', `${RELAY} redundancy PXE`]

export default defineRule({
  id: 'double-target-relay',
  title: 'One router relays an interface to one PXE server twice',
  severity: 'warning',
  rationale: `A router sends one copy of each request to every target of an interface. Where two targets are the same server (two of its
network cards, its host name and its address, its address and the directed broadcast of its subnet, a plain line beside a gated one),
the server gets every request twice from this router alone. Tying the relays to the active router does not help: that router sends both.

Leave one target per PXE server on each interface. A server that must be reached over two addresses for redundancy needs one of its own.`,
  examples: {
    bad: [
      {
        shows: 'Two network cards of one server.',
        addresses: ['10.9.9.5', '10.9.9.6'],
        configs: { r1: exampleRouter(2, RELAY, 'ip helper-address 10.9.9.6') },
      },
      {
        shows: 'The host name of the server and its address.',
        hostnames: ['wds01.corp.example'],
        configs: { r1: exampleRouter(2, RELAY, 'ip helper-address wds01.corp.example') },
      },
      {
        shows: 'The address of the server and the directed broadcast of its subnet.',
        networks: ['10.9.9.0/24'],
        configs: { r1: exampleRouter(2, RELAY, 'ip helper-address 10.9.9.255') },
      },
      {
        shows: 'A plain line beside a gated one.',
        configs: { r1: exampleRouter(2, ...GATED, RELAY), r2: exampleRouter(3, ...GATED) },
      },
      {
        shows: 'Two groups on one interface: a router that is active for both sends both.',
        configs: {
          r1: exampleRouter(2, ...GATED, 'standby 11 ip 10.0.10.11', 'standby 11 name SPARE', `${RELAY} redundancy SPARE`),
        },
      },
    ],
    good: [
      {
        shows: 'One target is the PXE server, the other a DHCP server.',
        configs: { r1: exampleRouter(2, RELAY, 'ip helper-address 10.9.9.20') },
      },
      {
        shows: 'Each router has one target.',
        addresses: ['10.9.9.5', '10.9.9.6'],
        configs: { r1: exampleRouter(2, RELAY), r2: exampleRouter(3, 'ip helper-address 10.9.9.6') },
      },
    ],
  },
  *check({ judgements }) {
    for (const { segment, point, copies } of judgements)
      for (const [{ device, interface: iface }, paths] of byAttachment(copies.live)) {
        const double = ([4, 6] as const).map(f => paths.filter(p => p.relay.family === f)).filter(p => p.length > 1)
        if (double.length === 0) continue
        const all = double.flat()
        const targets = distinct(all.map(targetOf))
        const times = Math.max(...double.map(p => p.length))
        yield {
          subject: `${segment.id} ${point.name} ${device.device} ${iface.name}`,
          copies: times,
          message: `${device.device} relays ${iface.name} to ${point.name} ${times} times at once: ${targets.length > 1 ? `${listed(targets)} are one server` : `${all.length} lines have the target ${targets[0]}`}`,
          evidence: all.flatMap(p => citeRelay(p, `${iface.name} relays to ${targetOf(p)}`)),
        }
      }
  },
})

const NONE: ReadonlyMap<Attachment, readonly Path[]> = new Map()

function byAttachment(paths: readonly Path[]): ReadonlyMap<Attachment, readonly Path[]> {
  // Mostly every router has one.
  if (paths.every((p, n) => paths.findIndex(x => x.attachment === p.attachment) === n)) return NONE
  const found = new Map<Attachment, Path[]>()
  for (const path of paths) found.set(path.attachment, [...(found.get(path.attachment) ?? []), path])
  return found
}

const targetOf = ({ relay }: Path) => relay.target
