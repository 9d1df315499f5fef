// What the sessions of one run share: secrets, counts, budgets, the ways through other hosts.
import { setMaxListeners } from 'node:events'
import type { LoginBudget } from '../model/inventory.ts'
import type { Platform } from '../parse/platform.ts'
import { type Budget, budget } from './budget.ts'
import { type KnownHosts, knownHosts } from './known-hosts.ts'
import { type KeyRing, keyRing } from './login.ts'
import { type Memory, memory } from './memory.ts'
import type { Recording } from './record.ts'
import { type Rejections, rejections } from './rejections.ts'
import { type Routes, routes } from './routes.ts'
import { parseKey } from './ssh.ts'
import { type Vault, vault } from './vault.ts'

/** What a run needs from outside. */
export interface RunOptions {
  platformOf(id: string): Platform | undefined
  /** Tells the platform from the answer to `show version`. */
  readonly recognise?: (version: string) => Platform | undefined
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Asks the person at the terminal for a secret; null where there is nobody. */
  readonly ask?: (question: string) => Promise<string | null>
  readonly logins?: { readonly all: LoginBudget; readonly groups: ReadonlyMap<string, LoginBudget> }
  /** Aborted when the run is to end; its reason is the sentence. */
  readonly signal?: AbortSignal
  /** Takes what the user should know. */
  readonly notice?: (sentence: string) => void
  /** Takes a recording of every session; none is made when absent. */
  readonly record?: (recording: Recording) => void
  /** Tries after a failure that is safe to repeat, and milliseconds before the first of them; each waits twice as long. */
  readonly retries?: { readonly count: number; readonly wait: number }
}

/** One run. */
export interface Run extends RunOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  readonly notice: (sentence: string) => void
  readonly retries: { readonly count: number; readonly wait: number }
  readonly vault: Vault
  readonly keys: KeyRing
  readonly known: KnownHosts
  readonly rejections: Rejections
  readonly budget: Budget
  readonly routes: Routes
  readonly memory: Memory
}

const NO_LIMIT: LoginBudget = { per_second: null, in_flight: null }

/** Prepares a run. */
export function startRun(options: RunOptions): Run {
  const env = options.env ?? process.env
  const signal = options.signal ?? new AbortController().signal
  // Every session listens to it.
  setMaxListeners(0, signal)
  const common = {
    ...options,
    env,
    signal,
    notice: options.notice ?? (() => {}),
    retries: options.retries ?? { count: 2, wait: 1000 },
    vault: vault({ env, ...(options.ask && { ask: options.ask }) }),
    keys: keyRing(parseKey),
    known: knownHosts(),
    rejections: rejections(),
    memory: memory(),
    budget: budget(options.logins ?? { all: NO_LIMIT, groups: new Map() }),
  }
  return { ...common, routes: routes(common) }
}
