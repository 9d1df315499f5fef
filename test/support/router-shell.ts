// A router to log in to: a shell script at the end of a real terminal, for a real sshd to run.
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How the router is set up. */
export interface RouterOptions {
  readonly name?: string
  /** What `show running-config` prints. */
  readonly config: string
  /** Password for enable; without one, the session begins privileged. */
  readonly enable?: string
  /** Seconds it takes to build the configuration. */
  readonly delay?: number
  /** Text before the first prompt. */
  readonly banner?: string
}

/** A router, ready to be run. */
export interface RouterShell {
  /** For ForceCommand. */
  readonly command: string
  /** For an account, as its login shell. */
  readonly shell: string
  /** Every line that was typed. */
  typed(): string[]
}

const made: string[] = []

/** Puts a router where every account can run it. */
export function routerShell({ name = 'router', config, enable, delay = 0, banner }: RouterOptions): RouterShell {
  const folder = mkdtempSync(join(tmpdir(), 'iphelper-router-'))
  made.push(folder)
  const place = (file: string, text: string, mode: number) => {
    writeFileSync(join(folder, file), text)
    chmodSync(join(folder, file), mode)
    return join(folder, file)
  }
  chmodSync(folder, 0o755)
  copyFileSync(join(import.meta.dirname, 'router-shell.sh'), join(folder, 'router-shell.sh'))
  const typed = place('typed', '', 0o666)
  const settings = {
    ROUTER_NAME: name,
    ROUTER_CONFIG: place('config', config, 0o644),
    ROUTER_LOG: typed,
    ROUTER_DELAY: String(delay),
    ...(enable === undefined ? {} : { ROUTER_ENABLE: enable }),
    ...(banner === undefined ? {} : { ROUTER_BANNER: banner }),
  }
  const exports = Object.entries(settings).map(([key, value]) => `export ${key}='${value.replaceAll("'", `'\\''`)}'\n`)
  const shell = place('login', `#!/bin/sh\n${exports.join('')}exec /bin/sh ${folder}/router-shell.sh\n`, 0o755)
  return { command: shell, shell, typed: () => readFileSync(typed, 'utf8').split('\n').slice(0, -1) }
}

/** Removes every router that this process put anywhere. */
export function removeRouters(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
}
