// A folder of small routers that is audited again and again with a state.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { run } from '../../src/cli/run.ts'
import type { RunLine } from '../../src/model/history.ts'
import type { Result } from '../../src/model/result.ts'

export const PLAIN = 'ip helper-address 10.9.9.5'

/** An SVI of Cisco IOS with address 10.0.VLAN.HOST/24, whole; `lines` stand below it. */
export const router = (host: number, lines: readonly string[] = [], vlan = 10): string =>
  [
    'version 15.2',
    'service timestamps log datetime msec',
    `hostname r${host}`,
    `interface Vlan${vlan}`,
    ` ip address 10.0.${vlan}.${host} 255.255.255.0`,
    ...lines.map(l => ` ${l}`),
    'end',
    '',
  ].join('\n')

/** What a command line said. */
export interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command line. */
export async function cli(...args: string[]): Promise<Said> {
  let out = ''
  let err = ''
  const code = await run(args, {
    out: text => (out += text),
    err: text => (err += text),
    env: process.env,
    width: 80,
    colour: false,
  })
  return { code, out, err }
}

/** A network and its state, below a folder that goes away with the test file. */
export interface Scheduled {
  readonly dir: string
  readonly configs: string
  readonly state: string
  /** Writes configurations; null removes one. */
  set(configs: Readonly<Record<string, string | null>>): void
  /** Audits with the state; the result is that of the JSON report. */
  audit(...more: string[]): Promise<Said & { readonly result: Result }>
  /** The lines of the history that are runs. */
  lines(): RunLine[]
}

/** A new network, with these configurations. */
export function scheduled(first: Readonly<Record<string, string>>): Scheduled {
  const dir = mkdtempSync(join(tmpdir(), 'iphelper-scheduled-'))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  const configs = join(dir, 'configs')
  const state = join(dir, 'state')
  mkdirSync(configs)
  const set: Scheduled['set'] = files => {
    for (const [name, text] of Object.entries(files)) {
      if (text === null) rmSync(join(configs, `${name}.cfg`))
      else writeFileSync(join(configs, `${name}.cfg`), text)
    }
  }
  set(first)
  return {
    dir,
    configs,
    state,
    set,
    async audit(...more) {
      const json = join(dir, 'result.json')
      const point = more.includes('--pxe') || more.includes('-i') ? [] : ['--pxe', 'wds=10.9.9.5']
      const said = await cli('audit', '--configs', configs, ...point, '--state', state, '--format', `json=${json}`, ...more)
      if (!existsSync(json)) throw new Error(said.err)
      const result = JSON.parse(readFileSync(json, 'utf8')) as Result
      rmSync(json)
      return { ...said, result }
    },
    lines: () =>
      readFileSync(join(state, 'history.ndjson'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line))
        .filter(line => line.kind === 'run'),
  }
}

/** The findings of a history as a reviewer would say them: `resolved duplicate-pxe-relay`, in order of their names. */
export const told = ({ history }: Result): string[] =>
  (history?.findings ?? [])
    .filter(f => f.severity !== 'info')
    .map(f => `${f.status} ${f.rule}${f.waived === null ? '' : ' (accepted)'}${f.not_judged === null ? '' : `: ${f.not_judged}`}`)
    .sort()
