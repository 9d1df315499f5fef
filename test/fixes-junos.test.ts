// Junos fixes in dhcp-relay groups: the exact lines, and no lines where a commit would refuse them.
import { expect, it } from 'vitest'
import { fixValues } from '../parsers/juniper-junos/fixes.ts'
import { readDevice } from '../src/parse/assemble.ts'
import { platformOf } from '../src/platforms.ts'

const LEVEL = 'set forwarding-options dhcp-relay'
function valuesOf(name: string, servers: readonly string[], entries: readonly string[]) {
  const text = [
    ...[10, 11, 12].map(n => `set interfaces irb unit ${n} family inet address 10.0.${n}.1/24`),
    ...servers.map(s => `${LEVEL} server-group S ${s}`),
    `${LEVEL} group G active-server-group S`,
    ...entries.map(e => `${LEVEL} group G interface ${e}`),
    '',
  ].join('\n')
  const platform = platformOf('juniper-junos')
  if (!platform) throw new Error('no platform')
  const device = readDevice(platform, { device: 'r1', file: 'r1.cfg', text })
  const iface = device.interfaces.find(i => i.name === name)
  const relay = iface?.relays.find(r => r.target === '10.9.9.5')
  if (!iface || !relay) throw new Error(`${name} has no relay`)
  return fixValues(device, iface, relay, [relay])
}
const BOTH = ['10.9.9.5', '10.9.9.20']

it('copies a group for an interface that is listed by itself', () => {
  expect(valuesOf('irb.10', BOTH, ['irb.10', 'irb.11'])).toMatchObject({ spare: 'G-irb-10', listed: true, others: ['irb.11'] })
})

it('splits a range around the interface that leaves it while servers are kept', () => {
  const range = ['irb.10 upto irb.12']
  // 10 leaves: 11 to 12 stay a range. 11 leaves: two single interfaces. 12 leaves: 10 to 11 stay a range.
  expect(valuesOf('irb.10', BOTH, range)).toMatchObject({ split: { front_there: false, rear: 'irb.11', single: false } })
  expect(valuesOf('irb.11', BOTH, range)).toMatchObject({
    split: { front_there: true, front: null, rear: 'irb.12', single: true },
  })
  expect(valuesOf('irb.12', BOTH, range)).toMatchObject({ split: { front_there: true, front: 'irb.11', rear: null } })
})

it('gives one of all a group of its own, and withholds what a commit would refuse', () => {
  expect(valuesOf('irb.11', BOTH, ['all'])).toMatchObject({ entry: 'all', moved: true, split: null })
  expect(valuesOf('irb.11', BOTH, ['irb.10 upto irb.12', 'irb.11'])).toMatchObject({
    withheld: expect.stringContaining('a range around irb.11'),
  })
})

it('lets a range begin with its next interface, and makes it a single one where that is the last', () => {
  expect(valuesOf('irb.10', ['10.9.9.5'], ['irb.10 upto irb.12'])).toMatchObject({ next: 'irb.11', listed: false, moved: false })
  expect(valuesOf('irb.10', ['10.9.9.5'], ['irb.10 upto irb.11'])).toMatchObject({
    split: { front_there: false, front: null, rear: 'irb.11', single: true },
  })
})
