import { type Command, Option } from 'commander'
import type { HostKeyPolicy } from '../model/inventory.ts'
import { Trouble } from '../model/trouble.ts'
import type { Reaching } from '../reaching.ts'
import type { Io } from './io.ts'
import type { Progress } from './progress.ts'

/** How the devices of an inventory are reached over SSH. */
export interface ReachOptions {
  readonly concurrency: number
  readonly hostKeys?: HostKeyPolicy
  readonly loginsPerSecond?: number
  readonly loginsInFlight?: number
}

const whole =
  (option: string) =>
  (value: string): number => {
    if (!/^[1-9]\d{0,3}$/.test(value)) throw new Trouble('usage', `${option} ${value} is no number from 1 to 9999`)
    return Number(value)
  }

const rate = (value: string): number => {
  const number = Number(value)
  if (!/^\d{1,4}(\.\d{1,3})?$/.test(value) || number === 0)
    throw new Trouble('usage', `--logins-per-second ${value} is no number above 0, such as 5 or 0.5`)
  return number
}

/** Adds the option that says how many devices are reached at a time. */
export const withConcurrency = (command: Command): Command =>
  command.option('--concurrency <n>', 'SSH sessions at once', whole('--concurrency'), 32)

/** Adds the options that say how devices are reached, and logged in to. */
export const withReach = (command: Command): Command =>
  withConcurrency(command)
    .addOption(
      new Option(
        '--host-keys <policy>',
        'a host key that is not on file: strict, refuse it; tofu, put it on file; insecure, ignore',
      ).choices(['strict', 'tofu', 'insecure']),
    )
    .option('--logins-per-second <n>', 'spare the login servers: no more logins than this begin in a second', rate)
    .option('--logins-in-flight <n>', 'no more logins than this are under way at a time', whole('--logins-in-flight'))

/** What the options and the terminal amount to. */
export const reaching = (options: ReachOptions, io: Io, bar: Progress, signal?: AbortSignal): Reaching => ({
  concurrency: options.concurrency,
  hostKeys: options.hostKeys,
  loginsPerSecond: options.loginsPerSecond,
  loginsInFlight: options.loginsInFlight,
  env: io.env,
  ask: io.ask && (question => bar.quietly(async () => (await io.ask?.(question)) ?? null)),
  notice: bar.say,
  signal,
})
