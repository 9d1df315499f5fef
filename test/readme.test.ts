// The tables of the README come from the code; `npm run goldens` renews them.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { rules } from '../src/analyze/rules/index.ts'
import { ACTIONS } from '../src/model/remedy.ts'
import { platforms } from '../src/platforms.ts'
import { commonValues } from '../src/remediate/plan.ts'
import { purposes } from '../src/report/purposes.ts'

const file = join(import.meta.dirname, '..', 'README.md')
const row = (cells: readonly string[]) => `| ${cells.map(c => c.replaceAll('|', '\\|')).join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), `|${head.map(() => '---|').join('')}`, ...rows.map(row)].join('\n')

const TABLES: Readonly<Record<string, string>> = {
  platforms: table(
    ['id', 'platform', 'fixes'],
    platforms.map(p => [
      `\`${p.id}\``,
      p.name,
      ACTIONS.filter(a => !(a in p.cannot))
        .map(a => `\`${a}\``)
        .join(', '),
    ]),
  ),
  formats: table(
    ['format', 'for'],
    Object.entries(purposes).map(([name, purpose]) => [`\`${name}\``, purpose]),
  ),
  rules: table(
    ['rule', 'severity', 'reports'],
    rules.map(r => [`\`${r.id}\``, r.severity, r.title]),
  ),
}

it.each(Object.entries(TABLES))('the table of %s is current', (name, wanted) => {
  const between = new RegExp(`(<!-- ${name}: begin[^>]*-->\n)([^]*?)(<!-- ${name}: end -->)`)
  const readme = readFileSync(file, 'utf8')
  expect(readme).toMatch(between)
  const renewed = readme.replace(between, (_, begin, __, end) => `${begin}${wanted}\n${end}`)
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(file, renewed)
  expect(readFileSync(file, 'utf8')).toBe(renewed)
})

it('the values that templates are given are all explained, and no others', () => {
  const page = readFileSync(join(import.meta.dirname, '..', 'templates', 'README.md'), 'utf8')
  const explained = [...page.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell = '']) => cell.match(/[\w-]+/g) ?? [])
  const iface = { name: 'Vlan10', relays: [] }
  const path = { attachment: { device: { device: 'r1' }, interface: iface }, relay: { via: null }, gate: { state: 'open' } }
  const given = Object.keys(commonValues(path as never, undefined))
  expect(explained.filter(word => !ACTIONS.some(a => a === word)).sort()).toEqual([...given, 'peer', 'statement'].sort())
})
