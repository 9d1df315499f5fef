// A secret of its own in every position where a configuration may have one, and none of them anywhere in what comes out.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditFolder, rules } from '../src/api.ts'
import { run } from '../src/cli/run.ts'
import { readDevice } from '../src/parse/assemble.ts'
import { blank } from '../src/parse/blank.ts'
import { redactText } from '../src/parse/redact.ts'
import { deviceSchema } from '../src/report/schema.ts'
import { eos } from './support/canaries/arista-eos.ts'
import { ios } from './support/canaries/cisco-ios.ts'
import { nxos } from './support/canaries/cisco-nxos.ts'
import { junosBraces, junosSet } from './support/canaries/juniper-junos.ts'
import { plant, seven } from './support/canaries/plant.ts'
import { pxePoint } from './support/point.ts'
import { pageOf, redactWith, tokensOf } from './support/redaction.ts'

const configs = [
  { name: 'canary-ios', id: 'cisco-ios', ...plant(ios, 0x1000) },
  { name: 'canary-nxos', id: 'cisco-nxos', ...plant(nxos, 0x2000) },
  { name: 'canary-eos', id: 'arista-eos', ...plant(eos, 0x3000) },
  { name: 'canary-junos', id: 'juniper-junos', ...plant(junosBraces, 0x4000) },
  { name: 'canary-set', id: 'juniper-junos', ...plant(junosSet, 0x5000) },
]
const canaries = configs.flatMap(c => c.canaries)
/** The lines of a text that a canary is in, in whatever case. */
const leaks = (text: string, wanted: readonly string[] = canaries) => {
  const sought = wanted.map(c => c.toLowerCase())
  return text.split('\n').filter(line => sought.some(c => line.toLowerCase().includes(c)))
}
/** Where keys begin and end that take several lines: what stands between is known by its surroundings only. */
const OPENS = /-----BEGIN [^-]+-----$|^\s*key-string$/
const CLOSES = /-----END|^\s*(?:quit|exit)$/

describe('the canaries', () => {
  it('are in the configurations, each in one place', () => {
    expect(canaries.length).toBeGreaterThan(500)
    expect(new Set(canaries).size).toBe(canaries.length)
    // But for what type 7 hides, each is there to be read.
    for (const { text, canaries: own } of configs)
      expect(own.filter(c => !text.includes(c) && !/^Canary-....[st]$/.test(c))).toEqual([])
  })
  it('of type 7 are hidden as devices hide them', () => {
    // Three spellings of one key that are in the field.
    expect(['094F471A1A0A', '0822455D0A16', '070C285F4D06']).toEqual([9, 8, 7].map(from => seven('cisco', from)))
  })
})

describe.each(configs.map(c => [c.name, c] as const))('%s', (_, { id, text, canaries: own }) => {
  const { text: stored, values } = redactWith(id, text)

  it('has no secret when it is stored', () => {
    expect(leaks(stored, own)).toEqual([])
    expect(stored.split('\n').length).toBe(text.split('\n').length)
  })

  it('gives every secret away to whoever scrubs what else a session printed', () => {
    const echoed = text.split('\n').map(line => `r1# ${line}\r\n% Invalid input: "${line.trim()}"`)
    const scrubbed = values.reduce((left, value) => left.replaceAll(value, '[secret]'), echoed.join('\n'))
    expect(leaks(scrubbed, own)).toEqual([])
  })

  it('shows no secret in any line that is quoted by itself', () => {
    let inside = false
    const shown = text.split('\n').filter(line => {
      if (CLOSES.test(line)) inside = false
      const open = inside
      if (OPENS.test(line)) inside = true
      return !open && leaks(blank(line, pageOf(id).secrets), own).length > 0
    })
    expect(shown).toEqual([])
  })

  it('shows no secret in what it printed of its groups', () => {
    const { observed } = readDevice(pageOf(id), { device: 'x', file: 'x', text })
    expect(observed.length).toBe(id === 'cisco-ios' ? 2 : 0)
    for (const o of observed) expect(o.text).toMatch(/Authentication (?:MD5, key-string|text, string) "<removed>" Active router/)
  })

  it('shows no secret in its facts, whatever lines are not understood', () => {
    const read = (said: string) => readDevice(pageOf(id), { device: 'x', file: 'x', text: said })
    expect(leaks(JSON.stringify(read(text), null, 1), own)).toEqual([])
    expect(read(stored).interfaces.map(i => [i.name, i.groups.length, i.relays.length])).toEqual(
      read(text).interfaces.map(i => [i.name, i.groups.length, i.relays.length]),
    )
  })
})

