// The terminal report of the demonstration network, as a person reads it at 80 columns.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../src/cli/run.ts'
import { expectGolden } from './support/golden.ts'

const root = join(import.meta.dirname, '..')

async function text(width: number, colour: boolean, ...more: string[]) {
  let out = ''
  const args = [
    'audit',
    '--configs',
    join(root, 'test/networks/campus/configs'),
    '--pxe',
    'wds-ams=10.9.9.5',
    '--pxe',
    'wds-lon=10.9.8.5',
    ...more,
  ]
  await run(args, { out: t => (out += t), err: () => {}, env: {}, width, colour })
  return out
}

describe('text', () => {
  it('reads well at 80 columns', async () =>
    expectGolden(join(import.meta.dirname, 'goldens', 'campus.txt'), await text(80, false)))

  it('is coloured only where colour is wanted', async () => {
    const plain = await text(80, false)
    const painted = await text(80, true)
    const escapes = /\u001b\[\d+m/g
    expect(plain).not.toMatch(escapes)
    expect(painted).toMatch(escapes)
    expect(painted.replace(escapes, '')).toBe(plain)
  })

  it('shows what relays nothing with --all', async () => {
    expect(await text(80, false)).toContain('"none" not shown')
    expect(await text(80, false, '--all')).toMatch(/^NONE +0 /m)
  })
})
