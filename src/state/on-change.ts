// Runs the command of `--on-change`. It is the user's own, and runs with the user's rights, in the user's environment.
import { spawn } from 'node:child_process'

/** How a command is run. */
export interface Running {
  readonly env: Readonly<Record<string, string | undefined>>
  /** What it finds on its standard input. */
  readonly input: string
  /** Seconds until it is ended. */
  readonly seconds: number
  /** Takes what it prints, on whichever stream. */
  err(text: string): void
}

/** More than anybody reads in a log. */
const MOST_OUTPUT = 65_536
/** Milliseconds from a polite end to a sure one, and for what a program that has ended left in its pipes. */
const PATIENCE = 1000

/**
 * Runs a command in a shell (`/bin/sh -c`; `cmd.exe` on Windows). Null when it ended with 0; else what went wrong, as the rest of a sentence that
 * begins with the command. Never throws.
 */
export function runCommand(command: string, { env, input, seconds, err }: Running): Promise<string | null> {
  return new Promise(resolve => {
    const windows = process.platform === 'win32'
    // A group of its own, so that what the shell has started ends with it.
    const child = spawn(command, { shell: true, detached: !windows, stdio: 'pipe', env: { ...env } })
    let printed = 0
    let late = false
    const kill = (signal: NodeJS.Signals) => {
      try {
        if (windows || child.pid === undefined) child.kill(signal)
        else process.kill(-child.pid, signal)
      } catch {
        // It has ended already.
      }
    }
    const timer = setTimeout(() => {
      late = true
      kill('SIGTERM')
      setTimeout(() => kill('SIGKILL'), PATIENCE).unref()
      // What it has left running in a group of its own may hold the pipes.
      setTimeout(() => finish(null, null), 2 * PATIENCE).unref()
    }, seconds * 1000)
    const finish = (code: number | null, signal: NodeJS.Signals | null) => {
      clearTimeout(timer)
      child.stdout.destroy()
      child.stderr.destroy()
      resolve(
        late
          ? `took more than ${seconds} s and was ended`
          : signal !== null
            ? `was ended by ${signal}`
            : code === 0
              ? null
              : `ended with exit code ${code}`,
      )
    }
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        if (printed < MOST_OUTPUT) err(text.slice(0, MOST_OUTPUT - printed))
        printed += text.length
      })
    child.on('error', error => {
      clearTimeout(timer)
      resolve(`cannot be run (${(error as NodeJS.ErrnoException).code})`)
    })
    child.on('close', finish)
    child.on('exit', (code, signal) => {
      // What it has left running in the background is none of ours.
      clearTimeout(timer)
      setTimeout(() => finish(code, signal), PATIENCE).unref()
    })
    // A command need not read what it is given.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}
