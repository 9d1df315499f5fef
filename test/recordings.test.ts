// Sessions that others recorded or scripted, held whole, cut in two at many places, and one byte at a time.
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commandsOf } from '../src/collect/commands.ts'
import { type DialogueOptions, dialogue } from '../src/collect/dialogue.ts'
import { probe } from '../src/collect/recognise.ts'
import type { Emit } from '../src/parse/layout.ts'
import type { Platform, Session } from '../src/parse/platform.ts'
import { platformOf } from '../src/platforms.ts'
import { render } from '../src/terminal.ts'
import { byByte, cutAt, type Delivery, type Recorded, recordings, replay, whole } from './support/recordings/device.ts'
import { netmiko } from './support/recordings/netmiko.ts'
import { oxidized, prompts } from './support/recordings/oxidized.ts'
import { scrapli, scrapliStreams } from './support/recordings/scrapli.ts'
import { cisshgo, fakenos, SECRET, type State, unicon } from './support/recordings/scripted.ts'

const OURS: Readonly<Record<string, string>> = {
  ios: 'cisco-ios',
  iosxe: 'cisco-ios',
  csr1000v: 'cisco-ios',
  cisco_ios: 'cisco-ios',
  cisco_iosxe: 'cisco-ios',
  nxos: 'cisco-nxos',
  cisco_nxos: 'cisco-nxos',
  eos: 'arista-eos',
  arista_eos: 'arista-eos',
  junos: 'juniper-junos',
  juniper_junos: 'juniper-junos',
}
const silent: Emit = { statement: () => true, indented() {}, path: () => 'unmodelled', mark() {} }
const enable = { value: SECRET, reference: 'env:EN' }
const platformNamed = (name: string): Platform | undefined =>
  platformOf(OURS[/\[(\w+)-/.exec(name)?.[1] ?? name.split(/[# ]/)[0] ?? ''] ?? '')

/** The page for a recording: the platform's own, or a general one for systems this version does not read. */
const pageFor = (device: Recorded, own: Partial<Session> = {}): Session => ({
  ...(platformNamed(device.name)?.session ?? { ...probe, close: 'exit' }),
  show: [device.show],
  ...own,
})
/** The platform's verdict, where there is one. */
const proofFor = (device: Recorded): DialogueOptions => {
  const platform = platformNamed(device.name)
  return platform ? { complete: text => platform.grammar.layout.read(text, silent).incomplete } : {}
}

/** Everything typed stands on the page, and the secret right behind the command that asked for it. */
function expectFromPage(session: Session, typed: ReturnType<typeof replay>['typed']) {
  const allowed = new Set(commandsOf(session).map(item => `${item.purpose} ${item.typed}`))
  const strange = typed.filter(({ purpose, send }, i) =>
    purpose === 'secret'
      ? send !== `${SECRET}\n` || typed[i - 1]?.purpose !== 'enable'
      : send === `${SECRET}\n` || !allowed.has(`${purpose} ${send}`),
  )
  expect(strange).toEqual([])
}

/** Where to cut a long recording: near both ends everywhere, elsewhere now and then. The suite stays quick. */
const CLOSE = 300
const pauses = (at: number, length: number) => at < CLOSE || at > length - CLOSE || at % 41 === 0
/** The deliveries that must come to the same as the whole; byte by byte with and without pauses, and cut in two. */
const deliveries = (length: number): Delivery[] => [
  byByte(() => false),
  byByte(pauses),
  ...Array.from({ length: 12 }, (_, i) => cutAt(Math.ceil(((i + 1) * length) / 13))),
]

/** Replays a device in every delivery and returns what it comes to. */
function outcomeOf(device: Recorded, session: Session, options: DialogueOptions = proofFor(device)) {
  const hold = (deliver?: Delivery) => replay(dialogue(session, { enable, ...options }), device, deliver)
  const { outcome, typed } = hold(whole)
  expectFromPage(session, typed)
  for (const deliver of deliveries(device.start()(`${device.show}\n`).length)) {
    const again = hold(deliver)
    expect(again.outcome).toEqual(outcome)
    expectFromPage(session, again.typed)
  }
  return outcome
}

/** What stands between the echo and the prompt of the recorded answer, found without the dialogue's own means. */
function linesBetween(device: Recorded): string[] {
  const answer = device.start()(`${device.show}\n`)
  const prompt = answer.slice(answer.lastIndexOf('\n') + 1)
  return bare(
    Buffer.from(
      answer.slice(answer.indexOf(device.show) + device.show.length, answer.length - prompt.length),
      'latin1',
    ).toString(),
  )
}
const bare = (text: string) =>
  text
    .split('\n')
    .map(line => line.replaceAll(/\x1b\[?[0-9?]*[A-Za-z=>]/g, '').trim())
    .filter(line => line !== '')

if (!existsSync(recordings)) describe.skip(`no recordings at ${recordings}: set CORPUS to the corpus folder`, () => {})
else {
  describe('simulations of Oxidized', () => {
    const devices = oxidized()
    /** These were asked over channels of their own: there is no command line, and no prompt to learn. */
    it('are all used that have a command line', () =>
      expect([...new Set(devices.filter(d => !d.usable).map(d => d.name.split('#')[0]))]).toEqual([
        'eatonnetwork',
        'opnsense',
        'pfsense',
        'routeros',
      ]))

    /** Systems whose prompt the general page does not allow. */
    const PROMPTS: Readonly<Record<string, RegExp>> = { firelinuxos: /^>\s*$/ }
    /** Recordings that were shortened by hand, by the words with which they are turned down. */
    const SHORTENED: Readonly<Record<string, string>> = {
      'ios#C9200L-24P-4G_17.09.04a': 'the device announced 20546 bytes, and 3611 came',
      'ios#C9800-L-F-K9_17.06.05': 'the device announced 19796 bytes, and 2506 came',
      'ios#asr920_16.8.1b': 'the device announced 16734 bytes, and 11494 came',
      'nxos#dummy_no_show_inventory_all': 'the "line console" and "line vty" that follow the interfaces are missing',
    }
    it.each(devices.filter(d => d.usable).map(d => [d.name, d] as const))('%s', (name, device) => {
      const prompt = PROMPTS[name.split('#')[0] ?? '']
      const session = pageFor(device, prompt && { prompt })
      const shortened = SHORTENED[name]
      if (shortened) expect(outcomeOf(device, session)).toEqual({ failed: `the output ended before it was whole: ${shortened}` })
      // The rest of the conversation can be held all the same.
      const outcome = outcomeOf(device, session, shortened ? {} : proofFor(device))
      expect(outcome).toHaveProperty('done')
      const text = 'done' in outcome ? outcome.done : ''
      expect(text).not.toMatch(/--More--|lines 1-23|[\0\x08\r\x1b]/)
      if (!/--More--|lines \d+-\d+/.test(device.start()(`${device.show}\n`))) expect(bare(text)).toEqual(linesBetween(device))
      // What Oxidized stored, as far as it stems from this command and was not rewritten, stands there in the same order.
      const lines = bare(text)
      const recordedLines = new Set(linesBetween(device))
      let at = 0
      for (const line of bare(device.stored ?? '').filter(l => recordedLines.has(l) && !/^[!#]/.test(l))) {
        const found = lines.indexOf(line, at)
        if (found >= 0) at = found
        expect(lines).toContain(line)
      }
    })
  })

  describe('prompts filed by Oxidized', () => {
    const { pass, fail } = prompts()
    const shown = (text: string) => render(text).at(-1) ?? ''
    /** Configuration modes, and prompts that read like a heading. */
    const REFUSED = new Set(['[test5130st1]'])
    it('are prompts to the page for systems that are not known', () =>
      expect(pass.map(shown).filter(text => !probe.prompt.test(text.trim()) && !REFUSED.has(text))).toEqual([]))
    it.each(['cisco-ios', 'cisco-nxos', 'arista-eos', 'juniper-junos'])('what is none is none to %s', id => {
      const { prompt } = (platformOf(id) as Platform).session
      // A colour around a prompt is no part of it.
      expect(fail.map(shown).filter(text => prompt.test(text.trim()))).toEqual([])
    })
    it.each(['cisco-ios', 'arista-eos'])('those of systems like it are prompts to %s', id => {
      const { prompt } = (platformOf(id) as Platform).session
      for (const text of ['TEST-10#', 'FS-LAB-OXI#', 'AAAA-AP123456# ', 'LAB-SW1234# ', '\rLAB-ASA12-Oxidized-IPv6>'])
        expect(prompt.test(shown(text))).toBe(true)
    })
  })

  describe('sessions of scrapli', () => {
    it.each(scrapli().map(d => [d.name, d] as const))('%s', (_, device) => {
      const outcome = outcomeOf(device, pageFor(device))
      expect(outcome).toHaveProperty('done')
      expect(bare('done' in outcome ? outcome.done : '')).toEqual(linesBetween(device))
    })

    // Streams without a show command only learn the prompt and become privileged: the device refuses what was not recorded.
    it.each(scrapliStreams().map(d => [d.name, d] as const))('stream %s', (_, device) => {
      const eos = (platformOf('arista-eos') as Platform).session
      const session = { ...eos, show: [device.show || 'show version'] }
      const outcome = outcomeOf(device, session, {})
      if (device.show === '')
        expect(outcome).toEqual({
          failed: 'the device refused "show version" (% Invalid input detected at \'^\' marker.); check what the user may do',
        })
      else expect(bare('done' in outcome ? outcome.done : '')).toEqual(linesBetween(device))
    })
  })

  describe('logs of Netmiko', () => {
    const devices = netmiko()
    /** Logs of calls, of commands typed twice, or with the commands taken out. */
    it('are all used that show a command and its answer', () =>
      expect(devices.filter(d => d.show === '').map(d => d.name)).toEqual([
        'netmiko.log',
        'test_session_log_custom_session_log-cisco881_slog.log',
        'test_session_log_no_log-cisco881_slog.log',
        'test_session_log_no_log_cfg-cisco881_slog.log',
        'test_session_log_secrets-cisco881_slog.log',
        'test_unicode-cisco881_slog.log',
      ]))
    it.each(devices.filter(d => d.show !== '').map(d => [d.name, d] as const))('%s', (_, device) => {
      const { enable: _none, ...user } = (platformOf('cisco-ios') as Platform).session
      const outcome = outcomeOf(device, { ...user, show: [device.show] }, {})
      expect(bare('done' in outcome ? outcome.done : '')).toEqual(linesBetween(device))
    })
  })

  describe('scripted devices', () => {
    const outcomes = (devices: Recorded[]) =>
      devices.map(device => {
        const platform = platformNamed(device.name)
        const session = platform?.session ?? { ...probe, show: [device.show], close: 'exit' }
        const outcome = outcomeOf(device, session)
        return `${device.name}: ${'failed' in outcome ? outcome.failed : 'done' in outcome ? `${outcome.done.length} bytes` : ''}`
      })
    // The sizes are those of the files, with a name filled in and empty lines at the ends as the device prints them.
    it('fakenos', () =>
      expect(outcomes(fakenos(['cisco_ios', 'cisco_nxos', 'arista_eos', 'juniper_junos']))).toEqual([
        'cisco_ios: 4265 bytes',
        'cisco_nxos: the device refused "show running-config" (% Invalid input detected at \'^\' marker.); check what the user may do',
        'arista_eos: 1766 bytes',
        'juniper_junos: the device refused "show configuration" (% Invalid input detected at \'^\' marker.); check what the user may do',
      ]))
    it('cisshgo', () =>
      expect(outcomes(cisshgo())).toEqual([
        'csr1000v: 2161 bytes',
        'iosxr: the device refused "show running-config" (% Invalid input detected at \'^\' marker.); check what the user may do',
        // Its author made the number up.
        'ios: the output ended before it was whole: the device announced 1842 bytes, and 687 came',
        'asa: 710 bytes',
        'nxos: 631 bytes',
        'eos: 683 bytes',
        'junos: the device refused "show configuration" (% Invalid input detected at \'^\' marker.); check what the user may do',
      ]))
  })

  describe('devices that Unicon plays', () => {
    const CONFIG: Readonly<Record<string, string>> = {
      ios: 'version 15.1\nhostname R1\n!\nend\n',
      iosxe: 'version 17.3\nhostname R1\n!\nend\n',
      nxos: '!Command: show running-config\nversion 9.3(8)\nhostname R1\nline console\nline vty\n',
      eos: '! device: R1 (vEOS, EOS-4.23.0F)\nhostname R1\nend\n',
      junos: 'version 17.3;\nsystem {\n    host-name R1;\n}\nrouting-options {\n    autonomous-system 1;\n}\n',
    }
    /** What a state must come to, by its prompt alone. */
    const expected = ({ prompt }: State): RegExp => {
      if (/^(rommon|grub|loader|switch:)|\(boot\)# *$/.test(prompt)) return /boot loader|showed a prompt/
      if (/^root@lc1/.test(prompt)) return /showed a prompt/
      if (/^(\(unlicensed\))?[\w@.-]+(:~ ?)?(\((standby|maint-mode|unlicensed|recovery-mode)\))?[#>] *$/.test(prompt))
        return /^done$/
      if (/^[\w.-]+(\((?:boot|maint-mode)\))?\([\w:-]+\)# *$/.test(prompt)) return /^the device refused "show /
      if (/(name|login|[Pp]assword|Identifier|secret)[^:]*: *$|[[(/](yes|no|y|n)[\])]/.test(prompt))
        return /^the (device asks|password of this user has expired)/
      // A key, a log message or nothing at all: what comes behind it tells.
      if (
        prompt === '' ||
        /^\*?[A-Z][a-z]{2} +\d|press RETURN|%[A-Z]\w+|[A-Z]{4,} [A-Z]|-- ?More ?--|^R1#|^Chassis|\n/i.test(prompt)
      )
        return /./
      // Other questions, shells, consoles that say nothing: whatever it is, it is no configuration.
      return /^(?!done)/
    }
    /** States whose prompt does not tell. */
    const EXCEPTIONS: Readonly<Record<string, RegExp>> = {
      // The script has no `enable` there, or refuses it.
      'iosxe general_exec2': /refused "enable"/,
      'iosxe macro_prompt_then_else_fi': /refused "enable"/,
      'iosxe breakboot_escape_telnet': /refused "enable"/,
      'ios pagent_disable_without_license': /asks "Please enter pagent license key:" after "enable"/,
      'nxos nxos_l2rib_pycl_random': /refused "enable"/,
      'nxos nxos_l2rib_pycl_client_id': /refused "enable"/,
      'nxos nxos_l2rib_pycl_consumer': /refused "enable"/,
      'nxos nxos_l2rib_pycl_prompt_delay_default': /refused "enable"/,
      'nxos nxos_l2rib_pycl_prompt_delay_custom': /refused "enable"/,
      'nxos sqlite': /refused "enable"/,
      // Drawn by cursor addresses; a line feed brings the next menu.
      'iosxe grub_execute': /boot loader|asks "Username:"/,
      'iosxe disable_to_enable_no_passwd': /refused "enable" \(% No password set\)/,
      'iosxe ha_asrk_standby_disable_locked': /refused "enable" \(Standby console disabled\)/,
      'iosxe cat9k_ha_standby_disable_locked': /refused "enable" \(Standby console disabled\)/,
    }
    it.each(Object.entries(CONFIG))('%s', (system, config) => {
      const { session, grammar } = platformOf(OURS[system] ?? '') as Platform
      const states = unicon(system, session.show, config)
      expect(states.length).toBeGreaterThan(3)
      const complete = (text: string) => grammar.layout.read(text, silent).incomplete
      const wrong = states.flatMap(state => {
        const held = [whole, byByte(() => true), byByte(() => false)].map(deliver =>
          replay(dialogue(session, { enable, complete }), state, deliver),
        )
        for (const { typed } of held) expectFromPage(session, typed)
        const said = held.map(({ outcome }) =>
          'failed' in outcome ? outcome.failed : 'done' in outcome && outcome.done === config ? 'done' : JSON.stringify(outcome),
        )
        const wanted = EXCEPTIONS[state.name] ?? expected(state)
        return said.every(s => wanted.test(s))
          ? []
          : [`${state.name} ${JSON.stringify(state.prompt)}: ${[...new Set(said)].join(' | ')}`]
      })
      expect(wrong).toEqual([])
    })
    it.each(['more backspace', 'escape more backspace', 'escape more', 'more'])(
      'turns the pages of "show command with %s"',
      name => {
        const { session } = platformOf('cisco-ios') as Platform
        const [state] = unicon('ios', [], '').filter(s => s.name === 'ios enable')
        const own = { ...session, show: [`show command with ${name}`] }
        // Nothing is wiped out in the last one, so that what comes right behind a pause in it cannot be told from indentation.
        for (const deliver of name === 'more' ? [whole, byByte(() => false)] : [whole, byByte(() => true), byByte(() => false)])
          expect(replay(dialogue(own), state as State, deliver).outcome).toEqual({ done: 'first\nsecond\nthird\n' })
      },
    )
  })
}
