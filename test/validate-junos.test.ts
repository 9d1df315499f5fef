// Changes in the idioms of Junos: what they leave of the relay of one router, and of that of the one beside it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pxePoint } from './support/point.ts'
import { cleanUp, folderOf, validating } from './support/validating.ts'

cleanUp()
const points = [pxePoint()]
const V20 = 'default default 10.0.20.0/24'

/** r2 relays irb.20 by the servers of the level; r3 has the other address of the segment. In braces, as routers print it. */
const R2 = `version 20.4R3;
system {
    host-name r2;
}
interfaces {
    irb {
        unit 20 {
            family inet {
                address 10.0.20.2/24;
            }
        }
    }
}
forwarding-options {
    helpers {
        bootp {
            server 10.9.9.5;
            interface {
                irb.20;
            }
        }
    }
}
vlans {
    V20 {
        vlan-id 20;
        l3-interface irb.20;
    }
}
`
const R3 = R2.replace('r2;', 'r3;')
  .replace('20.2/', '20.3/')
  .replace(/forwarding-options[\s\S]*(?=vlans)/, '')

async function typed(device: string, text: string) {
  const file = join(folderOf({}), 'change0.txt')
  writeFileSync(file, text)
  const current = folderOf({ 'r2.cfg': R2, 'r3.cfg': R3 })
  return await validating({ current, changes: [{ device, file }], points })
}
/** What the change makes of a segment that one router relays. */
const makes = async (device: string, text: string) => {
  const { verdicts, incomplete } = await typed(device, text)
  const { before, after } = verdicts.find(v => v.segment === V20) ?? {}
  expect(before?.verdict ?? 'single').toBe('single')
  return [after?.verdict ?? 'single', incomplete.length]
}

describe('the last of its kind that is taken out', () => {
  it.each([
    'delete forwarding-options helpers bootp interface irb.20',
    'deactivate forwarding-options helpers bootp interface irb.20',
    'delete forwarding-options helpers bootp interface',
    'forwarding-options {\n    helpers {\n        bootp {\n            interface {\n                delete: irb.20;\n            }\n        }\n    }\n}',
  ])('leaves nothing behind that is not understood: %s', async text => {
    expect(await makes('r2', `${text}\n`)).toEqual(['none', 0])
  })
})

describe('a mark on a line of its own', () => {
  const OTHER = 'forwarding-options {\n    sampling {\n        input;\n    }\n}\n'
  it.each([
    ['above the top', `replace:\n${OTHER}`],
    ['behind a command that brings it', `load replace terminal\nreplace:\n${OTHER}`],
    [
      'below',
      `forwarding-options {\n    replace:\n    helpers {\n        bootp {\n            interface irb.20;\n        }\n    }\n}\n`,
    ],
  ])('stands for the statement behind it: %s', async (_, text) => {
    expect(await makes('r2', text)).toEqual(['none', 0])
  })
})

describe('statements that are typed on one line', () => {
  // Each is what the device takes it for: the interface leaves the segment.
  it.each([
    'set routing-instances GUESTS description hall interface irb.20',
    'set routing-instances GUESTS instance-type virtual-router interface irb.20',
  ])('are told apart behind one with a value: %s', async text => {
    const { verdicts, incomplete } = await typed('r2', `${text}\n`)
    expect(verdicts.map(v => [v.segment, v.after?.verdict])).toEqual([
      ['default GUESTS 10.0.20.0/24', 'single'],
      [V20, 'none'],
    ])
    expect(incomplete).toEqual([])
  })

  it.each(['set routing-instances GUESTS vrf-table-label interface irb.20', 'set vlans V20 vxlan vni 10020 l3-interface irb.30'])(
    'are not understood behind others: %s',
    async text => {
      expect((await makes('r2', `${text}\n`))[0]).toBe('unknown')
    },
  )
})

/** The other VLAN of the router stays, so that taking the routing interface out of its own says something. */
const VLANS = `vlans {\n    V30 {\n        vlan-id 30;\n        l3-interface irb.30;\n    }\n}\n`

describe('an interface that is taken out of its VLAN', () => {
  it.each(['delete vlans V20', 'delete vlans V20 l3-interface', 'deactivate vlans V20', 'set vlans V20 l3-interface irb.21'])(
    'may hear nothing: %s',
    async text => {
      expect((await makes('r2', `${VLANS}${text}\n`))[0]).toBe('unknown')
    },
  )

  it('and put into another one, or the same one under another name, hears', async () => {
    for (const text of ['rename vlans V20 to HALL', 'delete vlans V20\nset vlans HALL vlan-id 20 l3-interface irb.20'])
      expect(await makes('r2', `${VLANS}${text}\n`)).toEqual(['single', 0])
  })
})

describe('words that are not typed in full', () => {
  it.each([
    'delete forwarding-options helpers bootp interf',
    'edit forwarding-options helpers\ndelete boo',
    'deactivate forwarding-options help bootp',
    'dele forw helpers bootp',
    'DELETE forwarding-options helpers bootp',
    'set interfaces irb u 20 disable',
    'set interfaces irb unit 20 disab',
    'set interfaces irb disab',
    'set vlans V20 l3-int irb.30',
  ])('lead to a statement that the device knows: %s', async text => {
    expect((await makes('r2', `${text}\n`))[0]).toBe('unknown')
  })

  it('lead nowhere where nothing begins so, nor where a name does', async () => {
    for (const path of ['helpers tftp', 'helpers bootp interface irb.2', 'helpers bootp interface irb'])
      expect(await makes('r2', `delete forwarding-options ${path}\n`)).toEqual(['single', 0])
  })
})
