// A real router: FRRouting's daemons in namespaces of their own, which end with their first process. Nothing of the machine's
// own network, files or routing daemons is touched.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killTree } from './sshd.ts'

/** Where Debian has FRR's daemons and its command line. */
export const VTYSH = '/usr/bin/vtysh'
export const ZEBRA = '/usr/lib/frr/zebra'

/** A running router. */
export interface FrrRouter {
  /** What a server must be started with to run in the router's namespaces, the network excepted. */
  readonly inside: readonly string[]
  /** For sshd's SetEnv: has vtysh write down what is typed. */
  readonly environment: string
  /** Every command that any vtysh took. */
  typed(): string[]
}

/** Nothing lives longer than this many seconds. */
const LIFETIME = 120
const running = new Set<{ readonly child: ChildProcess; readonly folder: string }>()

/** The router's first process: its mounts, its name, its daemons, then it waits for its end. */
const BOOT = `
set -e
mkdir -p /run/frr
mount --bind "$1/run" /run/frr
mount --bind "$1/etc" /etc/frr
hostname "$2"
ip link set lo up
for daemon in zebra staticd bgpd; do "/usr/lib/frr/$daemon" -d -A 127.0.0.1; done
${VTYSH} -b
echo started
exec sleep ${LIFETIME}
`

/** Starts a router with this name and configuration. */
export async function startFrr(name: string, config: string): Promise<FrrRouter> {
  const folder = mkdtempSync(join(tmpdir(), 'iphelper-frr-'))
  chmodSync(folder, 0o755)
  for (const part of ['run', 'etc']) mkdirSync(join(folder, part))
  writeFileSync(join(folder, 'etc', 'vtysh.conf'), 'service integrated-vtysh-config\n')
  writeFileSync(join(folder, 'etc', 'frr.conf'), config)
  execFileSync('chown', ['-R', 'frr:frrvty', join(folder, 'run'), join(folder, 'etc')])
  const typed = join(folder, 'typed')
  writeFileSync(typed, '')
  chmodSync(typed, 0o666)
  const args = ['--signal=KILL', String(LIFETIME), 'unshare', '--mount', '--net', '--uts', '--pid', '--fork', '--kill-child']
  const child = spawn('timeout', [...args, 'sh', '-c', BOOT, 'sh', folder, name], { stdio: ['ignore', 'pipe', 'pipe'] })
  running.add({ child, folder })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    const hear = (text: string) => {
      said += text
      if (/^started$/m.test(said)) resolve()
    }
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
    child.on('error', reject).on('close', () => reject(new Error(`the router does not start: ${said}`)))
  })
  const first = descendant(descendant(child.pid ?? 0))
  return {
    inside: ['nsenter', '--target', String(first), '--mount', '--uts', '--'],
    environment: `VTYSH_HISTFILE=${typed}`,
    typed: () => readFileSync(typed, 'utf8').split('\n').slice(0, -1),
  }
}

/** Ends every router that this process started. */
export function stopRouters(): void {
  for (const router of running) {
    running.delete(router)
    if (router.child.pid !== undefined) killTree(router.child.pid)
    rmSync(router.folder, { recursive: true, force: true })
  }
}
process.on('exit', stopRouters)

/** The one child of a process that has one. */
const descendant = (pid: number): number => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0])