describe('a network of them', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'iphelper-audit-canary-'))
    for (const kind of ['raw', 'stored']) mkdirSync(join(folder, kind))
    for (const { name, id, text } of configs) {
      writeFileSync(join(folder, 'raw', `${name}.cfg`), text)
      writeFileSync(join(folder, 'stored', `${name}.cfg`), redactText(text, pageOf(id).secrets, tokensOf('abcdef')).text)
    }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  async function cli(...args: string[]) {
    let said = ''
    const take = (text: string) => {
      said += text
    }
    const code = await run(args, { out: take, err: take, env: {}, width: 200, colour: false })
    return { code, said }
  }

  it.each(['raw', 'stored'])('is audited without a secret in any result: %s', async kind => {
    const out = join(folder, `out-${kind}`)
    mkdirSync(out)
    const { code, said } = await cli(
      ...['audit', '--configs', join(folder, kind), '--pxe', '10.9.9.5', '--all', '--show-waived'],
      ...['text', `json=${join(out, 'result.json')}`, `html=${join(out, 'report.html')}`].flatMap(f => ['--format', f]),
    )
    expect(code).toBe(1)
    // The routers are read, and have lines to quote.
    for (const { name } of configs) expect(said).toContain(name)
    const result = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))
    expect(result.findings.some((f: { rule: string }) => f.rule === 'unrecognized-lines')).toBe(true)
    expect(leaks(said)).toEqual([])
    for (const file of readdirSync(out)) expect(leaks(readFileSync(join(out, file), 'utf8')), file).toEqual([])
  })

  it('is judged alike from what is stored', async () => {
    const options = {
      templates: [join(import.meta.dirname, '..', 'templates')],
      version: '0',
      failOn: 'error' as const,
      started: new Date(0),
    }
    const segments = async (kind: string) => (await auditFolder(join(folder, kind), [pxePoint()], options)).segments
    expect(await segments('stored')).toEqual(await segments('raw'))
  })

  it.each(configs.map(c => [c.name]))('has no secret in the facts of %s, in any form', async name => {
    for (const kind of ['raw', 'stored'])
      for (const format of ['json', 'text']) {
        const { code, said } = await cli('facts', join(folder, kind, `${name}.cfg`), '--format', format)
        expect(code).toBe(0)
        if (format === 'json') deviceSchema.parse(JSON.parse(said))
        expect(leaks(said), `${kind} ${format}`).toEqual([])
      }
  })

  it('has no secret in what explains the rules, or in a baseline', async () => {
    for (const { id } of rules) expect(leaks((await cli('explain', id)).said)).toEqual([])
    const file = join(folder, 'baseline.json')
    await cli('baseline', 'write', '--baseline', file, '--configs', join(folder, 'raw'), '--pxe', '10.9.9.5')
    expect(leaks(readFileSync(file, 'utf8'))).toEqual([])
  })

  it('has no secret in what is said of files that cannot be read', async () => {
    const broken = join(folder, 'broken')
    mkdirSync(broken)
    for (const { name, text } of configs) {
      writeFileSync(join(broken, `${name}.cfg`), text.slice(0, text.length / 2))
      writeFileSync(join(broken, `${name}-headless.cfg`), text.slice(text.length / 2))
    }
    const { said } = await cli('audit', '--configs', broken, '--pxe', '10.9.9.5', '--all', '--format', 'json')
    expect(leaks(said)).toEqual([])
  })
})
