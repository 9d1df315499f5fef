// The conversation with a device: cut streams, and what people have seen devices do.
import { describe, expect, it } from 'vitest'
import { render } from '../src/terminal.ts'
import { opened, talk } from './support/talk.ts'

describe('the screen', () => {
  it.each([
    ['a pager wiped out with backspaces', `\b\b\b\b        \b\b\b\b\b\b\b\b ip address`, [' ip address']],
    ['a pager wiped out by blanks', '--More--\r          \r ip address', [' ip address']],
    ['cursor movements', '  ---- More ----\x1b[42D                                          \x1b[42Dreturn', ['return']],
    ['colours, titles and charsets', '\x1b]0;r1\x07\x1b[1;32mhost\x1b[m\x1b(B#', ['host#']],
    ['NUL and BEL', '\0\0<host>\x07', ['<host>']],
    ['doubled carriage returns', 'a\r\r\nb\r\n', ['a', 'b', '']],
    ['a lone carriage return between texts: nothing is lost', 'one\rtwo', ['one', 'two']],
    ['text that begins over the indentation of other text', ' ip address\r*Mar', [' ip address', '*Mar']],
    ['a prompt drawn again', 'host#\rhost# ', ['host# ']],
  ])('%s', (_, raw, lines) => expect(render(raw)).toEqual(lines))
})

describe('a conversation', () => {
  it('asks, takes the answer without echo and prompt, and leaves', () => {
    expect(talk([...opened, 'show run\r\nhostname r1\r\n\r\nend\r\nr1#'])).toEqual({
      said: ['terminal length 0\n', 'show run\n', 'exit\n'],
      done: 'hostname r1\n\nend\n',
    })
  })
  it('tries the next command when one is refused, and quotes the last refusal', () => {
    const no = "show run\r\n    ^\r\n% Invalid input detected at '^' marker.\r\n\r\nr1#"
    expect(talk([...opened, no, 'show conf\r\nend\r\nr1#'])).toMatchObject({ done: 'end\n' })
    expect(talk([...opened, no, no.replace('run', 'conf')])).toMatchObject({
      failed: 'the device refused "show conf" (% Invalid input detected at \'^\' marker.); check what the user may do',
    })
  })
  it('does not take a banner inside the configuration for a refusal, a prompt or a pager', () => {
    const text = `${'!\r\n'.repeat(20)}banner motd ^C\r\n% Invalid input\r\nr1#\r\nr1# show\r\n --More-- \r\n^C\r\nend\r\n`
    expect(talk([...opened, `show run\r\n${text}r1#`])).toMatchObject({ done: text.replaceAll('\r', '') })
  })
  it('turns pages', () => {
    const answers = [
      ...opened,
      'show run\r\na\r\n --More-- ',
      '\b\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b\b b\r\n --More-- ',
      '\r         \rend\r\nr1#',
    ]
    expect(talk(answers)).toMatchObject({ said: ['terminal length 0\n', 'show run\n', ' ', ' ', 'exit\n'], done: 'a\n b\nend\n' })
  })
  it('drops log messages, and knows the prompt that they have pushed away', () => {
    const log = '*Mar  1 00:01:02.123: %SYS-5-CONFIG_I: Configured from console by vty0'
    expect(talk([...opened, `show run\r\na\r\n${log}\r\nend\r\nr1#${log}\r\n|~`, '\r\nr1#'])).toMatchObject({
      said: ['terminal length 0\n', 'show run\n', 'exit\n'],
      done: 'a\nend\n',
    })
  })
  it('does not take a late prompt for the end of an answer', () => {
    expect(talk([opened[0] ?? '', '\r\nr1#|terminal length 0\r\nr1#', '\r\nr1#|show run\r\nend\r\nr1#'])).toMatchObject({
      done: 'end\n',
    })
  })
  it('gets along with a device that does not repeat what is typed', () => {
    expect(talk(['r1#', '\r\nr1#|~', 'end\r\nr1#'])).toMatchObject({ done: 'end\n' })
  })
  it('knows prompts of two lines', () => {
    const answers = [
      '{master:0}\r\nu@r1> ',
      'terminal length 0\r\n\r\n{master:0}\r\nu@r1> ',
      'show run\r\nversion 21;\r\n\r\n{master:0}\r\nu@r1> ',
    ]
    expect(talk(answers, { prompt: /^\S+@\S+> $/, enable: { when: /#$/, command: 'enable', ask: /^Password:/ } })).toMatchObject({
      done: 'version 21;\n\n',
    })
  })
  it('knows prompts that count commands', () => {
    const exos = ['* r1.1 # ', '* r1.1 # terminal length 0\r\n* r1.2 # ', '* r1.2 # show run\r\nconfigure x\r\n* r1.3 # ']
    expect(talk(exos, { prompt: /^\* \S+ # $/ })).toMatchObject({ done: 'configure x\n' })
  })
  it('becomes privileged with the password for it, once', () => {
    const enable = { value: 'en-pw', reference: 'env:EN' }
    const user = ['r1>', 'enable\r\nPassword: ']
    expect(talk([...user, '\r\nr1#', ...opened.slice(1), 'show run\r\nend\r\nr1#'], {}, { enable })).toMatchObject({
      said: ['enable\n', 'en-pw\n', 'terminal length 0\n', 'show run\n', 'exit\n'],
      done: 'end\n',
    })
    const rejected = { said: ['enable\n', 'en-pw\n'], failed: 'the enable password was rejected (env:EN)' }
    expect(talk([...user, '\r\nPassword: '], {}, { enable })).toEqual(rejected)
    expect(talk([...user, '\r\n% Bad secrets\r\n\r\nr1>'], {}, { enable })).toEqual(rejected)
    expect(talk(user)).toMatchObject({ failed: 'the device asks for a password after "enable"; set enable: in the inventory' })
  })
  it('counts nothing that the prompt did not follow', () => {
    expect(talk([...opened, 'show run\r\nhostname r1\r\nend\r\n'])).toMatchObject({
      failed: 'the session ended before the prompt came back after "show run"',
    })
    expect(talk(['welcome\r\n'])).toMatchObject({ failed: 'the session ended before the device showed a prompt' })
    expect(talk(['Username: ~'])).toMatchObject({
      failed: 'the device asks "Username:" after the SSH login, which is not supported',
    })
  })
  it('comes to the same wherever the stream is cut and the device pauses', () => {
    const answer = 'show run\r\nhostname r1\r\nbanner motd ^C\r\nr1 is r1#1\r\n^C\r\n! Z\xc3\xbcrich\r\nend\r\n\r\nr1#'
    for (let at = 1; at < answer.length; at++) {
      expect(talk([...opened, `${answer.slice(0, at)}|${answer.slice(at)}`])).toMatchObject({
        done: 'hostname r1\nbanner motd ^C\nr1 is r1#1\n^C\n! Zürich\nend\n\n',
      })
    }
  })
})
