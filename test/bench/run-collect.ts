// npm run bench:collect: how fast a collection is, and what it costs the machine, against simulated routers in another process.
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { run } from '../../src/cli/run.ts'
import { readManifest } from '../../src/inventory/read-manifest.ts'
import type { FarmOrder, FarmReady, Manner } from './farm.ts'

const PASSWORD = 'bench-password'
/** Where snapshots go: into memory where that can be had, so that the collector is measured and not the machine's disk. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const say = (line: string) => process.stdout.write(`${line}\n`)

/** Starts a farm; `end` lets it go. */
function farm(order: FarmOrder): Promise<FarmReady & { child: ChildProcess }> {
  const child = fork(join(import.meta.dirname, 'farm.js'), { stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('message', ready => resolve({ ...(ready as FarmReady), child }))
    child.send(order)
  })
}

interface Measured {
  readonly code: number
  readonly seconds: number
  /** Of this process, in milliseconds. */
  readonly cpu: number
  /** Largest resident size so far, in MB. */
  readonly memory: number
  readonly out: string
  readonly kinds: ReadonlyMap<string, number>
}

/** Collects from a farm with the real command line into a folder. */
async function collect(
  manners: readonly Manner[],
  sessions: number,
  order: Omit<FarmOrder, 'manners' | 'password'>,
  timeout: number,
): Promise<Measured> {
  const folder = mkdtempSync(join(MEMORY, 'iphelper-bench-'))
  const { ports, known, bytes, child } = await farm({ ...order, manners, password: PASSWORD })
  try {
    writeFileSync(join(folder, 'known_hosts'), ports.map((port, i) => `[127.0.0.1]:${port} ${known[i]}\n`).join(''))
    const devices = ports.map((port, i) => `  - { name: ${manners[i]}-${i}, host: 127.0.0.1, ssh: { port: ${port} } }\n`).join('')
    writeFileSync(
      join(folder, 'inventory.yaml'),
      `pxe_points: [{ name: wds, addresses: [10.250.0.5] }]\ndefaults: { username: audit, password: env:BENCH_PASSWORD, platform: cisco-ios, ssh: { known_hosts: known_hosts, config: none, timeout: ${timeout} } }\ndevices:\n${devices}`,
    )
    let out = ''
    const before = process.cpuUsage()
    const start = performance.now()
    const code = await run(
      ['collect', '-i', join(folder, 'inventory.yaml'), '-o', join(folder, 'snapshot'), '--concurrency', `${sessions}`],
      {
        out: text => {
          out += text
        },
        err: () => {},
        env: { BENCH_PASSWORD: PASSWORD, XDG_STATE_HOME: folder },
        width: 100,
        colour: false,
      },
    )
    const seconds = (performance.now() - start) / 1000
    const { user, system } = process.cpuUsage(before)
    const kinds = new Map<string, number>()
    for (const { name, status, reason, bytes: stored } of readManifest(join(folder, 'snapshot'))?.devices ?? []) {
      const what =
        status === 'collected'
          ? stored !== null && stored > bytes * 0.9
            ? 'collected whole'
            : 'collected in part'
          : `${name.replace(/-\d+$/, '')}: ${short(reason ?? '')}`
      kinds.set(what, (kinds.get(what) ?? 0) + 1)
    }
    return { code, seconds, cpu: (user + system) / 1000, memory: process.resourceUsage().maxRSS / 1000, out, kinds }
  } finally {
    child.disconnect()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** CPU in milliseconds that a bare SSH client spends on one such device: it logs in, reads, and forgets what it read. */
async function bare(count: number, sessions: number, scale: number): Promise<number> {
  const { ports, bytes, child } = await farm({ manners: many(count), delay: 0, scale, password: PASSWORD })
  const left = [...ports]
  const one = (port: number) =>
    new Promise<void>(resolve => {
      const client = new ssh2.Client()
      let seen = 0
      client
        .on('ready', () =>
          client.shell((_, channel) => {
            channel.on('data', (data: Buffer) => {
              seen += data.length
              if (seen > bytes) client.end()
            })
            channel.write('show running-config view full\n')
          }),
        )
        .on('error', () => resolve())
        .on('close', () => resolve())
        .connect({ host: '127.0.0.1', port, username: 'audit', password: PASSWORD, algorithms: { kex: ['ecdh-sha2-nistp256'] } })
    })
  try {
    const before = process.cpuUsage()
    await Promise.all(
      Array.from({ length: sessions }, async () => {
        for (let port = left.pop(); port !== undefined; port = left.pop()) await one(port)
      }),
    )
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000 / count
  } finally {
    child.disconnect()
  }
}

/** A reason without what differs from device to device. */
const short = (reason: string) =>
  reason
    .replace(/port \d+/g, 'port N')
    .replace(/SHA256:\S+/g, 'SHA256:...')
    .replace(/ line \d+/, ' line N')
    .slice(0, 100)

const many = (count: number): Manner[] => Array.from({ length: count }, () => 'answers' as const)

// The first run loads and warms what every run needs.
await collect(many(50), 50, { delay: 50, scale: 0.1 }, 30)

await bare(50, 50, 0.1)

const [devices, sessions, delay] = [2000, 200, 1000]
const before = await bare(500, 100, 0.1)
const large = await collect(many(devices), sessions, { delay, scale: 0.1 }, 60)
const ideal = (devices / sessions) * (delay / 1000)
say(`${devices} devices that answer after ${delay / 1000} s with a configuration of 100 kB, ${sessions} sessions:`)
say(`  exit code ${large.code}; ${[...large.kinds].map(([what, n]) => `${n} ${what}`).join(', ')}`)
say(`  ${large.seconds.toFixed(2)} s, ${(large.seconds / ideal).toFixed(3)} times the ideal of ${ideal} s`)
const least = (before + (await bare(500, 100, 0.1))) / 2
say(`  CPU of the client: ${(large.cpu / devices).toFixed(2)} ms per device`)
say(
  `  a bare SSH client that forgets what it reads: ${least.toFixed(2)} ms per device (ratio ${(large.cpu / devices / least).toFixed(2)})`,
)
say(`  memory of the client: at most ${large.memory.toFixed(0)} MB resident`)

const mixture = Array.from(
  { length: 500 },
  (_, i): Manner => (['hangs', 'drops', 'rejects', 'changed'] as const)[i % 20] ?? 'answers',
)
const timers = process.getActiveResourcesInfo().length
const mixed = await collect(mixture, sessions, { delay: 200, scale: 0.1 }, 8)
await new Promise(resolve => setTimeout(resolve, 1500))
say('500 devices of which 5 % each hang, drop the line half-way, reject the login, show a changed key:')
say(`  exit code ${mixed.code} in ${mixed.seconds.toFixed(2)} s, with 8 s for each device`)
for (const [what, n] of mixed.kinds) say(`  ${n} ${what}`)
say(`  sockets and timers left open: ${process.getActiveResourcesInfo().length - timers}`)
say(readFileSync('/proc/self/status', 'utf8').match(/VmHWM:\s*(\d+ kB)/)?.[0] ?? '')
