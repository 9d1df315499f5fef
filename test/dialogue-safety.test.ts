// What can be sent, how much is listened to, and that neither depends on what a device says.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commandsOf } from '../src/collect/commands.ts'
import { type Action, dialogue } from '../src/collect/dialogue.ts'
import { probe } from '../src/collect/recognise.ts'
import type { Session } from '../src/parse/platform.ts'
import { platforms } from '../src/platforms.ts'
import { opened, page, proof, talk } from './support/talk.ts'

const pages: readonly (readonly [string, Session])[] = [
  ...platforms.map(p => [p.id, p.session] as const),
  ['a system that is not known', probe],
]
const enable = { value: 'en-pw', reference: 'env:EN' }

describe('a session page', () => {
  /**
   * Commands that only show something, or change how this session shows it. `enable` and `cli` give rights that the user
   * has anyway, and no command that would use them to change anything can follow. A pipe may leave text out of the output;
   * others write files (`| redirect`, `| tee`, `| save`), so none but the harmless ones is here.
   */
  const HARMLESS =
    /^(?:(?:show|display) [\w -]+(?: \| (?:display omit|no-more))?|terminal (?:length|width) \d+|set cli screen-(?:length|width) \d+|enable|cli|exit|quit)\n$/
  it.each(pages)('of %s cannot change a device', (_, session) => {
    for (const { purpose, typed } of commandsOf(session)) {
      if (purpose === 'secret') expect(typed).toBe('')
      else if (purpose === 'line feed') expect(typed).toBe('\n')
      else if (purpose === 'page') expect(typed).toBe(' ')
      // An answer declines, or turns a page: it agrees to nothing.
      else if (purpose === 'answer') expect(typed).toMatch(/^(?:[Nn]o?\n| |\n)$/)
      else expect(typed).toMatch(HARMLESS)
    }
  })
  it('says when each is typed', () => {
    const { session } = page('cisco-ios')
    expect(commandsOf(session).map(({ purpose, typed }) => `${purpose}: ${typed.trim()}`)).toEqual([
      'line feed: ',
      'enable: enable',
      'secret: ',
      'open: terminal length 0',
      'open: terminal width 512',
      'show: show running-config view full',
      'show: show running-config',
      'page: ',
      'close: exit',
    ])
    for (const { when } of commandsOf(session)) expect(when).toMatch(/^\S.*\S$/)
  })
})

/** Holds a conversation with a device that says these things, whatever is typed; returns what was typed, and the outcome. */
function hold(session: Session, pieces: readonly string[], complete?: (text: string) => string | null) {
  const it = dialogue(session, { enable, ...(complete && { complete }) })
  const actions: Action[] = []
  let ended = false
  const act = (more: readonly Action[]) => {
    actions.push(...more)
    ended ||= more.some(action => !('send' in action))
  }
  for (const piece of pieces) {
    if (ended) break
    act(piece === '~' ? it.stalled() : it.receive(piece))
    if (piece !== '~' && !ended) act(it.quiet())
  }
  if (!ended) act(it.ended())
  return { it, actions, typed: actions.filter(a => 'send' in a), outcome: actions.find(a => !('send' in a)) }
}

