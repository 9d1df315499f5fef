// One pass over a text finds the same tells as every expression by itself.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matching, prepare } from '../src/parse/tells.ts'
import { platforms, strangers } from '../src/platforms.ts'

const all = [...platforms.flatMap(p => [...p.tells.sure, ...p.tells.likely]), ...strangers.flatMap(s => s.tells)]
const tells = prepare(all)
const holds = (text: string) =>
  expect(matching(tells, text), JSON.stringify(text.slice(0, 200))).toEqual(all.map(tell => tell.test(text)))

const fixtures = join(import.meta.dirname, 'fixtures')
const texts = readdirSync(fixtures).flatMap(id =>
  readdirSync(join(fixtures, id))
    .filter(f => f.endsWith('.cfg'))
    .map(f => readFileSync(join(fixtures, id, f), 'utf8')),
)

describe('tells', () => {
  it('are mostly looked for by the first character of a line', () => {
    expect(tells.always.length + tells.loose.length).toBeLessThan(all.length / 10)
  })

  it('are tried on few of the lines that others begin alike', () => {
    expect(prepare([/^ro(?:uter|ute) /m]).byPair.filter(n => n > 0)).toHaveLength(1)
    expect(prepare([/^\s*(?:ab|cd?e|f+g|h(?:i|j)k|l\S)/m]).byPair.filter(n => n > 0)).toHaveLength(1 + 128 + 128 + 2 + 128)
  })

  it.each([
    [/^ab/m, 'x\nab', true],
    [/^a(b|\s)c/m, 'a c', true],
    [/^a(b|cd?)?e/m, 'x\nae', true],
    [/^a(b|)c/m, 'ac', true],
    [/^a c/m, 'a c', true],
    [/^a *c/m, 'ac', true],
    [/^a+b/m, 'aab', true],
    [/^a{2}b/m, 'aab', true],
    [/^ab{0,1}c/m, 'ac', true],
    [/^a(?:(?:b|c){2})d/m, 'acbd', true],
    [/^a(?=b)/m, 'ab', true],
    [/^a$/m, 'b\na', true],
    [/^a$/m, 'a\nb', true],
    [/^a./m, 'a\u00e9', true],
    [/^a\.b/m, 'a.b', true],
    [/^a[b]c/m, 'abc', true],
    [/^(?:a|b)c/m, 'bc', true],
    [/^ab/m, 'x ab', false],
    [/^\s+ipv4 /m, '\nipv4 x', true],
    [/^ ?(no )?x/m, 'no x', true],
    [/^(a|b)?c/m, 'bc', true],
    [/^(a|b)?c/m, 'c', true],
    [/^ab*c/m, 'ac', true],
    [/^a|b$/m, 'xb', true],
    [/^a\rb/m, 'a\rb', true],
    [/^b/m, 'a\rb', true],
    [/^$/m, 'a\n\nb', true],
    [/^\S+ x/m, 'a\nfoo x', true],
  ])('%s in %j: %s', (expression, text, wanted) => {
    expect(expression.test(text)).toBe(wanted)
    expect(matching(prepare([expression]), text)).toEqual([wanted])
  })

  it('are the same in every fixture, with any line ends', () => {
    for (const text of texts) {
      holds(text)
      holds(text.replaceAll('\n', '\r\n'))
    }
  })

  it('are the same in parts of fixtures put together', () => {
    const parts = fc.array(
      fc.oneof(
        fc
          .tuple(fc.constantFrom(...texts), fc.nat(), fc.nat(400))
          .map(([t, at, n]) => t.slice(at % t.length, (at % t.length) + n)),
        fc.constantFrom('\n', '\r', '\r\n', ' ', '\u2028', '   ', '\t', '!', 'version 12.2', 'interface '),
      ),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(parts, list => {
        holds(list.join(''))
      }),
      { numRuns: 500 },
    )
  })
})
