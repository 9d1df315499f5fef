// Whatever the text: no parser throws, hangs, or speaks of a line that is not there.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Device } from '../src/model/device.ts'
import { readDevice } from '../src/parse/assemble.ts'
import { platforms } from '../src/platforms.ts'

const fixtures = join(import.meta.dirname, 'fixtures')
const seeds = (id: string) =>
  readdirSync(join(fixtures, id))
    .filter(f => f.endsWith('.cfg'))
    .map(f => readFileSync(join(fixtures, id, f), 'utf8'))

function* linesNamed(d: Device): Generator<number> {
  for (const i of d.interfaces) {
    yield i.line
    for (const a of i.addresses) yield a.line
    for (const g of i.groups) yield g.line
    for (const r of i.relays) {
      yield r.line
      if (r.via_line !== null) yield r.via_line
    }
  }
  for (const u of d.unrecognized) yield u.line
  for (const u of d.unresolved) yield u.line
}

const countLines = (text: string) => text.split('\n').length - (text === '' || text.endsWith('\n') ? 1 : 0)

/** One of the platform's own configurations, damaged. */
const mutated = (texts: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom(...texts),
      fc.array(
        fc.oneof(
          fc.record({ kind: fc.constant('drop' as const), at: fc.nat(), n: fc.integer({ min: 1, max: 60 }) }),
          fc.record({
            kind: fc.constant('insert' as const),
            at: fc.nat(),
            text: fc.oneof(
              fc.string(),
              fc.constantFrom('{', '}', '"', '\n', ' ', '[', ']', ';', 'no ', '/*', '*/', '\u0000', '\u00a0', '^C'),
            ),
          }),
          fc.record({ kind: fc.constant('swap' as const), at: fc.nat(), to: fc.nat() }),
          fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
        ),
        { minLength: 1, maxLength: 6 },
      ),
    )
    .map(([text, damage]) =>
      damage.reduce((t, d) => {
        const at = t.length === 0 ? 0 : d.at % t.length
        if (d.kind === 'drop') return t.slice(0, at) + t.slice(at + d.n)
        if (d.kind === 'insert') return t.slice(0, at) + d.text + t.slice(at)
        if (d.kind === 'cut') return t.slice(0, at)
        const lines = t.split('\n')
        const [a, b] = [d.at % lines.length, d.to % lines.length]
        ;[lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? '']
        return lines.join('\n')
      }, text),
    )

describe.each(platforms.map(p => [p.id, p] as const))('%s', (id, platform) => {
  const read = (text: string) => readDevice(platform, { device: 'x', file: 'x', text })
  const holds = (text: string) => {
    const device = read(text)
    const total = countLines(text)
    const { understood, ignored, unmodelled, unrecognized } = device.lines
    expect(device.lines.total).toBe(total)
    expect(understood + ignored + unmodelled + unrecognized).toBe(total)
    for (const line of linesNamed(device)) {
      expect(line).toBeGreaterThan(0)
      expect(line).toBeLessThanOrEqual(total)
    }
    expect(read(text.replaceAll('\r', '').replaceAll('\n', '\r\n'))).toEqual(read(text.replaceAll('\r', '')))
  }

  it('reads damaged configurations', () => {
    fc.assert(fc.property(mutated(seeds(id)), holds), { numRuns: 400 })
  })

  it('reads arbitrary text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.array(fc.string({ maxLength: 40 }), { maxLength: 30 }).map(lines => lines.join('\n')),
    )
    fc.assert(fc.property(text, holds), { numRuns: 300 })
  })

  it('gives the same device for the same text', () => {
    fc.assert(
      fc.property(mutated(seeds(id)), text => {
        expect(read(text)).toEqual(read(text))
      }),
      { numRuns: 50 },
    )
  })
})
