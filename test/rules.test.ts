// A rule's examples are its documentation and its test: every bad one is reported, no good one is.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { capturesIn } from '../src/analyze/captures.ts'
import { correlate } from '../src/analyze/correlate.ts'
import { judge } from '../src/analyze/judge.ts'
import { type Example, examplePoint, type Rule } from '../src/analyze/rule.ts'
import { rules } from '../src/analyze/rules/index.ts'
import { readDevice } from '../src/parse/assemble.ts'
import { platformOf } from '../src/platforms.ts'

function remarks(rule: Rule, example: Example) {
  const ios = platformOf('cisco-ios')
  if (!ios) throw new Error('the examples are written for cisco-ios')
  const devices = Object.entries(example.configs).map(([device, text]) => ({
    site: 'here',
    stale: null,
    device: readDevice(ios, { device, file: `${device}.cfg`, text }),
  }))
  // As the audit does: of two captures of one router, one is left out.
  const captures = capturesIn(devices, () => null)
  const placed = devices.filter(d => !captures.some(c => c.left === d.device))
  const network = correlate(placed, [examplePoint(example)], [], { captures })
  return { devices, remarks: [...rule.check({ network, judgements: judge(network) })] }
}

it('has one file for each rule, named after it', () => {
  const files = readdirSync(join(import.meta.dirname, '..', 'src', 'analyze', 'rules')).filter(f => f !== 'index.ts')
  expect(rules.map(r => `${r.id}.ts`).sort()).toEqual(files.sort())
})

describe.each(rules.map(r => [r.id, r] as const))('%s', (_, rule) => {
  it.each(rule.examples.bad.map(e => [e.shows, e] as const))('reports: %s', (_, example) => {
    const { remarks: found, devices } = remarks(rule, example)
    expect(found).toHaveLength(1)
    for (const { evidence, subject } of found) {
      expect(evidence.length).toBeGreaterThan(0)
      expect(subject).not.toMatch(/line/)
      for (const { device, line } of evidence) {
        const { lines } = devices.find(d => d.device === device)?.device ?? { lines: { total: 0 } }
        expect(line).toBeGreaterThan(0)
        expect(line).toBeLessThanOrEqual(lines.total)
      }
    }
  })

  it.each(rule.examples.good.map(e => [e.shows, e] as const))('accepts: %s', (_, example) => {
    expect(remarks(rule, example).remarks).toEqual([])
  })

  it('says why it matters', () => expect(rule.rationale.length).toBeGreaterThan(100))
})
