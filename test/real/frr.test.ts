// A real router: FRRouting, with vtysh as the login shell of an account behind a real sshd.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { collect } from '../../src/collect/collect.ts'
import { loadInventory } from '../../src/inventory/load.ts'
import { readConfig } from '../../src/inventory/read-config.ts'
import { indent } from '../../src/parse/index.ts'
import type { Platform } from '../../src/parse/platform.ts'
import { redactText } from '../../src/parse/redact.ts'
import { platformOf } from '../../src/platforms.ts'
import { type Account, account } from '../support/account.ts'
import { person } from '../support/command-line.ts'
import { type FrrRouter, startFrr, stopRouters, VTYSH, ZEBRA } from '../support/frr.ts'
import { real } from '../support/real.ts'
import { type Sshd, startSshd } from '../support/sshd.ts'

/** vtysh behaves as IOS does. What it prints is no IOS configuration, and must not pass for a whole one. */
const ios = platformOf('cisco-ios') as Platform
const frr: Platform = {
  ...ios,
  id: 'vtysh',
  grammar: { ...ios.grammar, layout: indent({ comment: '!', terminator: 'end', once: 'hostname' }) },
}
const SECRETS = ['canary-vty', 'canary-enable', 'canary-bgp']
const ROUTES = Array.from({ length: 60 }, (_, i) => `ip route 10.30.${i}.0/24 192.0.2.1`)
const INTERFACES = [
  'interface eth10',
  ' description floor 10 # or is it frr-1>',
  ' ip address 10.20.10.4/24',
  'exit',
  '!',
  'interface eth20',
  ' ip address 10.20.20.4/24',
  'exit',
]
const CONFIG = [
  'frr version 8.4.4',
  'frr defaults traditional',
  'hostname frr-1',
  'password canary-vty',
  'enable password canary-enable',
  'service integrated-vtysh-config',
  '!',
  ...ROUTES,
  '!',
  ...INTERFACES,
  '!',
  'router bgp 65001',
  ' neighbor 192.0.2.1 remote-as 65002',
  ' neighbor 192.0.2.1 password canary-bgp',
  'exit',
  '!',
  'end',
  '',
]

real(
  'FRRouting behind sshd',
  { root: true, programs: { [VTYSH]: 'frr', [ZEBRA]: 'frr', '/usr/bin/unshare': 'util-linux' } },
  () => {
    const someone = person({ PW: 'correct horse' })
    let router: FrrRouter
    let server: Sshd
    let who: Account
    beforeAll(async () => {
      router = await startFrr('frr-1', CONFIG.join('\n'))
      who = account({ password: 'correct horse', shell: router.shell, groups: ['frrvty'] })
      server = await startSshd({ through: router.inside, settings: { SetEnv: router.environment } })
    })
    afterAll(stopRouters)
    const inventory = () =>
      someone.inventory({
        devices: [
          {
            name: 'frr-1',
            host: '127.0.0.1',
            platform: 'cisco-ios',
            username: who.name,
            password: 'env:PW',
            ssh: { port: server.port, known_hosts: someone.file('known', server.known), timeout: 20 },
          },
        ],
      })

    it('is collected as it is, and told nothing but to show', async () => {
      const { devices } = await loadInventory(inventory(), { platforms: ['cisco-ios'] })
      const [collected] = await collect(devices, { platformOf: () => frr, readFile: readConfig })
      expect(collected && 'reason' in collected ? collected.reason : null).toBeNull()
      const text = collected && 'text' in collected ? collected.text : ''
      expect(text.trim()).toBe(router.show().trim())
      expect(text).toContain(`\n${ROUTES.join('\n')}\n`)
      if (router.interfaces) expect(text).toContain(`\n${INTERFACES.join('\n')}\n`)
      expect(text.trimEnd().split('\n').at(-1)).toBe('end')
      expect(router.typed().filter(line => line !== 'exit')).toEqual([
        'terminal length 0',
        'terminal width 512',
        'show running-config view full',
        'show running-config',
      ])
      expect(await server.log()).toMatch(new RegExp(`^Accepted password for ${who.name} `, 'm'))

      const redacted = redactText(text, ios.secrets, () => 'blanked').text
      for (const secret of router.interfaces ? SECRETS : SECRETS.slice(0, 2)) {
        expect(text).toContain(secret)
        expect(redacted).not.toContain(secret)
      }
      expect(redacted.split('\n')).toHaveLength(text.split('\n').length)

      const file = someone.file('read/frr-1.cfg', text)
      const { result, code } = await someone.audit({ devices: [{ name: 'frr-1', config: file, platform: 'cisco-ios' }] })
      expect(result.devices[0]).toMatchObject({
        complete: false,
        reason: 'it is the output for a part of the configuration only',
      })
      expect(code).toBe(3)
    })
  },
)
