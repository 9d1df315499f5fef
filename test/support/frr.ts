// A real router: FRRouting's daemons in namespaces of their own, which end with their first process. Nothing of the machine's
// own network, files or routing daemons is touched.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { killTree } from './sshd.ts'

/** Where Debian has FRR's daemons and its command line. */
export const VTYSH = '/usr/bin/vtysh'
export const ZEBRA = '/usr/lib/frr/zebra'

/** A running router. */
export interface FrrRouter {
  /** What vtysh prompts with. */
  readonly name: string
  /** Login shell for an account of the group frrvty. */
  readonly shell: string
  /** What a server must be started with to run in the router's namespaces, the network excepted. */
  readonly inside: readonly string[]
  /** For sshd's SetEnv: has vtysh write down what is typed. */
  readonly environment: string
  /** False where the machine allows no namespaces: then static routes are all it knows. */
  readonly interfaces: boolean
  /** Every command that was typed at any vtysh. */
  typed(): string[]
  /** What `show running-config` prints, asked for on the spot. */
  show(): string
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
# mgmtd came with FRR 9, and keeps what the others are configured with.
for daemon in mgmtd zebra staticd bgpd; do [ ! -x "/usr/lib/frr/$daemon" ] || "/usr/lib/frr/$daemon" -d -A 127.0.0.1; done
${VTYSH} -b
echo started
exec sleep ${LIFETIME}
`
/** Without namespaces there is one daemon that wants no rights over the machine's network, with a socket of its own. */
const ALONE = `
set -e
"/usr/lib/frr/staticd" -A 127.0.0.1 -P 0 --vty_socket "$1/run" -i "$1/run/staticd.pid" -z "$1/run/zserv.api" &
until [ -S "$1/run/staticd.vty" ]; do sleep 0.05; done
"$1/vtysh" -b
echo started
wait
`
const NAMESPACES = ['unshare', '--mount', '--net', '--uts', '--pid', '--fork', '--kill-child']

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
  const own = join(folder, 'vtysh')
  writeFileSync(own, `#!/bin/sh\nexec ${VTYSH} --vty_socket ${folder}/run --config_dir ${folder}/etc "$@"\n`)
  chmodSync(own, 0o755)
  const interfaces = spawnSync(NAMESPACES[0] ?? '', [...NAMESPACES.slice(1), 'mount', '--bind', folder, folder]).status === 0
  const child = await booted(folder, name, interfaces)
  const inside = interfaces ? ['nsenter', '--target', String(onlyChild(onlyChild(child.pid ?? 0))), '--mount', '--uts', '--'] : []
  return {
    name: interfaces ? name : (hostname().split('.', 1)[0] ?? ''),
    shell: interfaces ? VTYSH : own,
    inside,
    environment: `VTYSH_HISTFILE=${typed}`,
    interfaces,
    typed: () => readFileSync(typed, 'utf8').split('\n').slice(0, -1),
    show() {
      const [program = '', ...args] = [...inside, interfaces ? VTYSH : own, '-c', 'show running-config']
      return execFileSync(program, args, { encoding: 'utf8' })
    },
  }
}

/** Runs the first process until it says that all the others run. */
async function booted(folder: string, name: string, interfaces: boolean): Promise<ChildProcess> {
  const command = [...(interfaces ? NAMESPACES : []), 'sh', '-c', interfaces ? BOOT : ALONE, 'sh', folder, name]
  const child = spawn('timeout', ['--signal=KILL', String(LIFETIME), ...command], { stdio: ['ignore', 'pipe', 'pipe'] })
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
  return child
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

/** The child of a process that has one. */
const onlyChild = (pid: number): number => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0])
