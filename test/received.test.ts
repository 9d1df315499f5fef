// What a device sent, looked at fast: the same comes out as of looking at every byte.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayHoldLogs, withoutLog } from '../src/collect/log-lines.ts'
import { openReceived, type Plain, type Received } from '../src/collect/received.ts'
import { render } from '../src/terminal.ts'

/** As `Received.text` says it, a byte at a time. */
function simple(bytes: string): Plain {
  const text = bytes.replaceAll('\r\n', '\n')
  return { ended: `${text}\n`, disturbed: /[\0-\x08\x0b-\x1f\x7f]/.test(text), ascii: !/[\x80-\xff]/.test(bytes) }
}

const holding = (...pieces: readonly string[]): Received => {
  const received = openReceived()
  for (const piece of pieces) received.add(piece)
  return received
}

/** What is special, and what stands beside it in the order of characters. */
const SPECIAL = [
  '\r',
  '\n',
  '\r\n',
  '\t',
  '\0',
  '\b',
  '\x1b[K',
  '\x1f',
  ' ',
  '!',
  '~',
  '\x7f',
  '\x80',
  '\xa0',
  '\xff',
  'interface',
  '',
]
const stream = fc.array(
  fc.oneof(
    fc.constantFrom(...SPECIAL),
    fc.nat(255).map(byte => String.fromCharCode(byte)),
  ),
  { maxLength: 40 },
)

describe('what was received', () => {
  it('is judged alike for every byte at every place of texts of up to nine bytes', () => {
    const wrong: string[] = []
    for (let size = 0; size <= 9; size++)
      for (let at = 0; at < size; at++)
        for (let byte = 0; byte < 256; byte++)
          for (const [before, behind] of ['x', '\r', '\n'].flatMap(b => ['x', '\n', '\r\n'].map(a => [b, a] as const))) {
            const said = `${before.repeat(at)}${String.fromCharCode(byte)}${behind.repeat(size)}`.slice(0, size)
            if (JSON.stringify(holding(said).text()) !== JSON.stringify(simple(said))) wrong.push(JSON.stringify(said))
          }
    expect(wrong).toEqual([])
  })
  it('is judged alike whatever it is and wherever it is cut', () => {
    fc.assert(
      fc.property(stream, pieces => {
        expect(holding(...pieces).text()).toEqual(simple(pieces.join('')))
      }),
      { numRuns: 3000 },
    )
  })
  it('is judged by what came since the last command alone', () => {
    const received = holding('\0\xff disturbed')
    received.clear()
    received.add('plain\r')
    expect(received.text()).toEqual({ ended: 'plain\r\n', disturbed: true, ascii: true })
    received.add('\nlines\r\n')
    expect(received.text()).toEqual({ ended: 'plain\nlines\n\n', disturbed: false, ascii: true })
  })
  it('keeps all of a text that is longer than the memory it starts with', () => {
    const line = 'interface Vlan10\r\n'
    const received = holding(...Array.from({ length: 30_000 }, () => line))
    expect(received.lines(0)).toEqual([...Array.from({ length: 30_000 }, () => 'interface Vlan10'), ''])
    expect(received.text()).toEqual({ ended: `${line.replace('\r', '').repeat(30_000)}\n`, disturbed: false, ascii: true })
  })
  it('has the lines that a terminal shows, between any two places', () => {
    fc.assert(
      fc.property(stream, fc.integer({ min: -30, max: 30 }), fc.nat(40), (pieces, from, to) => {
        const said = pieces.join('')
        const received = holding(said)
        expect(received.lines(from)).toEqual(render(said.slice(from)))
        expect(received.lines(Math.max(0, from), to)).toEqual(render(said.slice(Math.max(0, from), to)))
      }),
      { numRuns: 3000 },
    )
  })
})

describe('messages among lines', () => {
  const MESSAGES = [
    '%SYS-5-CONFIG_I: Configured from console by admin on vty0 (192.0.2.9)',
    '*Nov 23 10:00:00.123: %LINK-3-UPDOWN: Interface Vlan10, changed state to up',
    '000123: Nov 23 10:00:00: %SYS-6-LOGOUT: User admin has exited',
    '1w2d: %SYS-5-RESTART: System restarted',
    '2024 Nov 23 10:00:00 leaf1 %$ VDC-1 %$ %VSHD-5-VSHD_SYSLOG_CONFIG_I: Configured from vty',
    'Message from syslogd@leaf1 at Nov 23 10:00:00 ...',
    'Nov 23 10:00:00  mx1 mgd[1234]: UI_COMMIT: User commits',
    'Nov 23 10:00:00  mx1 /kernel: link up',
  ]
  it('are told before anything is taken apart, wherever they stand', () => {
    for (const message of MESSAGES) {
      expect(withoutLog(message, 'r1#'), message).toBeNull()
      for (const text of [message, `hostname r1\n${message}`, `${message}\nend\n`, `a:b\n:\n::1 x\n${message}`, `r1#${message}`])
        expect(mayHoldLogs(text), text).toBe(true)
    }
  })
  it('are not seen in what only has their characters', () => {
    for (const text of [
      '',
      ':',
      'a: b',
      ' description 50 % of it',
      'user@host',
      ' ipv6 address 2001:db8::10 link',
      'at 10:00 sharp',
      'x:12',
    ])
      expect(mayHoldLogs(text), text).toBe(false)
  })
})
