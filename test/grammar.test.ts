// The engine's promises, on a vocabulary made up for the purpose.
import { describe, expect, it } from 'vitest'
import type { Fact } from '../src/parse/facts.ts'
import { parse } from '../src/parse/grammar.ts'
import { indent } from '../src/parse/layout/indent.ts'
import { delimited, until } from '../src/parse/layout.ts'
import { compile } from '../src/parse/pattern.ts'
import { expandRange } from '../src/parse/ranges.ts'
import { ignore, refuse, rows, scope } from '../src/parse/table.ts'
import { isPorts, wordTypes } from '../src/parse/words.ts'

const relay = (target: string | undefined): Fact => ({ kind: 'relay', target })
const grammar = {
  layout: indent({
    comment: '!',
    terminator: 'end',
    verbatim: [delimited('banner', /^banner (\S)(.*)$/), until('note', /^note/, 'EOF')],
  }),
  negate: ['no'],
  table: rows({
    'hostname <name>': ({ name }) => ({ kind: 'hostname', name }),
    'global knob': () => ({ kind: 'switch', name: 'knob', on: true }),
    'remark on <text:text>': ignore,
    'interface <name:ports>': scope(
      ({ name }) => ({ interface: name }),
      {
        'relay to <target:ipv4> [quietly]': ({ target }) => relay(target),
        'relay help': ignore,
        'relay via <name>': refuse,
        'quiet': () => ({ kind: 'enabled', on: false }),
        'group <group:int>': scope(({ group }) => ({ protocol: 'vrrp', group }), {
          'virtual <ip:ipv4>': ({ ip }) => ({ kind: 'virtual', ip }),
          'priority <value:int>': ({ value }) => ({ kind: 'priority', value }),
        }),
      },
      () => ({ kind: 'interface' }),
    ),
  }),
}

/** Facts as `line: kind in context`, and the class of every line. */
function read(text: string) {
  const facts: string[] = []
  const parsed = parse(grammar, text, (fact, context, line, negated) => {
    const { kind, ...said } = fact
    facts.push(`${line}: ${negated ? 'no ' : ''}${kind} ${JSON.stringify(said)} in ${JSON.stringify(context)}`)
  })
  const classes = Array.from({ length: parsed.lines.total }, (_, n) => parsed.classOf(n + 1))
  return { facts, classes, unrecognized: parsed.unrecognized, incomplete: parsed.incomplete, lines: parsed.lines }
}

