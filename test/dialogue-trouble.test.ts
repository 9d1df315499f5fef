// What devices do besides answering: banners, questions, messages, echoes of all kinds, and texts that are not whole.
import { describe, expect, it } from 'vitest'
import { commandsOf } from '../src/collect/commands.ts'
import { dialogue } from '../src/collect/dialogue.ts'
import { judge } from '../src/collect/verdict.ts'
import { converseWith, opened, page, proof, talk } from './support/talk.ts'

const enable = { value: 'en-pw', reference: 'env:EN' }
const CONFIG = 'version 15.2\r\nhostname r1\r\ninterface Vlan10\r\n ip helper-address 10.9.9.5\r\nend\r\n'
const DONE = CONFIG.replaceAll('\r', '')
const whole = { complete: proof('cisco-ios') }
const reason = (...args: Parameters<typeof talk>) => talk(...args).failed

describe('a configuration is whole', () => {
  const show = (text: string, ...rest: string[]) => talk([...opened, `show run\r\n${text}`, ...rest], {}, whole)

  it('with its end and the prompt behind it', () => expect(show(`${CONFIG}r1#`).done).toBe(DONE))
  it('not at a prompt inside it, however long the device pauses there', () => {
    const banner = 'version 15.2\r\nbanner motd ^C\r\nr1#'
    expect(show(`${banner}|~|\r\n^C\r\nend\r\nr1#`).done).toBe('version 15.2\nbanner motd ^C\nr1#\n^C\nend\n')
    expect(show(`${banner}~~`).failed).toBe(
      'the output ended before it was whole: the block that opens on line 2 is never closed',
    )
  })
  it('not without its end: the device is given time, and then the reason is told', () => {
    const cut = CONFIG.replace('end\r\n', '')
    expect(show(`${cut}r1#|\r\nend\r\nr1#`).done).toContain('end\n')
    expect(show(`${cut}r1#~~`).failed).toBe('the output ended before it was whole: the closing "end" is missing')
    expect(show(`${cut}r1#`).failed).toBe('the output ended before it was whole: the closing "end" is missing')
  })
  it('not when it is much shorter than the device said', () => {
    const text = (bytes: number) => `Building configuration...\r\n\r\nCurrent configuration : ${bytes} bytes\r\n${CONFIG}r1#`
    // 74 bytes follow the header, a line feed being one.
    expect(DONE).toHaveLength(74)
    expect(show(text(74)).done).toBeDefined()
    expect(show(text(82)).done).toBeDefined()
    expect(show(`${text(83)}~~`).failed).toBe('the output ended before it was whole: the device announced 83 bytes, and 74 came')
  })
  it('not when it is the output of another command', () =>
    expect(show('r1 uptime is 3 weeks\r\nend of it\r\nr1#~~').failed).toBe(
      'the output ended before it was whole: what came of "show run" does not look like a configuration',
    ))
  it('not when nothing was printed: that may be a prompt which came late', () => {
    expect(show('r1#|show run\r\n', `${CONFIG}r1#`).done).toBe(DONE)
    expect(talk([...opened, 'show run\r\nr1#~', `show conf\r\n${CONFIG}r1#`], {}, whole)).toMatchObject({ done: DONE })
    expect(talk([...opened, 'show run\r\nr1#~', 'show conf\r\nr1#~'], {}, whole).failed).toBe(
      'the device printed nothing for "show conf"; check what the user may do',
    )
  })
  it('not when the prompt goes on and on', () =>
    expect(show('version 15.2\r\nr1#', ...Array(150).fill('\r\nr1#')).failed).toBe(
      'the output ended before it was whole: the closing "end" is missing',
    ))
  /** What comes of a Junos configuration that the device prints. */
  const held = (text: string, prompt = 'u@r1> ') =>
    converseWith(
      dialogue(
        { ...page('juniper-junos').session, open: [], show: ['show configuration'] },
        { complete: proof('juniper-junos') },
      ),
      [prompt, `show configuration \r\nversion 21.2;\r\n${text}\r\n${prompt}~~`],
    )
  it.each(['LS1', 'tenant-7'])('on Junos, when the user is shown all of it, not %s alone', part => {
    const it = held('protocols {\r\n    x;\r\n}\r\n', `u@r1:${part}> `)
    expect(it.failed).toBe(
      `the device withholds a part of its configuration from this user (the prompt "u@r1:${part}>" is that of "${part}" alone, a system within it); collect it as a user of the device itself`,
    )
    expect(it.done).toBeUndefined()
  })
  it('on Junos, when the user may see what is audited', () => {
    expect(held('interfaces {\r\n    /* ACCESS-DENIED */\r\n}\r\nprotocols {\r\n    x;\r\n}\r\n').failed).toBe(
      'the device withholds a part of its configuration from this user (interfaces { /* ACCESS-DENIED */); give the user the right to view it',
    )
    // A level below one of them: `deny-configuration "forwarding-options helpers"`.
    const helpers =
      'forwarding-options {\r\n    storm-control-profiles x;\r\n    helpers {\r\n        /* ACCESS-DENIED */\r\n    }\r\n}\r\n'
    expect(held(`${helpers}protocols {\r\n    x;\r\n}\r\n`).failed).toMatch(
      /^the device withholds a part .*helpers \{ \/\* ACCESS-DENIED/,
    )
    expect(
      held('system {\r\n    login {\r\n        /* ACCESS-DENIED */\r\n    }\r\n}\r\nprotocols {\r\n    x;\r\n}\r\n').done,
    ).toBeDefined()
    expect(held('system {\r\n    /* ACCESS-DENIED */\r\n}\r\nprotocols {\r\n    x;\r\n}\r\n').done).toMatch(/^version 21.2;/)
    // What stands at the very beginning, and half a line in front of the prompt.
    expect(held('').failed).toBe('the output ended before it was whole: it ends behind "version", which says nothing by itself')
    expect(held('system {\r\n    x;\r\n}\r\napply-groups [ a b').failed).toMatch(/: the statement on line 5 is cut off$/)
    expect(held('system {\r\n    x;\r\n}\r\n').done).toBeDefined()
    expect(held('interfaces {\r\n').failed).toMatch(/^the output ended before it was whole: /)
  })

  it('on IOS, when the user has the level for all of it', () => {
    // `Current configuration` and `end` are there, and what stands between is what level 7 may change.
    const shown = (text: string) => {
      const bytes = text.replaceAll('\r', '').length
      const printed = `show run\r\nBuilding configuration...\r\n\r\nCurrent configuration : ${bytes} bytes\r\n${text}\r\nr1#`
      return talk([...opened, printed], { show: ['show run'] }, whole)
    }
    const part = '!\r\n! Last configuration change at 14:03:37 EST Wed Dec 7 2022 by ann\r\n!\r\n!\r\nend\r\n'
    const withheld =
      /^the device withholds a part of its configuration from this user \(Current configuration : \d+ bytes\); give the user the right to view it$/
    expect(shown(part).failed).toMatch(withheld)
    expect(shown(`!\r\ninterface Vlan10\r\n ip address 10.0.10.2 255.255.255.0\r\n!\r\nend\r\n`).failed).toMatch(withheld)
    expect(shown(`!\r\n${CONFIG}`).done).toBeDefined()
  })
  it('on NX-OS, when the lines behind the interfaces are there', () => {
    const text =
      '!Command: show running-config\r\nversion 9.3(8)\r\nhostname r1\r\ninterface Vlan10\r\n\r\nline console\r\nline vty\r\nboot nxos x\r\n'
    const held = (shown: string) =>
      converseWith(dialogue({ ...page('cisco-nxos').session, open: [] }, { complete: proof('cisco-nxos') }), [
        'r1# ',
        `show running-config\r\n${shown}r1# ~~`,
      ])
    expect(held(text).done).toBeDefined()
    expect(held(text.replace(/vty.*$/s, '\r\n')).failed).toBe(
      'the output ended before it was whole: the "line console" and "line vty" that follow the interfaces are missing',
    )
  })
  it('is judged in this order', () => {
    const kind = (text: string, complete?: (text: string) => string | null) =>
      judge('show run', text, page('cisco-ios').session, complete).kind
    expect(kind(' \n')).toBe('empty')
    expect(kind('% Invalid input detected\n', () => 'not whole')).toBe('refused')
    // Who asks for no configuration takes any answer.
    expect(kind('r1 uptime is 3 weeks\n')).toBe('whole')
    expect(kind('r1 uptime is 3 weeks\n', () => null)).toBe('unfinished')
    expect(kind('hostname r1\n', () => 'not whole')).toBe('unfinished')
    expect(kind('hostname r1\n', () => null)).toBe('whole')
    expect(kind(`${'hostname r1\n'.repeat(20)}% Invalid input detected\n`, () => null)).toBe('whole')
  })
})

describe('a refusal', () => {
  it.each([
    ['cisco-nxos', '% Permission denied for the role'],
    ['cisco-nxos', 'Error: AAA authorization failed AAA_AUTHOR_STATUS_METHOD=16(0x10)'],
    ['cisco-ios', 'Command authorization failed.'],
    ['cisco-ios', '% This command is not authorized'],
    ['arista-eos', '% Unable to run this command'],
    ['arista-eos', '% Authorization denied for command'],
  ])('of every command is no part of the prompt: %s, %s', (id, said) => {
    const { session } = page(id)
    const answers = [...session.open, ...session.show].map(command => `${command}\r\n${said}\r\nr1#`)
    expect(converseWith(dialogue(session, { complete: proof(id) }), ['\r\nr1#', ...answers]).failed).toBe(
      `the device refused "${session.show.at(-1)}" (${said}); check what the user may do`,
    )
  })
})

describe('the prompt', () => {
  const answers = ['terminal length 0\r\nr1#', `show run\r\n${CONFIG}r1#`]
  it('is learned again when the first guess was a line of the banner', () => {
    // The line in the banner stands where the device paused.
    expect(talk(['\r\nPrivate>|\r\nreally\r\nr1#', ...answers], { enable: undefined as never }, whole).done).toBe(DONE)
    expect(talk(['Site(4)#|\r\nwelcome\r\nr1#', ...answers], {}, whole).done).toBe(DONE)
    expect(
      talk(['Site(4)#', `terminal length 0\r\nwelcome\r\nr1#|terminal length 0\r\nr1#`, answers[1] ?? ''], {}, whole).done,
    ).toBe(DONE)
  })
  it('that was guessed wrong and asks for more rights costs nothing', () =>
    expect(
      talk(
        ['Private>', '\r\nreally\r\nr1#|enable\r\nr1#', 'terminal length 0\r\nr1#', `show run\r\n${CONFIG}r1#`],
        {},
        { enable, ...whole },
      ),
    ).toMatchObject({ said: ['enable\n', 'terminal length 0\n', 'show run\n', 'exit\n'], done: DONE }))
  it('may change under way', () =>
    expect(talk(['r1#', 'terminal length 0\r\nr1#', `show run\r\n${CONFIG}core-1#~`], {}, whole).done).toBe(DONE))
  it('may count commands, or have two lines', () => {
    const junos = dialogue(
      { ...page('juniper-junos').session, show: ['show configuration'] },
      { complete: proof('juniper-junos') },
    )
    const text = 'version 21.2;\r\nprotocols {\r\n    x;\r\n}\r\n'
    const above = '\r\n{master:0}\r\nu@r1> '
    expect(
      converseWith(junos, [
        `--- JUNOS 21.2R3 built\r\n${above}`,
        `set cli screen-length 0 \r\nScreen length set to 0\r\n${above}`,
        `set cli screen-width 0 \r\nScreen width set to 0\r\n${above}`,
        `show configuration \r\n${text}${above}`,
      ]),
    ).toMatchObject({ done: `${text.replaceAll('\r', '')}\n` })
    const srl = (command: string, output: string) => `${command}\r\n${output}--{ running }--[  ]--\r\nA:srl1# `
    expect(
      talk([srl('', 'hello\r\n'), srl('terminal length 0', ''), srl('show run', 'system {\r\n}\r\n')], {
        prompt: /^A:\S+# $/,
        enable: undefined as never,
      }).done,
    ).toBe('system {\n}\n')
  })
  it('takes its time only at first, and with devices that stop in the middle of a line', () => {
    const it = dialogue(page('cisco-ios').session)
    expect([it.settle(), it.stall()]).toEqual([30, 4000])
    converseWith({ ...it, ended: () => [] }, ['r1#'])
    expect(it.settle()).toBe(8)
    it.receive('terminal length 0\r\nsome')
    it.quiet()
    it.receive('thing')
    expect(it.settle()).toBe(16)
  })
})

describe('the echo', () => {
  const show = 'show running-config view full'
  const held = (echo: string, prompt = 'r1#') =>
    talk([prompt, `terminal length 0\r\n${prompt}`, `${echo}\r\n${CONFIG}${prompt}`], { show: [show] }, whole).done
  const name = 'a-rather-long-name-for-a-switch-in-the-cellar-of-building-21'
  it.each([
    ['plain', show, 'r1#'],
    ['behind the prompt, drawn again', `\rr1#\x1b[K${show}`, 'r1#'],
    ['wrapped at 80 columns', `${show.slice(0, 18)}\r\n${show.slice(18)}`, `${name}#`],
    ['wrapped at a blank that is lost', `${show.slice(0, 4)}\r\n${show.slice(5)}`, 'r1#'],
    ['wrapped by blank and return', `${show.slice(0, 18)} \r${show.slice(18)}`, `${name}#`],
    ['scrolled', `${show}${'\b'.repeat(29)}\r${name}#$ng-config view full`, `${name}#`],
    ['character by character', [...show].map(c => `${c} \b`).join(''), 'r1#'],
    ['twice, as it arrived and when its turn had come', `${show}\r\nr1#${show}`, 'r1#'],
    ['behind the echo of the command before', `terminal length 0\r\nr1#\r\nr1#${show}`, 'r1#'],
    ['behind a late prompt', `\r\nr1#\r\nr1#${show}`, 'r1#'],
  ])('%s', (_, echo, prompt) => expect(held(echo, prompt)).toBe(DONE))
  it('is not looked for in the configuration of a device that gives none', () => {
    const text = `version 15.2\r\nbanner motd ^C\r\nshow run\r\n^C\r\nend\r\n`
    expect(talk(['r1#', '\r\nr1#~', `${text}r1#`], {}, whole).done).toBe(text.replaceAll('\r', ''))
  })
  it('is waited for: an answer without it belongs to another command', () =>
    expect(talk([...opened, 'stray\r\nr1#', `show run\r\n${CONFIG}r1#`], {}, whole).done).toBe(DONE))
})

describe('messages in between', () => {
  it.each([
    ['IOS', '*Mar  1 00:01:02.123: %SYS-5-CONFIG_I: Configured from console by vty0 (10.0.0.1)'],
    ['IOS with the year', '.Nov 27 2026 04:49:01.001 UTC: %LINK-3-UPDOWN: Interface Gi0/1, changed state to up'],
    ['IOS with a number', '000123: Nov 27 04:49:01: %LINK-3-UPDOWN: Interface Gi0/1, changed state to up'],
    ['IOS by uptime', '1w2d: %LINEPROTO-5-UPDOWN: Line protocol on Interface Gi0/1, changed state to up'],
    ['IOS without a date', '%SYS-5-CONFIG_I: Configured from console by vty0'],
    ['NX-OS', '2026 Nov 27 04:49:01 r1 %ETHPORT-5-IF_UP: Interface Ethernet1/1 is up'],
    ['NX-OS with a VDC', '2026 Nov 27 04:49:01 r1 %$ VDC-1 %$ %VSHD-5-VSHD_SYSLOG_CONFIG_I: Configured from vty'],
    ['EOS', 'Nov 27 04:49:01 r1 Ebra: %LINEPROTO-5-UPDOWN: Line protocol on Interface Ethernet1, changed state to up'],
    [
      'EOS by RFC 5424',
      '2026-11-27T04:49:01.123456+00:00 r1 Ebra - - - %LINEPROTO-5-UPDOWN: Line protocol on Interface Ethernet1',
    ],
    ['Junos', 'Nov 27 04:49:01  r1 mgd[4321]: UI_CMDLINE_READ_LINE: User u, command exit'],
    ['Junos to all', 'Message from syslogd@r1 at Nov 27 04:49:01  ...'],
  ])('%s', (_, log) => {
    const held = (...answers: string[]) => talk(answers, {}, whole).done
    const burst = `${log}\r\n${log}\r\n`
    // In front of the first prompt, behind it, and around every other.
    expect(held(`${burst}r1#`, 'terminal length 0\r\nr1#', `show run\r\n${CONFIG}r1#`)).toBe(DONE)
    expect(held('r1#', `terminal length 0\r\nr1#\r\n${burst}`, `show run\r\n${CONFIG}r1#\r\n${burst}`)).toBe(DONE)
    expect(held('r1#', `terminal length 0\r\nr1#${burst}`, `show run\r\n${CONFIG}r1#${burst}`)).toBe(DONE)
    expect(held('r1#', `terminal length 0\r\n${burst}r1#`, `show run\r\n${burst}${CONFIG}${burst}r1#`)).toBe(DONE)
    const inside = CONFIG.replace('interface', `${burst}interface`)
    expect(held('r1#', 'terminal length 0\r\nr1#', `show run\r\n${inside}r1#`)).toBe(DONE)
  })
  it('glued to the end of a line takes nothing of the line', () => {
    const glued = CONFIG.replace('10.9.9.5', '10.9.9.5*Mar  1 00:01:02.123: %SYS-5-CONFIG_I: Configured from console')
    expect(talk([...opened, `show run\r\n${glued}r1#`], {}, whole).done).toBe(DONE)
  })
})

describe('a message in the middle of a line', () => {
  const log = '*Mar  1 00:01:02.123: %SYS-5-CONFIG_I: Configured from console by vty0'
  const config = CONFIG.replace(' ip helper', ' ip address 10.0.10.3 255.255.255.0\r\n no ip redirects\r\n ip helper')
  const done = config.replaceAll('\r', '')
  const answer = (text: string) => `show run\r\n${text}r1#`
  /** The configuration with a message at a place; the device goes on in the next line. */
  const torn = (at: number, before = '\r\n') => `${config.slice(0, at)}${before}${log}\r\n${config.slice(at)}`

  it('never changes the configuration: it is asked for again', () => {
    for (let at = 1; at < config.length; at++) {
      for (const before of ['', '\r\n']) {
        // Where its last line is torn, the device seems to have more to say.
        const silence = config.length - at < 8 ? '~~' : ''
        const { done: came } = talk([...opened, answer(torn(at, before)) + silence, answer(config)], {}, whole)
        expect(came?.replace(/\n\n+/g, '\n'), JSON.stringify(config.slice(at - 5, at))).toBe(done)
      }
    }
  })
  it('is no reason to ask again where the line in front of it surely is whole', () => {
    for (const line of ['interface Vlan10', 'hostname r1', 'end'])
      expect(talk([...opened, answer(torn(config.indexOf(line), ''))], {}, whole)).toMatchObject({
        said: ['terminal length 0\n', 'show run\n', 'exit\n'],
        done,
      })
  })
  it('each time is told', () => {
    const bad = answer(torn(config.indexOf('.9.5')))
    expect(talk([...opened, bad, bad, answer(config)], {}, whole).done).toBe(done)
    expect(talk([...opened, bad, bad, bad, answer(config)], {}, whole)).toEqual({
      said: ['terminal length 0\n', ...Array(3).fill('show run\n')],
      failed:
        'lines of what the device printed for "show run" were broken into each time, as log messages do; keep them off its sessions (no terminal monitor), or collect it in a quieter moment',
    })
  })
  // IOS: `send` and `reload in`; Linux below NX-OS and EOS, old and new: wall(1); Junos: `request message`, `request system reboot`
  it.each([
    '\r\n\r\n\r\n\x07***\r\n***\r\n*** Message from tty2 to all terminals:\r\n***\r\nbye',
    '\r\n\r\n\r\n***\r\n*** --- SHUTDOWN in 0:05:00 ---\r\n***',
    '\r\n***\r\n*** --- SHUTDOWN ABORTED ---\r\n***',
    '\r\nBroadcast message from root@r1 (pts/0) (Fri Nov 27 10:00:00 2026):\r\n\r\nbye\r\n',
    '\r\n\x07Broadcast Message from ann@r1\r\n        (/dev/ttyp0) at 10:00 UTC...\r\n\r\nbye',
    '\r\nMessage from ann@r1 on ttyp0 at 20:27 ...\r\nbye\r\nEOF',
    '\r\n*** FINAL System shutdown message from root@r1 ***\r\n\r\nSystem going down IMMEDIATELY',
  ])('may be one to all users, whose own lines are any text: %j', message => {
    for (let at = 1; at < config.length; at++) {
      const silence = config.length - at < 8 ? '~~' : ''
      const broken = answer(`${config.slice(0, at)}${message}\r\n${config.slice(at)}`) + silence
      expect(talk([...opened, broken, answer(config)], {}, whole).done, JSON.stringify(config.slice(at - 5, at))).toBe(done)
    }
  })
  it('is told from bursts between lines, which are many', () => {
    // In front of a line like others, each time.
    const burst = config.replace(' ip helper', `${log}\r\n${log}\r\n ip helper`)
    expect(talk([...opened, answer(burst)], {}, whole)).toMatchObject({ said: expect.objectContaining({ length: 3 }), done })
    // What is behind the message may have been the rest of a description, or of `no shutdown`.
    for (const [was, is] of [
      [' no ip redirects', ` description to shutdown\r\n${log}\r\n no ip redirects`],
      [' ip helper', ` no\r\n${log}\r\n ip helper`],
    ] as const)
      expect(talk([...opened, answer(config.replace(was, is)), answer(config)], {}, whole).done).toBe(done)
  })
})

describe('answers that come late', () => {
  it('are not stored together with those to the next command', () => {
    // Old IOS says no `version 15.2` by which two configurations in one text are told.
    const long = CONFIG.replace('version 15.2', Array(30).fill('!').join('\r\n'))
    const late = [...opened, 'show run\r\nr1#~', `${long}r1#show conf\r\n${long}r1#~`]
    expect(talk([...late, `show conf\r\n${long}r1#`], {}, whole)).toMatchObject({
      said: ['terminal length 0\n', 'show run\n', 'show conf\n', 'show conf\n', 'exit\n'],
      done: long.replaceAll('\r', ''),
    })
  })
})

describe('before the first prompt', () => {
  const rest = ['terminal length 0\r\nr1#', `show run\r\n${CONFIG}r1#`]
  it.each(['Press any key to continue', '-- Press RETURN to continue --', 'Press RETURN to get started.'])(
    'a key is pressed at once: %s',
    words => {
      expect(talk([`notice\r\n${words}`, '\r\nr1#', ...rest], {}, whole)).toMatchObject({
        said: ['\n', 'terminal length 0\n', 'show run\n', 'exit\n'],
        done: DONE,
      })
    },
  )
  it('a key that starts or stops anything is not pressed, and no question gets a line feed', () => {
    for (const words of [
      'Hit any key to stop autoboot:',
      'Press RETURN to confirm reload',
      'Proceed with reload? [confirm]',
      'Destination filename [running-config]?',
    ])
      expect(talk([`${words}~~~`]).said).toEqual([])
  })
  it('a question that the page answers is answered, and no other', () => {
    const answers = [{ when: /Change now\? \[Y\/N\]: ?$/, send: 'N\n' }]
    expect(talk(['The password needs to be changed. Change now? [Y/N]:', 'N\r\nr1#', ...rest], { answers }, whole)).toMatchObject(
      {
        said: ['N\n', 'terminal length 0\n', 'show run\n', 'exit\n'],
        done: DONE,
      },
    )
    expect(talk(['The password needs to be changed. Change now? [Y/N]:~'])).toEqual({
      said: [],
      failed:
        'the device asks "The password needs to be changed. Change now? [Y/N]:" after the SSH login, which is not supported',
    })
  })
  it('a password that will expire is read past', () =>
    expect(talk(['Warning: your password will expire in 7 days.\r\nr1#', ...rest], {}, whole).done).toBe(DONE))
  it.each([
    [
      'Your password has expired.\r\nNew password: ~',
      'the password of this user has expired and the device asks for a new one ("New password:"); set it by hand',
    ],
    [
      'Your password has expired.\r\n',
      'the password of this user has expired ("Your password has expired."); set a new one by hand',
    ],
    ['Username: ~', 'the device asks "Username:" after the SSH login, which is not supported'],
    ['\r\nPassword: ~', 'the device asks "Password:" after the SSH login, which is not supported'],
    [
      '% Authorization failed.\r\n',
      'the device lets the user log in and not use its command line ("% Authorization failed."); check the authorization of the user',
    ],
    [
      'Too many users logged in\r\n',
      'the device has no session free ("Too many users logged in"); close idle sessions or try again later',
    ],
    [
      '% All lines are busy, try again later.\r\n',
      'the device has no session free ("% All lines are busy, try again later."); close idle sessions or try again later',
    ],
    ['% Login invalid\r\n', 'the device rejected the user after the SSH login ("% Login invalid")'],
    ['Connection to r1 closed by remote host.\r\n', 'the device closed the session ("Connection to r1 closed by remote host.")'],
    ['rommon 1 > ~', 'the device asks'],
    ['welcome\r\n', 'the session ended before the device showed a prompt'],
  ])('%j', (answer, why) => {
    if (answer.startsWith('rommon')) expect(reason([answer])).toBe('the device stands in its boot loader ("rommon 1 >")')
    else expect(reason([answer])).toBe(why)
  })
  it('the words of a banner are no reason while the device goes on', () =>
    expect(talk(['Unauthorized sessions will be disconnected.\r\nToo many users spoil it\r\nr1#', ...rest], {}, whole).done).toBe(
      DONE,
    ))
})

describe('later on', () => {
  it('a device that hangs up is quoted', () =>
    expect(reason([...opened, 'show run\r\nversion 15.2\r\nConnection closed by foreign host.\r\n'])).toBe(
      'the session ended before the prompt came back after "show run" ("Connection closed by foreign host.")',
    ))
  it('a question in place of an answer is told, and not answered', () => {
    const { said, failed } = talk([...opened, 'show run\r\nUsername: ~~'])
    expect(failed).toBe('the device asks "Username:" after "show run", which is not supported')
    expect(said).toEqual(['terminal length 0\n', 'show run\n'])
  })
})

describe('more rights', () => {
  const rest = ['terminal length 0\r\nr1#', `show run\r\n${CONFIG}r1#`]
  const held = (...answers: string[]) => talk(answers, {}, { enable, ...whole })
  it('are asked for, whether or not the device asks for a password', () => {
    expect(held('r1>', 'enable\r\nr1#', ...rest)).toMatchObject({
      said: ['enable\n', 'terminal length 0\n', 'show run\n', 'exit\n'],
      done: DONE,
    })
    expect(held('r1>', 'enable\r\nPassword: ', '\r\nr1#', ...rest).said.slice(0, 2)).toEqual(['enable\n', 'en-pw\n'])
    expect(held('r1>', 'enable\r\nEnable password: ', '\r\nr1#', ...rest).done).toBe(DONE)
  })
  it('may leave the prompt as it is', () => {
    const user = (command: string, output = '') => `${command}\r\n${output}r1>`
    expect(held('r1>', 'enable\r\nPassword: ', '\r\nr1>', user('terminal length 0'), user('show run', CONFIG)).done).toBe(DONE)
  })
  it('may be refused', () => {
    expect(held('r1>', "enable\r\n    ^\r\n% Invalid input detected at '^' marker.\r\n\r\nr1>").failed).toBe(
      'the device refused "enable" (% Invalid input detected at \'^\' marker.); give the user a higher privilege level',
    )
    expect(held('r1>', 'enable\r\n% Error in authentication.\r\n\r\nr1>').failed).toMatch(
      /^the device refused "enable" \(% Error in auth/,
    )
  })
  it('a message beside the question does not hide it', () =>
    expect(
      held('r1>', 'enable\r\nPassword: \r\n*Mar  1 00:01:02.123: %SYS-5-CONFIG_I: by vty0\r\n', '\r\nr1#', ...rest).said[1],
    ).toBe('en-pw\n'))
  it('the password goes to no question but the one directly behind the command', () => {
    for (const answers of [
      // A line of the banner that looks like a prompt, and a question in what follows.
      ['r1>', 'enable\r\nWelcome to the gateway\r\nPassword: ~~'],
      ['banner\r\nPassword: ~'],
      ['r1#', 'terminal length 0\r\nPassword: ~~'],
      [...opened, 'show run\r\nPassword: ~~'],
      ['r1>', 'enable\r\nSecond factor: ~~'],
    ]) {
      const { said, failed } = held(...answers)
      expect(said).not.toContain('en-pw\n')
      expect(failed).toMatch(/^the device asks "(Password|Second factor):" after /)
    }
  })
  it('are never asked for with a password where the platform takes none', () => {
    const junos = dialogue(page('juniper-junos').session, { enable })
    const { said } = converseWith(junos, ['root@r1:RE:0% ', 'cli\r\nPassword:~~'])
    expect(said).toEqual(['cli\n'])
    expect(commandsOf(page('juniper-junos').session).filter(item => item.purpose === 'secret')).toEqual([])
  })
})

describe('pagers', () => {
  const forms: readonly (readonly [string, string, string])[] = [
    ['IOS, one column short', ' --More-- ', `${'\b'.repeat(9)}${' '.repeat(8)}${'\b'.repeat(9)}`],
    ['NX-OS', '\x1b[7m--More--\x1b[27m', '\r\x1b[K'],
    ['EOS', '\x1b[7m --More-- \x1b[m', '\r\x1b[K'],
    ['with a percentage', '--More-- (23%) ', '\r               \r'],
    ['Junos', '---(more 45%)---', '\r                                        \r'],
    ['Comware', '  ---- More ----', '\x1b[16D                \x1b[16D'],
    ['AOS-S', '-- MORE --, next page: Space, next line: Enter, quit: Control-C', '\r\x1b[2K\x1b[1;24r'],
    ['less', '\x1b[7mlines 1-23 \x1b[m', '\r\x1b[K'],
    ['Dell', '<--- More --->', '\r              \r'],
  ]
  it.each(forms)('%s', (_, pager, wipe) => {
    const own = { pager: undefined as never }
    const text = ['version 15.2\r\ninterface Vlan10\r\n', ' ip helper-address 10.9.9.5\r\n', 'end\r\nr1#']
    const answers = [`show run\r\n${text[0]}${pager}`, `${wipe}${text[1]}${pager}`, `${wipe}${text[2]}`]
    const done = 'version 15.2\ninterface Vlan10\n ip helper-address 10.9.9.5\nend\n'
    expect(talk([...opened, ...answers], own, whole)).toMatchObject({
      said: ['terminal length 0\n', 'show run\n', ' ', ' ', 'exit\n'],
      done,
    })
    // The same however it is cut.
    const bytes = answers.map(answer => [...answer].join('|'))
    expect(talk([...opened, ...bytes], own, whole)).toMatchObject({
      said: ['terminal length 0\n', 'show run\n', ' ', ' ', 'exit\n'],
      done,
    })
  })
  it('in a description are no pagers, even where the device pauses behind them', () => {
    const text = 'version 15.2\r\ninterface Vlan10\r\n description the --More-- |link\r\nend\r\n'
    expect(talk([...opened, `show run\r\n${text}r1#`], {}, whole).done).toContain('\n description the --More-- link\nend\n')
  })
  it('a line of a banner that reads like one is kept', () => {
    const text = 'version 15.2\r\nbanner motd ^C\r\n --More-- |\r\n^C\r\nend\r\n'
    expect(talk([...opened, `show run\r\n${text}r1#`], {}, whole).done).toBe(
      'version 15.2\nbanner motd ^C\n --More-- \n^C\nend\n',
    )
  })
  it('without end come to one', () =>
    expect(talk([...opened, 'show run\r\n --More-- ', ...Array(200).fill('\r          \r --More-- ')]).failed).toBe(
      'the pager of the device does not come to an end after "show run"',
    ))
})
