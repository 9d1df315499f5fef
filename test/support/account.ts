// Accounts of this machine that exist for the length of a test: what a password login to a real sshd takes.
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** Somebody who can log in. */
export interface Account {
  readonly name: string
  readonly home: string
  /** Empty where nobody knows it. */
  readonly password: string
}

/** True where accounts can be made. */
export const root = process.getuid?.() === 0

/** Names say which process made the account, so that a later run can clear up after one that was killed. */
const PREFIX = 'iphtest-'
const made = new Map<string, string>()
let count = 0

/** Makes an account with this password (none: keys alone) and login shell. */
export function account({ password = '', shell = '/bin/sh', groups = [] as readonly string[] } = {}): Account {
  if (!root) throw new Error('only root can make accounts')
  sweep()
  const name = `${PREFIX}${process.pid}-${++count}`
  const home = mkdtempSync(join(tmpdir(), 'iphelper-home-'))
  chmodSync(home, 0o755)
  made.set(name, home)
  const more = groups.length > 0 ? ['--groups', groups.join(',')] : []
  // "*" is a password that nobody has; "!" would lock the account, which sshd minds even when a key is shown.
  locked([
    'useradd',
    '--system',
    '--gid',
    'nogroup',
    '--no-create-home',
    '--home-dir',
    home,
    '--shell',
    shell,
    '-p',
    '*',
    ...more,
    name,
  ])
  if (password !== '') locked(['chpasswd'], `${name}:${password}\n`)
  return { name, home, password }
}

/** The account to show a key to: one of its own where that can be had, else the user who runs the tests. */
export const keyAccount = (shell?: string): Account =>
  root ? account(shell === undefined ? {} : { shell }) : { name: userInfo().username, home: userInfo().homedir, password: '' }

/** Makes the account's password one that must be changed at the next login. */
export const expire = (who: Account): void => locked(['chage', '--lastday', '0', who.name])

/** Removes every account that this process made. */
export function removeAccounts(): void {
  for (const [name, home] of made) {
    locked(['userdel', name])
    rmSync(home, { recursive: true, force: true })
    made.delete(name)
  }
}
process.on('exit', removeAccounts)

let swept = false
/** Removes accounts of processes that are no more. */
function sweep(): void {
  if (swept) return
  swept = true
  const users = execFileSync('getent', ['passwd'], { encoding: 'utf8' }).split('\n')
  for (const user of users) {
    const [name = '', , , , , home = ''] = user.split(':')
    const [, pid] = new RegExp(`^${PREFIX}(\\d+)-\\d+$`).exec(name) ?? []
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue
    locked(['userdel', name])
    if (/\/iphelper-home-\w+$/.test(home)) rmSync(home, { recursive: true, force: true })
  }
}

/** Runs one of the account programs; they give up when another has the files locked, so they queue here. */
function locked(command: readonly string[], input = ''): void {
  const queue = ['--wait', '30', '/run/iphtest.lock']
  execFileSync('flock', [...queue, ...command], { input, stdio: ['pipe', 'ignore', 'pipe'] })
}
