// The contract every platform keeps, checked for each platform folder that is found: its fixtures say what they say,
// together they meet every row of its tables, and they are told from every other platform's.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ACTIONS } from '../src/model/remedy.ts'
import { readDevice } from '../src/parse/assemble.ts'
import { detect } from '../src/parse/detect.ts'
import { entriesOf } from '../src/parse/table.ts'
import { platforms } from '../src/platforms.ts'
import { describeDevice } from '../src/report/facts.ts'
import { expectGolden } from './support/golden.ts'

const root = join(import.meta.dirname, '..')
const fixturesOf = (id: string) => {
  const folder = join(root, 'test', 'fixtures', id)
  return existsSync(folder)
    ? readdirSync(folder)
        .filter(f => f.endsWith('.cfg'))
        .map(f => join(folder, f))
    : []
}

it('lists every platform that has a parser folder', () => {
  expect(platforms.map(p => p.id).sort()).toEqual(readdirSync(join(root, 'parsers')).sort())
})

describe.each(platforms.map(p => [p.id, p] as const))('%s', (id, platform) => {
  const fixtures = fixturesOf(id)

  it('has fixtures', () => expect(fixtures.length).toBeGreaterThan(0))

  it.each(fixtures.map(f => [f.slice(f.lastIndexOf('/') + 1), f]))('%s', (name, file) => {
    const text = readFileSync(file, 'utf8')
    const device = readDevice(platform, { device: name.replace(/\.cfg$/, ''), file: name, text })
    const { total, understood, ignored, unmodelled, unrecognized } = device.lines
    expect(understood + ignored + unmodelled + unrecognized).toBe(total)
    expect(total).toBe(text.split('\n').length - (text.endsWith('\n') ? 1 : 0))
    expectGolden(file.replace(/\.cfg$/, '.facts'), describeDevice(device))
  })

  it.each(fixtures.map(f => [f.slice(f.lastIndexOf('/') + 1), f]))('%s reads the same with CRLF line ends', (_, file) => {
    const text = readFileSync(file, 'utf8')
    const lf = readDevice(platform, { device: 'x', file: 'x', text })
    const crlf = readDevice(platform, { device: 'x', file: 'x', text: text.replaceAll('\n', '\r\n') })
    expect(crlf).toEqual(lf)
  })

  it('has a fixture for every row of its tables', () => {
    for (const { entry } of entriesOf(platform.grammar.table)) entry.met = false
    for (const file of fixtures) readDevice(platform, { device: 'x', file, text: readFileSync(file, 'utf8') })
    const unmet = [...entriesOf(platform.grammar.table)].filter(({ entry }) => !entry.met).map(({ source }) => source)
    expect(unmet).toEqual([])
  })

  it('is told from every other platform', () => {
    for (const file of fixtures) {
      const found = detect(readFileSync(file, 'utf8'), platforms)
      expect(found.platform?.id ?? found.reason, file).toBe(id)
    }
  })

  it('has a template, or a reason, for every remediation action', () => {
    for (const action of ACTIONS) {
      const template = existsSync(join(root, 'templates', id, `${action}.hbs`))
      expect(template !== action in platform.cannot, `${id}: ${action} needs a template or a reason, not both`).toBe(true)
    }
  })

  it('says how a change is entered, so that its own parser takes it for what it is', () => {
    const { comment, ending, forth, back, before, keep, undo, ansible } = platform.change
    expect(comment).toMatch(/^[!#]+$/)
    expect(ending).toMatch(/^[a-z]{2,4}$/)
    expect(ansible.module).toMatch(/^\w+\.\w+\.\w+_config$/)
    expect(ansible.os).toMatch(/^\w+\.\w+\.\w+$/)
    for (const sentences of [before, keep, undo]) {
      expect(sentences.length).toBeGreaterThan(0)
      for (const s of sentences) expect(s).toMatch(/[.:]$|\.$/)
    }
    for (const { enter, leave } of [forth, back]) {
      expect(enter.length).toBeGreaterThan(0)
      // Nothing here takes effect by itself or outlives a restart.
      for (const line of [...enter, ...leave]) expect(line).not.toMatch(/^(write|copy|commit(?! check)|reload|request|save)/)
      for (const file of fixtures) {
        const text = readFileSync(file, 'utf8')
        // What is cut in the middle of a block takes anything that follows for a part of it.
        if (readDevice(platform, { device: 'x', file, text }).complete === false) continue
        const read = (more: string) =>
          readDevice(platform, { device: 'x', file: 'x', text: text + more, whole: true }).unrecognized
        const around = [`${comment} said`, ...enter, ...leave].join('\n')
        const known = new Set(read('\n').map(u => u.text))
        expect(
          read(`\n${around}\n`).filter(u => !known.has(u.text)),
          file,
        ).toEqual([])
      }
    }
  })

  it('has a page that says where its facts come from', () => {
    expect(existsSync(join(root, 'parsers', id, 'README.md'))).toBe(true)
  })
})
