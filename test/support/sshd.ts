// OpenSSH's own server on loopback, configured as a test wants it; its log tells what clients did.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from './account.ts'

/** Where Debian has it. sshd starts itself anew for every connection, so it wants an absolute path. */
export const SSHD = '/usr/sbin/sshd'

/** How the server is set up. */
export interface SshdOptions {
  /** Types of its host keys. */
  readonly hostKeys?: readonly ('ed25519' | 'rsa' | 'ecdsa')[]
  /** Public keys, as `authorized_keys` has them, that every account takes. */
  readonly authorized?: readonly string[]
  /** What it runs instead of the account's login shell. */
  readonly command?: string
  /** Asks passwords through PAM, which keyboard-interactive needs. */
  readonly pam?: boolean
  /** Further keywords of sshd_config(5), which win over ours. */
  readonly settings?: Readonly<Record<string, string>>
  /** Port to listen on, to take the place of another server; a free one otherwise. */
  readonly port?: number
  /** A command to start it with: `nsenter` into the namespaces of a router. */
  readonly through?: readonly string[]
}

/** A running server. */
export interface Sshd {
  readonly port: number
  /** Its keys as known_hosts has them. */
  readonly known: string
  /** Files with its public keys. */
  readonly publicKeys: readonly string[]
  /** Everything it has logged, at DEBUG1, once every client has gone. */
  log(): Promise<string>
  close(): Promise<void>
}

/** Nothing lives longer than this many seconds, whatever becomes of the tests. */
const LIFETIME = 300
const running = new Set<{ readonly child: ChildProcess; readonly folder: string }>()

/** Starts a server and waits until it listens. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), 'iphelper-sshd-'))
  // The keys that accounts take are read with the rights of the account.
  chmodSync(folder, 0o755)
  const keys = (options.hostKeys ?? ['ed25519']).map(type => hostKey(folder, type))
  writeFileSync(join(folder, 'authorized_keys'), (options.authorized ?? []).map(key => `${key.trim()}\n`).join(''))
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort())
    const server = await listening(folder, port, keys, options)
    const known = () => keys.map(key => `[127.0.0.1]:${port} ${readFileSync(`${key}.pub`, 'utf8').trim()}\n`).join('')
    if (!('failed' in server)) return { port, known: known(), publicKeys: keys.map(key => `${key}.pub`), ...server }
    // Somebody else may have taken the port in between; one that was asked for may still be on its way to be free.
    if (attempt === 5 || !/Address already in use/.test(server.failed)) throw new Error(`sshd does not start: ${server.failed}`)
    await pause(200)
  }
}

/** Ends every server that this process started, with all their sessions. */
export function stopServers(): void {
  for (const server of running) {
    running.delete(server)
    if (server.child.pid !== undefined) killTree(server.child.pid)
    rmSync(server.folder, { recursive: true, force: true })
  }
}
process.on('exit', stopServers)

async function listening(folder: string, port: number, keys: readonly string[], options: SshdOptions) {
  const file = join(folder, 'sshd_config')
  writeFileSync(file, configOf(folder, port, keys, options))
  // sshd insists on this folder, which Debian makes when the service starts.
  if (root) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
  const [program = '', ...args] = [
    'timeout',
    '--signal=KILL',
    String(LIFETIME),
    ...(options.through ?? []),
    SSHD,
    '-D',
    '-e',
    '-f',
    file,
  ]
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env.PATH, LANG: 'C.UTF-8' } })
  let log = ''
  const ready = new Promise<boolean>(resolve => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text
      if (/Server listening on/.test(log)) resolve(true)
    })
    child
      .on('close', () => resolve(false))
      .on('error', error => {
        log += error.message
        resolve(false)
      })
  })
  const server = { child, folder }
  running.add(server)
  if (!(await ready)) {
    running.delete(server)
    return { failed: log }
  }
  return {
    async log() {
      // A connection has a process of its own, which may have something to say after the client has gone.
      for (let i = 0; sessions(child.pid ?? 0) > 0; i++) {
        if (i > 500) throw new Error(`a client is still there: ${log}`)
        await pause(20)
      }
      await pause(20)
      return log
    },
    close: () =>
      new Promise<void>(resolve => {
        child.on('close', () => resolve())
        if (running.delete(server) && child.pid !== undefined) killTree(child.pid)
        else resolve()
        rmSync(folder, { recursive: true, force: true })
      }),
  }
}

function configOf(folder: string, port: number, keys: readonly string[], { command, pam, settings }: SshdOptions): string {
  const ours = {
    Port: String(port),
    ListenAddress: '127.0.0.1',
    PidFile: join(folder, 'pid'),
    AuthorizedKeysFile: join(folder, 'authorized_keys'),
    StrictModes: 'no',
    UsePAM: pam ? 'yes' : 'no',
    KbdInteractiveAuthentication: pam ? 'yes' : 'no',
    PasswordAuthentication: root ? 'yes' : 'no',
    UseDNS: 'no',
    LogLevel: 'DEBUG1',
    // Since 9.8 an address whose logins fail is turned away for a while; here every client has the same one.
    ...(release() < 908 ? {} : { PerSourcePenalties: 'no' }),
    ...(command === undefined ? {} : { ForceCommand: command }),
    ...settings,
  }
  return [...keys.map(key => `HostKey ${key}`), ...Object.entries(ours).map(([k, v]) => `${k} ${v}`), ''].join('\n')
}

/** OpenSSH's release as a number, 908 for 9.8; of the client, which Debian builds together with the server. */
function release(): number {
  const { stderr } = spawnSync('ssh', ['-V'], { encoding: 'utf8' })
  const [, major = '', minor = ''] = /^OpenSSH_(\d+)\.(\d+)/.exec(stderr) ?? []
  return Number(major) * 100 + Number(minor)
}

function hostKey(folder: string, type: string): string {
  const file = join(folder, `host_${type}`)
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', '', '-f', file, ...(type === 'rsa' ? ['-b', '2048'] : [])])
  return file
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return address !== null && typeof address === 'object' ? address.port : 0
}

/** How many connections a server has: its child processes. It is itself the child of what limits its life. */
function sessions(pid: number): number {
  const children = (id: number): string[] => {
    const file = `/proc/${id}/task/${id}/children`
    return existsSync(file) ? readFileSync(file, 'utf8').split(' ').filter(Boolean) : []
  }
  return children(pid).flatMap(server => children(Number(server))).length
}

/** Ends a process and all that came of it: sshd gives every session a process group of its own. */
export function killTree(pid: number): void {
  const parents = new Map<number, number[]>()
  for (const entry of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    const stat = existsSync(`/proc/${entry}/stat`) ? readStat(entry) : ''
    // The name in brackets may hold anything; the parent is the second field behind it.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    parents.set(parent, [...(parents.get(parent) ?? []), Number(entry)])
  }
  const tree = (id: number): number[] => [id, ...(parents.get(id) ?? []).flatMap(tree)]
  for (const id of tree(pid)) {
    try {
      process.kill(id, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
}

function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return ''
  }
}