describe('tables', () => {
  it('state facts with the context and the line they stand in', () => {
    expect(read('hostname r1\ninterface Vlan 10\n relay to 10.0.0.1\n group 5\n  virtual 10.0.10.1\nend\n').facts).toEqual([
      '1: hostname {"name":"r1"} in {}',
      '2: interface {} in {"interface":"Vlan 10"}',
      '3: relay {"target":"10.0.0.1"} in {"interface":"Vlan 10"}',
      '5: virtual {"ip":"10.0.10.1"} in {"interface":"Vlan 10","protocol":"vrrp","group":5}',
    ])
  })

  it('read a scope and what it holds on one line', () => {
    expect(read('interface Vlan10\n group 5 virtual 10.0.10.1\nend\n').facts.at(-1)).toBe(
      '2: virtual {"ip":"10.0.10.1"} in {"interface":"Vlan10","protocol":"vrrp","group":5}',
    )
  })

  it('take back with a negating word, whole or short of its captures', () => {
    const { facts } = read(
      'interface Vlan10\n no relay to 10.0.0.1\n no relay to\n group 5\n  no priority\nno interface Vlan10\nend\n',
    )
    expect(facts.slice(1)).toEqual([
      '2: no relay {"target":"10.0.0.1"} in {"interface":"Vlan10"}',
      '3: no relay {} in {"interface":"Vlan10"}',
      '5: no priority {} in {"interface":"Vlan10","protocol":"vrrp","group":5}',
      '6: no interface {} in {"interface":"Vlan10"}',
    ])
  })

  it('sort every line into one class', () => {
    const { classes, lines, unrecognized } = read(
      'hostname r1\n!\ninterface Vlan10\n relay help\n relay to nowhere\n colour blue\n relay via pigeon\n relay to\n relay\nend\n',
    )
    // `relay to` is a keyword of ours whose value is missing; `relay` alone begins one, and no line below goes on with it.
    const wanted =
      'understood unmodelled understood ignored unrecognized unmodelled unrecognized unrecognized unrecognized unmodelled'
    expect(classes.join(' ')).toBe(wanted)
    expect(lines).toEqual({ total: 10, understood: 2, ignored: 1, unmodelled: 3, unrecognized: 4 })
    expect(unrecognized).toEqual([5, 7, 8, 9].map(line => ({ line, interface: 'Vlan10' })))
  })

  it('lose no neighbour of a bad line', () => {
    expect(read('interface Vlan10\n relay to 10.0.0.999\n relay to 10.0.0.2\nend\n').facts).toHaveLength(2)
  })

  it('look into nothing that is nobody’s', () => {
    expect(read('router ospf 1\n relay to 10.0.0.1\n  interface Vlan10\nend\n')).toMatchObject({ facts: [], unrecognized: [] })
  })

  it.each([
    ['a word got into a keyword', ' relay zzz to 10.0.0.1', 'Vlan10'],
    ['the same behind a negating word', ' no relay zzz to 10.0.0.1', 'Vlan10'],
    ['a word got in front of a negated statement that is whole', ' no zzz quiet', 'Vlan10'],
    ['a negating word stands alone', ' no', 'Vlan10'],
    ['a negated keyword breaks off', ' no relay', 'Vlan10'],
    ['a word is left over behind the name of a block', ' group 5 zzz', 'Vlan10'],
    ['a block is taken back without its name', ' no group', 'Vlan10'],
    ['text is missing', 'remark on', null],
    ['an interface has no number', 'interface vlan', null],
    ['an interface has a word too many', 'interface Vlan10 zzz', null],
  ])('complain where %s', (_, line, where) => {
    const { classes, unrecognized } = read(`interface Vlan10\n relay to 10.0.0.9\n${line}\nend\n`)
    expect(classes[2]).toBe('unrecognized')
    expect(unrecognized).toEqual([{ line: 3, interface: where }])
  })

  it('let a keyword be finished by the lines below it, and complain where none does', () => {
    expect(read('global\n knob\nend\n').facts).toEqual(['2: switch {"name":"knob","on":true} in {}'])
    expect(read('global\n handle\nend\n').unrecognized).toEqual([{ line: 1, interface: null }])
  })

  it('take no other command for one of ours that was broken', () => {
    expect(read('interface Vlan10\n no service relay help\n no bandwidth group\nend\n').unrecognized).toEqual([])
  })

  it('refuse rows that start with no keyword', () => expect(() => compile('<name> is')).toThrow('starts with a literal word'))
})

