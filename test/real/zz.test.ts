import { it } from 'vitest'
import { real } from '../support/real.ts'
import { keyAccount } from '../support/account.ts'
import { person } from '../support/command-line.ts'
import { keyFile } from '../support/key-file.ts'
import { startSshd } from '../support/sshd.ts'
import { iosText } from '../support/ios-text.ts'
import { routerShell } from '../support/router-shell.ts'
real('x', {}, () => {
  const someone = person()
  const who = keyAccount()
  const key = keyFile(someone, 'k')
it('x', async () => {
  const s = await startSshd({ authorized: [key.public], command: routerShell({ name: 'r', config: iosText('r', 1)}).command })
  const j = await startSshd({ authorized: [key.public], settings: { AllowTcpForwarding: 'local' } })
  const known_hosts = someone.file('known', s.known + j.known)
  const jump_hosts = { b: { host: '127.0.0.1', port: j.port, username: who.name, key: key.path, known_hosts }}
  const t = setTimeout(() => console.log(s.log(), '=====', j.log()), 30000)
  const { result } = await someone.audit({ jump_hosts, devices: [{ name: 'r', host: '127.0.0.1', platform: 'cisco-ios', username: who.name, key: key.path, ssh: { port: s.port, known_hosts, timeout: 5, proxy_jump: 'b' } }] })
  clearTimeout(t)
  console.log(result.devices)
})
})
