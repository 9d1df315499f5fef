// npm run bench, third part: how long a change takes to judge, from the start of the process to its end. Numbers, nothing asserted.
import { execFileSync, spawnSync } from 'node:child_process'
import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { random } from './generate.ts'

const DEVICES = Number(process.argv[2] ?? 10_000)
const CHANGED = 20
const BYTES = 20_000
const SUBNETS = 12
/** Seconds that a change to two devices and to a large network may take. */
const GOAL = { small: 0.5, large: 15 }
const bin = join(process.cwd(), 'dist', 'src', 'main.js')

const print = (line: string) => process.stdout.write(`${line}\n`)

/** Address `host` of the `n`th /26 below 10.0.0.0/8. */
function address(n: number, host: number): string {
  const last = n * 64 + host
  return `10.${(last >> 16) & 255}.${(last >> 8) & 255}.${last & 255}`
}

/** One router of a pair: client subnets with HSRP, on the first router a relay, and access lists up to 20 kB. */
function configuration(n: number, more: readonly string[] = []): string {
  const [pair, half] = [n >> 1, n & 1]
  const pick = random(n + 1)
  const out = ['version 17.9', 'service timestamps log datetime msec', `hostname dist-${n}`, '!']
  for (let v = 0; v < SUBNETS; v++) {
    const subnet = pair * SUBNETS + v
    out.push(`interface Vlan${100 + v}`, ` description clients of floor ${v}`)
    out.push(` ip address ${address(subnet, 2 + half)} 255.255.255.192`, ' ip helper-address 172.24.0.9')
    if (half === 0 || pick(100) === 0) out.push(' ip helper-address 172.20.0.5')
    out.push(` standby 1 ip ${address(subnet, 1)}`, ` standby 1 priority ${110 - 10 * half}`, ' standby 1 preempt', '!')
  }
  out.push(...more)
  for (let size = out.join('\n').length, acl = 0; size < BYTES; acl++) {
    const lines = [`ip access-list extended ACL-${acl}`]
    for (let j = 0; j < 20; j++) lines.push(` permit tcp host 10.${pick(250)}.${pick(250)}.${pick(250)} any eq ${pick(65535)}`)
    size += lines.join('\n').length + 1
    out.push(...lines)
  }
  return `${[...out, 'end'].join('\n')}\n`
}

/** Runs the bin as a user would; seconds, and what it said last. */
function run(
  args: readonly string[],
  cwd: string,
): { readonly seconds: number; readonly code: number | null; readonly said: string } {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'validate', ...args, '--pxe', '172.20.0.5'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  const seconds = (performance.now() - start) / 1000
  return { seconds, code: status, said: stdout.split(/\n\n/).at(-1)?.split('\n')[0] ?? stderr }
}

function measure(what: string, goal: number, turns: number, args: readonly string[], cwd: string): void {
  const runs = Array.from({ length: turns }, () => run(args, cwd))
  const best = Math.min(...runs.map(r => r.seconds))
  const [{ code, said }] = runs as [ReturnType<typeof run>]
  print(`${what}: ${best.toFixed(2)} s (goal ${goal} s: ${best < goal ? 'met' : 'NOT MET'}), exit code ${code}: ${said}`)
}

/** Two folders with so many devices, in which the last ones differ by one relay; the others are one file under two names. */
function folders(base: string, devices: number, changed: number): void {
  for (const side of ['current', 'proposed']) mkdirSync(join(base, side))
  for (let n = 0; n < devices; n++) {
    const file = `dist-${n}.cfg`
    writeFileSync(join(base, 'current', file), configuration(n))
    const different = n % 2 === 1 && n >= devices - 2 * changed
    if (different) {
      const relay = [`interface Vlan100`, ' ip helper-address 172.20.0.5', '!']
      writeFileSync(join(base, 'proposed', file), configuration(n, relay))
    } else linkSync(join(base, 'current', file), join(base, 'proposed', file))
  }
}

const base = mkdtempSync(join(tmpdir(), 'iphelper-audit-bench-'))
try {
  const [small, large] = [join(base, 'small'), join(base, 'large')]
  for (const folder of [small, large]) mkdirSync(folder)
  folders(small, 2, 1)
  writeFileSync(join(small, 'change.txt'), 'interface Vlan100\n ip helper-address 172.20.0.5\n')
  const idle = Array.from({ length: 5 }, () => {
    const start = performance.now()
    spawnSync(process.execPath, ['-e', '0'])
    return performance.now() - start
  })
  print(`an empty process, for what the machine does besides: ${Math.min(...idle).toFixed(0)} ms (40 on an idle one)`)
  measure('two devices, folders', GOAL.small, 5, ['--current', 'current', '--proposed', 'proposed'], small)
  measure('two devices, a snippet', GOAL.small, 5, ['--current', 'current', '--change', 'dist-1=change.txt'], small)

  folders(large, DEVICES, CHANGED)
  const kilobytes = readFileSync(join(large, 'current', 'dist-0.cfg')).length / 1000
  print(`${DEVICES} devices of ${kilobytes.toFixed(0)} kB, ${CHANGED} of them changed`)
  const sides = ['--current', 'current', '--proposed', 'proposed']
  measure('  all segments', GOAL.large, 1, sides, large)
  measure('  --changed-only', GOAL.large, 1, [...sides, '--changed-only'], large)

  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.net', '-c', 'gc.auto=0', ...args], {
      cwd: large,
    })
  git('init', '-q')
  for (const side of ['current', 'proposed']) {
    git(`--work-tree=${side}`, 'add', '-A', '.')
    git(`--work-tree=${side}`, 'commit', '-q', '-m', side)
  }
  // As it is in a clone.
  git('repack', '-a', '-d', '-q')
  const revisions = ['--current', 'HEAD~1', '--proposed', 'HEAD']
  measure('  two git revisions', GOAL.large, 1, revisions, large)
  measure('  two git revisions, --changed-only', GOAL.large, 1, [...revisions, '--changed-only'], large)
} finally {
  rmSync(base, { recursive: true, force: true })
}
