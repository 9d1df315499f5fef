// A real router: FRRouting, with vtysh as the login shell of an account behind a real sshd.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { account } from '../support/account.ts'
import { person } from '../support/command-line.ts'
import { startFrr, stopRouters, VTYSH, ZEBRA } from '../support/frr.ts'
import { real } from '../support/real.ts'
import { startSshd } from '../support/sshd.ts'

const CONFIG = `frr version 8.4.4
frr defaults traditional
hostname frr-1
password canary-vty
enable password canary-enable
service integrated-vtysh-config
!
ip route 10.9.9.0/24 192.0.2.1
!
interface eth10
 description floor 10 # no prompt>
 ip address 10.20.10.4/24
exit
!
interface eth20
 ip address 10.20.20.4/24
exit
!
router bgp 65001
 neighbor 192.0.2.1 remote-as 65002
 neighbor 192.0.2.1 password canary-bgp
exit
!
${Array.from({ length: 60 }, (_, i) => `ip route 10.30.${i}.0/24 192.0.2.1\n`).join('')}!
end
`

real(
  'FRRouting behind sshd',
  { root: true, programs: { [VTYSH]: 'frr', [ZEBRA]: 'frr', '/usr/bin/unshare': 'util-linux' } },
  () => {
    const someone = person()
    let router: Awaited<ReturnType<typeof startFrr>>
    let server: Awaited<ReturnType<typeof startSshd>>
    const who = account({ password: 'correct horse', shell: VTYSH, groups: ['frrvty'] })
    beforeAll(async () => {
      router = await startFrr('frr-1', CONFIG)
      server = await startSshd({ through: router.inside, settings: { SetEnv: router.environment } })
    })
    afterAll(stopRouters)

    it('is collected whole, and told nothing but to show', async () => {
      const known_hosts = someone.file('.ssh/known_hosts', server.known)
      const devices = [
        {
          name: 'frr-1',
          host: '127.0.0.1',
          platform: 'cisco-ios',
          username: who.name,
          password: 'env:PW',
          ssh: { port: server.port, known_hosts, timeout: 20 },
        },
      ]
      const { result } = await someone.audit({ devices }, { PW: who.password })
      console.log(result.devices, router.typed(), server.log().slice(-600))
      expect(result.devices[0]).toMatchObject({ state: 'collected', reason: null, complete: true })
    })
  },
)