describe('the indented layout', () => {
  it('skips blocks of free text, whatever they hold', () => {
    const { facts, classes } = read(
      'banner #\ninterface Vlan66\n relay to 10.0.0.1\n# interface Vlan67\nbanner # one line #\nnote\nhostname no\nEOF\nhostname r1\nend\n',
    )
    expect(facts).toEqual(['9: hostname {"name":"r1"} in {}'])
    expect(classes.slice(0, 8)).toEqual(Array.from({ length: 8 }, () => 'ignored'))
  })

  it('says that a block never closes, or that the end is missing', () => {
    expect(read('banner #\ninterface Vlan10\nend\n').incomplete).toBe('the block that opens on line 1 is never closed')
    expect(read('hostname r1\n').incomplete).toBe('the closing "end" is missing')
    expect(read('hostname r1\nend\n').incomplete).toBeNull()
    expect(read('hostname r1\n end\n').incomplete).toBe('the closing "end" is missing')
  })

  it('reads files that lost their indentation', () => {
    expect(
      read('interface Vlan10\nrelay to 10.0.0.1\ngroup 5\nvirtual 10.0.10.1\nrelay to 10.0.0.2\nhostname r1\nend\n').facts.map(
        f => f.replace(/ \{.*/, ''),
      ),
    ).toEqual(['1: interface', '2: relay', '4: virtual', '5: relay', '6: hostname'])
  })

  it('takes tabs, no-break spaces and trailing blanks for what they are', () => {
    expect(read('interface Vlan10  \n\trelay to 10.0.0.1\t\n\u00a0relay to 10.0.0.2\nend\n').facts).toHaveLength(3)
  })

  it('is linear: long lines and many lines without blanks are no trouble', () => {
    const { lines } = read(`${'x'.repeat(1_000_000)}\n${'y\n'.repeat(200_000)}end\n`)
    expect(lines.total).toBe(200_002)
  })
})

describe('words', () => {
  it.each([
    ['ipv4', '10.0.0.1', '10.0.0.1'],
    ['ipv4', '10.0.0.256', undefined],
    ['ipv4', '10.0.0.01', undefined],
    ['ipv4', '10.0.0', undefined],
    ['ipv4', '10.0.0.1.2', undefined],
    ['ipv4', '10..0.1', undefined],
    ['ipv4', '0.0.0.0', '0.0.0.0'],
    ['mask', '255.255.255.0', 24],
    ['mask', '255.0.255.0', undefined],
    ['mask', '0.0.0.255', undefined],
    ['int', '007', 7],
    ['int', '1x', undefined],
    ['int', '', undefined],
    ['ipv6', '2001:DB8:0:0::1', '2001:db8::1'],
    ['ipv6', '10.0.0.1', undefined],
    ['host', 'wds01.corp.example', 'wds01.corp.example'],
    ['host', '10.9.9.999', undefined],
    ['host', '10.9.9.5x', undefined],
    ['host', '10.9.9x.5', undefined],
    ['host', 'x10.9.9.5', undefined],
    ['host', '9to5.corp.example', '9to5.corp.example'],
    ['mac', '0000.0C07.AC0a', '00000c07ac0a'],
    ['mac', '00:00:0c:07:ac:0a', '00000c07ac0a'],
    ['mac', '00-00-0c-07-ac-0a', '00000c07ac0a'],
    ['mac', '00:00-0c:07:ac:0a', undefined],
    ['mac', '0000.0c07', undefined],
    ['host', '-bad', undefined],
  ] as const)('%s reads %s', (type, word, value) => expect(wordTypes[type](word)).toBe(value))

  it('cidr reads an address with its prefix', () => {
    expect(wordTypes.cidr('10.0.0.2/24')).toEqual({ ip: '10.0.0.2', prefix: 24 })
    expect(wordTypes.cidr('10.0.0.2/33')).toBeUndefined()
    expect(wordTypes.cidr6('2001:db8::2/64')).toEqual({ ip: '2001:db8::2', prefix: 64 })
  })
})

describe('the names of interfaces', () => {
  it.each([
    'Vlan10',
    'Vlan 10',
    'GigabitEthernet1/0/1.100',
    'Serial0/0.1 point-to-point',
    'Virtual-Template1 type tunnel',
    'range Vlan10 , Vlan20',
    'range GigabitEthernet1/0/1 - 4, GigabitEthernet2/0/1 - 4',
    'range macro USERS',
    'Ethernet1/1-4,6',
    'vlan $vlanId',
    'Port-Channel10',
    'management',
    'Sdwan-system-intf',
  ])('%s', name => expect(isPorts(name)).toBe(true))
  it.each([
    '',
    'vlan',
    'range',
    'Vlan10 zzz',
    'zzz Vlan10',
    'zzz range Vlan10',
    'range Vlan10 ,',
    'vlan 10x',
    'ip address 10.0.0.1',
  ])('not "%s"', name => expect(isPorts(name)).toBe(false))
})

describe('ranges', () => {
  it.each([
    ['Vlan10', ['Vlan10']],
    ['Vlan10-12', ['Vlan10', 'Vlan11', 'Vlan12']],
    ['Vlan10 , Vlan20', ['Vlan10', 'Vlan20']],
    ['Vlan10-11,13', ['Vlan10', 'Vlan11', 'Vlan13']],
    ['Ethernet1/1.1-2', ['Ethernet1/1.1', 'Ethernet1/1.2']],
    ['GigabitEthernet1/0/1 - 3', ['GigabitEthernet1/0/1', 'GigabitEthernet1/0/2', 'GigabitEthernet1/0/3']],
    ['Vlan1-9999999', ['Vlan1-9999999']],
    ['nonsense', ['nonsense']],
  ])('%s', (text, names) => expect(expandRange(text)).toEqual(names))
})
