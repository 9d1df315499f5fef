// validate --max-unknown: what it tolerates, and what it never does.
import { describe, expect, it } from 'vitest'
import { run } from '../src/cli/run.ts'
import type { Tolerance } from '../src/model/tolerance.ts'
import { RELAY, router } from './support/accepting.ts'
import { pxePoint } from './support/point.ts'
import { cleanUp, folderOf, validating } from './support/validating.ts'

cleanUp()
const points = [pxePoint()]
/** A group whose other router is not there: whether that relays, too, nobody knows. */
const LONE = ['standby 30 ip 10.0.30.1']
/** VLAN 30 is unknown, VLANs 20 and 40 have one relay. */
const BASE = router(2, { 20: [RELAY], 30: [RELAY, ...LONE], 40: [RELAY] })
/** Nothing that counts copies, but something that an audit looks at. */
const PRIORITY = 'standby 30 priority 120'
const DHCP = 'ip helper-address 10.9.9.20'
const IN_30 = router(2, { 20: [RELAY], 30: [RELAY, ...LONE, PRIORITY], 40: [RELAY] })
const IN_20_AND_30 = router(2, { 20: [RELAY, DHCP], 30: [RELAY, ...LONE, PRIORITY], 40: [RELAY] })

const tolerance = (text: string): Tolerance => ({
  text,
  number: Number.parseFloat(text),
  percent: text.endsWith('%'),
})
const judged = (after: string, maxUnknown: string | null, more: object = {}) =>
  validating({
    current: folderOf({ 'r2.cfg': BASE }),
    proposed: folderOf({ 'r2.cfg': after }),
    points,
    maxUnknown: maxUnknown === null ? null : tolerance(maxUnknown),
    ...more,
  })

describe('a verdict that was unknown before, on a segment that the change touches', () => {
  it('makes the exit code 3 where nothing is tolerated', async () => {
    const { exit_code, incomplete } = await judged(IN_20_AND_30, null)
    expect(exit_code).toBe(3)
    expect(incomplete).toEqual(['1 verdict is on segments that the change touches and cannot be given'])
  })

  // One of the two verdicts on what the change touches: VLAN 40 does not count, for it is not touched.
  it.each([
    ['1', 0],
    ['50%', 0],
    ['49%', 3],
    ['33.4%', 3],
    ['0', 3],
    ['0%', 3],
  ])('--max-unknown %s: exit code %s', async (text, code) => {
    const { exit_code, incomplete } = await judged(IN_20_AND_30, text)
    expect(exit_code).toBe(code)
    expect(incomplete).toEqual([
      `1 verdict is on segments that the change touches and cannot be given${
        code === 0
          ? `, which --max-unknown ${text} tolerates: none of them was known before`
          : `; of 2 that it touches, that is more than --max-unknown ${text} tolerates`
      }`,
    ])
  })

  it.each(['1', '99', '100%'])('is all that the change touches: --max-unknown %s tolerates nothing', async text => {
    const { exit_code, incomplete, segments } = await judged(IN_30, text)
    expect([exit_code, segments.touched]).toEqual([3, 1])
    expect(incomplete).toEqual([
      `1 verdict is on segments that the change touches and cannot be given; --max-unknown ${text} does not hold where nothing is known of what the change touches`,
    ])
  })

  it('leaves 1 at 1', async () => {
    const second = { 'r4.cfg': router(4, { 40: [RELAY] }) }
    const { exit_code } = await validating({
      current: folderOf({ 'r2.cfg': BASE, 'r4.cfg': router(4, { 40: [] }) }),
      proposed: folderOf({ 'r2.cfg': IN_20_AND_30, ...second }),
      points,
      maxUnknown: tolerance('1'),
    })
    expect(exit_code).toBe(1)
  })
})

describe('never tolerated is', () => {
  it('a verdict that was known before', async () => {
    const { exit_code, incomplete } = await judged(
      // VLAN 20 gets a group whose other router is not there.
      router(2, { 20: [RELAY, 'standby 20 ip 10.0.20.1'], 30: [RELAY, ...LONE, PRIORITY], 40: [RELAY, DHCP] }),
      '100%',
    )
    expect(exit_code).toBe(3)
    expect(incomplete.join('\n')).toMatch(/1 verdict was known before and cannot be given now/)
    expect(incomplete.join('\n')).not.toContain('tolerates')
    expect(incomplete.join('\n')).toMatch(/cannot be given; --max-unknown 100% does not hold where a verdict was known before/)
  })

  it('a router that was read before', async () => {
    const { exit_code } = await validating({
      current: folderOf({ 'r2.cfg': BASE, 'r4.cfg': router(4, { 50: [RELAY] }) }),
      proposed: folderOf({ 'r2.cfg': BASE }),
      points,
      maxUnknown: tolerance('100%'),
    })
    expect(exit_code).toBe(3)
  })
})

describe('on the command line', () => {
  const cli = async (...args: readonly string[]) => {
    const said = { out: '', err: '' }
    const io = { out: (t: string) => (said.out += t), err: (t: string) => (said.err += t), env: {}, width: 80, colour: false }
    const [current, proposed] = [folderOf({ 'r2.cfg': BASE }), folderOf({ 'r2.cfg': IN_20_AND_30 })]
    const code = await run(['validate', '--current', current, '--proposed', proposed, '--pxe', 'wds=10.9.9.5', ...args], io)
    return { code, ...said }
  }

  it('what is tolerated is told in every report', async () => {
    const { code, out } = await cli('--max-unknown', '50%')
    expect(code).toBe(0)
    expect(out).toMatch(/^Cannot be judged\n {2}1 verdict is on segments [\s\S]*--max-unknown 50%\s+tolerates/m)
    for (const format of ['github', 'azure', 'sarif', 'gitlab', 'csv', 'junit', 'markdown', 'ndjson'])
      expect({ format, ...(await cli('--max-unknown', '50%', '-f', format)) }).toMatchObject({
        format,
        code: 0,
        out: expect.stringContaining('which --max-unknown 50%'),
      })
    expect((await cli('--max-unknown', '50%', '-f', 'junit')).out).toMatch(
      /failures="0" errors="0"[\s\S]*<skipped message="1 verdict/,
    )
    expect((await cli('--max-unknown', '50%', '-f', 'markdown')).out).toMatch(/^### :warning: /)
  })

  it('2: what is neither a number nor a percentage', async () =>
    expect(await cli('--max-unknown', 'few')).toEqual({
      code: 2,
      out: '',
      err: 'iphelper-audit: --max-unknown few is neither a number nor a percentage; write 3 or 5%\n',
    }))
})
