// Simulated routers on this machine, so that everything can be tried without touching a network.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Trouble } from '../model/trouble.ts'
import { makeFolder } from './folder.ts'
import type { Router } from './router.ts'
import { generateHostKey, type Served, serve } from './server.ts'

/** Which routers to simulate, and how to get at them. */
export interface SimulateOptions {
  /** Port 0 takes any that is free. */
  readonly routers: readonly (Router & { readonly port: number })[]
  readonly username: string
  readonly password: string
  /** Address to listen on; loopback unless said otherwise. */
  readonly host?: string
  /** File that the host key is written to, in known_hosts form. */
  readonly knownHosts: string
}

/** A running simulation. */
export interface Simulation {
  readonly routers: readonly { readonly name: string; readonly port: number }[]
  close(): Promise<void>
}

/** Marks files that are ours to overwrite: nobody's own known_hosts must be lost. */
const MARK = '# Written by iphelper-audit for simulated routers; overwritten at every start.'

/** Starts all routers, or none. */
export async function simulate({
  routers,
  username,
  password,
  host = '127.0.0.1',
  knownHosts,
}: SimulateOptions): Promise<Simulation> {
  const foreign = read(knownHosts)
  if (foreign !== '' && !foreign.startsWith(MARK)) {
    throw new Trouble(
      'usage',
      `${knownHosts} exists and was not written by a simulation; name another file for the simulated host keys`,
    )
  }
  const { hostKey, line } = generateHostKey()
  const served: { name: string; port: number; close: Served['close'] }[] = []
  const close = async () => {
    await Promise.all(served.map(router => router.close()))
  }
  try {
    for (const router of routers) {
      const { port, close } = await serve({ router, host, port: router.port, username, password, hostKey })
      served.push({ name: router.name, port, close })
    }
    makeFolder(dirname(knownHosts))
    const entries = served.map(({ port }) => `${port === 22 ? host : `[${host}]:${port}`} ${line}\n`)
    writeFileSync(knownHosts, `${MARK}\n${entries.join('')}`, { mode: 0o600 })
  } catch (error) {
    await close()
    const { code, message } = error as NodeJS.ErrnoException
    const { name, port } = routers[served.length] ?? { name: knownHosts, port: 0 }
    if (code === 'EADDRINUSE')
      throw new Trouble(
        'usage',
        `port ${port} on ${host} is in use, so ${name} cannot be simulated; stop what uses it, or choose other ports`,
      )
    if (code === 'EACCES' && port > 0)
      throw new Trouble(
        'usage',
        `port ${port} on ${host} is not for ordinary users, so ${name} cannot be simulated; choose ports above 1023`,
      )
    throw new Trouble('usage', `the simulation cannot start with ${name}: ${message}`)
  }
  return { routers: served.map(({ name, port }) => ({ name, port })), close }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
