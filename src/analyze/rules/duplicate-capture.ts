import type { Device } from '../../model/device.ts'
import { listed } from '../cite.ts'
import { defineRule, exampleRouter } from '../rule.ts'

/** More addresses than this say nothing new. */
const MOST = 3

export default defineRule({
  id: 'duplicate-capture',
  title: 'Two captures of one router are in the audit',
  severity: 'warning',
  rationale: `Two configurations have the same host name and the same interface addresses: one router, captured twice, or once under an old
name of its file. Taken for a redundant pair it would hide that the other half of the pair is missing, so the older capture was left out
and only the newer one counts. Where only the times of files tell which that is, and the two differ, segments that this concerns are
unknown. Two that an inventory or a manifest names are two routers: then one address leads to the other router, whoever it belongs to was
not read, and the segments of its site stay open.

Remove the older file, or give the devices different sites where they really are two.`,
  examples: {
    bad: [
      {
        shows: 'Last week and today.',
        configs: {
          'r1': `hostname R1\n${exampleRouter(2)}`,
          'r1-old': `hostname R1\n${exampleRouter(2, 'ip helper-address 10.9.9.5')}`,
        },
      },
    ],
    good: [
      {
        shows: 'Two routers that nobody gave a name of their own.',
        configs: { r1: `hostname Router\n${exampleRouter(2)}`, r2: `hostname Router\n${exampleRouter(3)}` },
      },
      {
        shows: 'Two routers with one address: a conflict, and not one router.',
        configs: { r1: `hostname R1\n${exampleRouter(2)}`, r2: `hostname R2\n${exampleRouter(2)}` },
      },
    ],
  },
  *check({ network }) {
    for (const { hostname, kept, left, addresses, timed } of network.captures) {
      const named = addresses.slice(0, MOST)
      const more = addresses.length > MOST ? ` and ${addresses.length - MOST} more addresses` : ''
      yield {
        subject: `${hostname} ${[kept.device, left.device].sort().join(' ')}`,
        message: `${kept.file} and ${left.file} are captures of one router, ${hostname}: both have ${more ? named.join(', ') : listed(named)}${more}; ${left.file}, the older one${timed ? '' : ' by the times of the files'}, was left out`,
        evidence: [kept, left].flatMap(device =>
          named
            .flatMap(ip => placesOf(device, ip))
            .map(({ line, name }) => ({
              device,
              line,
              note: `${name} of ${hostname}${device === left ? ', left out' : ''}`,
            })),
        ),
      }
    }
  },
})

const placesOf = (device: Device, ip: string) =>
  device.interfaces.flatMap(i => i.addresses.filter(a => a.ip === ip).map(({ line }) => ({ line, name: i.name })))