describe('whatever a device says', () => {
  /** Pieces that mean something to a dialogue, in any order and cut anywhere. */
  const words = fc.constantFrom(
    ...[
      'r1#',
      'r1>',
      'u@r1> ',
      '\r\n',
      '\r',
      '\b',
      '\0',
      '\x1b[K',
      ' ',
      'enable',
      'cli',
      'Password:',
      'Username: ',
      ' --More-- ',
    ],
    ...[
      'terminal length 0',
      'terminal width 512',
      'set cli screen-length 0',
      'show running-config',
      'show running-config view full',
    ],
    ...[
      'show configuration | display omit',
      'version 15.2',
      'hostname r1',
      'end',
      '% Invalid input',
      'Press any key to continue',
    ],
    ...[
      'Proceed with reload? [confirm]',
      '*Mar  1 00:01:02.123: %SYS-5-CONFIG_I: by vty0',
      'banner motd ^C',
      '~',
      'New password: ',
    ],
  )
  const pieces = fc.array(fc.oneof({ weight: 6, arbitrary: words }, { weight: 1, arbitrary: fc.string({ maxLength: 12 }) }), {
    maxLength: 60,
  })
  it.each(pages)('to %s, all that is typed stands on the page, and the secret goes to its question', (id, session) => {
    const allowed = new Set(commandsOf(session).map(item => `${item.purpose} ${item.typed}`))
    fc.assert(
      fc.property(pieces, said => {
        const { typed, outcome } = hold(session, said, id.includes('-') ? proof(id) : undefined)
        for (const [i, action] of typed.entries()) {
          if (!('send' in action)) continue
          if (action.purpose === 'secret') {
            expect(action.send).toBe('en-pw\n')
            expect(typed[i - 1]).toMatchObject({ purpose: 'enable' })
          } else expect(allowed).toContain(`${action.purpose} ${action.send}`)
        }
        expect(typed.filter(action => 'send' in action && action.purpose === 'secret').length).toBeLessThanOrEqual(1)
        expect(outcome).toBeDefined()
      }),
      { numRuns: 400 },
    )
  })

  // A configuration with all that may look like something else, told whole and then cut anywhere.
  const CONFIG =
    'version 15.2\r\nhostname r1\r\nbanner motd ^C\r\nr1#\r\nr1>\r\nPassword:\r\n --More-- \r\n% Invalid input\r\n^C\r\n! Z\xc3\xbcrich\r\nend\r\n\r\n'
  const answers = [
    '\r\nlogin banner #\r\nr1>',
    'enable\r\nPassword: ',
    '\r\nr1#',
    'terminal length 0\r\nr1#',
    `show run\r\n${CONFIG}r1#`,
  ]
  it('comes to the same wherever the stream is cut and the device pauses', () => {
    const done = Buffer.from(CONFIG.replaceAll('\r', ''), 'latin1').toString()
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat({ max: 200 }), { maxLength: 8 }), { minLength: 5, maxLength: 5 }), cuts => {
        const cut = answers.map((answer, i) =>
          [...answer].map((c, at) => (at > 0 && cuts[i]?.includes(at) ? `|${c}` : c)).join(''),
        )
        expect(talk(cut, {}, { enable, complete: proof('cisco-ios') })).toMatchObject({ done })
      }),
      { numRuns: 500 },
    )
    for (const pause of ['|', '']) {
      const bytes = answers.map(answer => [...answer].join(pause))
      expect(talk(bytes, {}, { enable, complete: proof('cisco-ios') })).toMatchObject({ done })
    }
  })
})

describe('a device that does not stop', () => {
  const { session } = page('cisco-ios')
  const MB = 1024 * 1024
  const flood = (before: readonly string[], chunk: string, limit = 40 * MB) => {
    const it = dialogue({ ...session, open: ['terminal length 0'], show: ['show run'] }, { complete: proof('cisco-ios') })
    for (const answer of before) {
      it.receive(answer)
      it.quiet()
    }
    let most = 0
    for (let sent = 0; sent < limit; sent += chunk.length) {
      const [action] = it.receive(chunk)
      most = Math.max(most, it.buffered())
      if (action) {
        expect(it.buffered()).toBe(0)
        return { failed: 'failed' in action ? action.failed : '', most }
      }
    }
    return { failed: '', most }
  }
  const begun = [...opened, 'show run\r\nversion 15.2\r\n']
  it.each([
    ['a greeting', [], 'welcome\r\n'.repeat(4096), 'the device printed more than 1 MB without showing a prompt', 1.1],
    ['null bytes', [], '\0'.repeat(32768), 'the device sends nothing but control characters', 1.1],
    [
      'an answer to another command',
      ['r1#'],
      'x\r\n'.repeat(8192),
      'the device printed more than 1 MB for "terminal length 0" without coming to an end',
      1.1,
    ],
    [
      'a configuration',
      begun,
      ' ip address 10.0.0.1\r\n'.repeat(1500),
      'the device printed more than 32 MB for "show run" without coming to an end',
      32.1,
    ],
    [
      'prompts',
      begun,
      'r1#\r\n'.repeat(6000),
      'the device printed more than 32 MB for "show run" without coming to an end',
      32.1,
    ],
    [
      'one line',
      begun,
      'x'.repeat(32768),
      'the device printed a line of more than 1 MB for "show run", which no configuration has',
      1.1,
    ],
    ['null bytes in an answer', begun, '\0'.repeat(32768), 'the device sends nothing but control characters', 1.1],
  ] as const)('%s', (_, before, chunk, failed, megabytes) => {
    const held = flood(before, chunk)
    expect(held.failed).toBe(failed)
    expect(held.most).toBeLessThan(megabytes * MB)
  })
  it('a configuration of 30 MB is taken', () => {
    const it = dialogue({ ...session, open: [], show: ['show run'] })
    it.receive('r1#')
    it.quiet()
    it.receive('show run\r\n')
    const chunk = ' ip address 10.0.0.1 255.255.255.0\r\n'.repeat(900)
    for (let sent = 0; sent < 30 * MB; sent += chunk.length) it.receive(chunk)
    it.receive('end\r\nr1#')
    const done = it.quiet().find(action => 'done' in action)
    expect(done && 'done' in done ? done.done.length : 0).toBeGreaterThan(28 * MB)
  })
  it('what comes after the end is not kept', () => {
    const { it: over } = hold(session, ['r1#', 'enable'])
    over.receive('x'.repeat(100))
    expect(over.buffered()).toBe(0)
    expect(over.quiet()).toEqual([])
  })
})
