// What is typed into the search box of the report, and what the address of the page keeps of it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Item, matcher, parseQuery } from '../src/report/view/query.ts'

const item: Item = {
  fields: {
    verdict: ['duplicate'],
    site: ['ams'],
    device: ['ams-core1', 'ams-core10'],
    pxe: ['wds-ams', '10.9.9.5'],
    segment: ['10.20.10.0/24', 'ams default 10.20.10.0/24'],
    rule: ['duplicate-pxe-relay'],
  },
  text: 'ams-core1 relays vlan10 to 10.9.9.5\nip helper-address 10.9.9.5 (100%)',
}
const fits = (query: string) => matcher(parseQuery(query))(item)

describe('a query', () => {
  it.each([
    ['', true],
    ['   ', true],
    ['verdict:duplicate', true],
    ['VERDICT:Duplicate', true],
    ['verdict:dup', false],
    ['verdict:unknown,duplicate', true],
    // One key said twice is a choice; different keys are conditions.
    ['verdict:unknown verdict:duplicate', true],
    ['verdict:duplicate site:lon', false],
    ['site:am', false],
    ['site:am*', true],
    ['device:core1', true],
    ['device:core', false],
    ['device:core*', true],
    ['device:ams', true],
    ['pxe:10.9.9.5', true],
    ['pxe:10.9.9', true],
    ['pxe:9.9.50', false],
    // A dot is a dot.
    ['pxe:10a9', false],
    ['segment:10.20.10.0/24', true],
    ['rule:duplicate-pxe-relay', true],
    ['rule:duplicate*', true],
    ['-rule:duplicate*', false],
    ['!verdict:unknown', true],
    ['"ip helper-address 10.9.9.5"', true],
    ['-"ip helper-address"', false],
    ['helper relays', true],
    ['helper nowhere', false],
    ['100%) (', true],
    ['vlan10 -vlan11', true],
    ['severity:error', false],
    ['-severity:error', true],
    ['segment:"ams default 10.20.10.0/24"', true],
    ['"open to the end', false],
  ])('%s', (query, expected) => expect(fits(query)).toBe(expected))

  it('says what it does not know, and takes it for text', () => {
    expect(parseQuery('colour:red').trouble).toEqual([
      expect.stringContaining('There is no “colour:”; there are verdict, site, device'),
    ])
    expect(matcher(parseQuery('colour:red'))({ fields: {}, text: 'colour:red' })).toBe(true)
    expect(parseQuery('https://10.9.9.5 10:20').trouble).toEqual([])
  })

  it('is never an error, and its opposite fits what it does not fit', () => {
    fc.assert(fc.property(fc.string({ maxLength: 40 }), text => void fits(text)))
    const word = fc.stringMatching(/^[a-z0-9.*]{1,8}$/)
    fc.assert(
      fc.property(
        fc.constantFrom('', 'device:', 'site:', 'pxe:'),
        word,
        (key, text) => fits(`-${key}${text}`) !== fits(`${key}${text}`),
      ),
    )
  })
})
