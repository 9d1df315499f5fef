// What Windows writes by itself: UTF-16 with a byte order mark, as `>` of Windows PowerShell does. Every file that a person hands over is read all the same.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { run } from '../src/cli/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'iphelper-audit-wide-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => join(folder, name)
/** Little-endian, as PowerShell has it, with lines that end as they do there. */
const wide = (name: string, text: string) =>
  writeFileSync(at(name), Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'utf16le'))
const rewritten = (name: string) => wide(name, readFileSync(at(name), 'utf8'))

async function cli(...args: string[]): Promise<string> {
  let said = ''
  const take = (text: string) => {
    said += text
  }
  const code = await run(args, { out: take, err: take, env: process.env, width: 80, colour: false })
  return `${code} ${said}`
}

const router = (host: number) =>
  `version 15.2\nhostname r${host}\ninterface Vlan10\n ip address 10.0.10.${host} 255.255.255.0\n ip helper-address 10.9.9.5\nend\n`

describe('text in UTF-16', () => {
  for (const host of [2, 3]) wide(`r${host}.cfg`, router(host))
  wide('fleet.csv', 'r3:cisco-ios\n')
  wide('waivers.yaml', 'waivers: []\n')
  const point = 'pxe_points: [{ name: wds, addresses: [10.9.9.5] }]\n'
  wide('inventory.yaml', `${point}devices:\n  - { name: r2, config: r2.cfg }\n  - { name: r3, config: r3.cfg }\n`)

  it('an inventory, its waivers and its configurations', async () => {
    expect(
      await cli(
        'audit',
        '-i',
        at('inventory.yaml'),
        '--waivers',
        at('waivers.yaml'),
        '-f',
        `json=${at('result.json')}`,
        '-f',
        'text',
      ),
    ).toMatch(/^1 [\s\S]*error duplicate-pxe-relay/)
  })
  it('a result', async () => {
    rewritten('result.json')
    expect(await cli('report', at('result.json'), '-f', 'text')).toMatch(/^0 [\s\S]*error duplicate-pxe-relay/)
    expect(await cli('remediate', at('result.json'), '-o', at('pack'))).toContain('r2 or r3')
  })
  it('a baseline', async () => {
    const result = at('result.json')
    expect(await cli('baseline', 'write', '--result', result, '--baseline', at('baseline.json'))).toMatch(/^0 /)
    rewritten('baseline.json')
    expect(await cli('audit', '-i', at('inventory.yaml'), '--baseline', at('baseline.json'))).toMatch(/^0 /)
  })
  it('a list of another tool', async () => {
    wide('sourced.yaml', `${point}sources: [{ rancid: fleet.csv }]\n`)
    expect(await cli('inventory', 'list', '-i', at('sourced.yaml'))).toMatch(/^0 [\s\S]*r3/)
  })
  it('a manifest', async () => {
    const [tool, written_at] = [{ name: 'iphelper-audit', version: '0' }, '2026-11-23T09:00:00Z']
    const lost = {
      name: 'r4',
      site: 'ams',
      platform: 'cisco-ios',
      status: 'failed',
      reason: 'it was off',
      command: null,
      file: null,
    }
    const devices = [{ ...lost, collected_at: written_at, sha256: null, bytes: null }]
    wide('manifest.json', JSON.stringify({ schema_version: 1, tool, written_at, devices }))
    expect(await cli('audit', '--configs', folder, '--pxe', '10.9.9.5')).toContain('it was off')
  })
})
