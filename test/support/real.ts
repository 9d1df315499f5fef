// Tests against programs of the machine. Where it lacks them the tests say so and are skipped, unless they must not be.
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, describe } from 'vitest'
import { removeAccounts, root } from './account.ts'
import { without } from './installed.ts'
import { removeRouters } from './router-shell.ts'
import { SSHD, stopServers } from './sshd.ts'

const PROGRAMS: Readonly<Record<string, string>> = {
  [SSHD]: 'openssh-server',
  '/usr/bin/ssh-keygen': 'openssh-client',
  '/usr/bin/ssh-agent': 'openssh-client',
  '/usr/bin/flock': 'util-linux',
}

/** What a group of tests needs beside sshd. */
export interface Needs {
  /** Accounts with passwords, which only root can make. */
  readonly root?: true
  /** Further programs, with the package that has each. */
  readonly programs?: Readonly<Record<string, string>>
}

/** A group of tests that needs sshd. Set REQUIRE_REAL_PARTS=1 to have them fail where they cannot run. */
export function real(name: string, needs: Needs, tests: () => void): void {
  const lacking = Object.entries({ ...PROGRAMS, ...needs.programs }).flatMap(([program, source]) =>
    existsSync(program) ? [] : [`${program} (${source})`],
  )
  if (needs.root && !root) lacking.push('root')
  // Without rights sshd can hand out terminals only where the system gives them the group that sshd wants them to have.
  else if (!root && !/^devpts \S+ devpts \S*\bgid=\d/m.test(readFileSync('/proc/mounts', 'utf8'))) lacking.push('root')
  if (lacking.length === 0) {
    afterAll(() => {
      stopServers()
      removeRouters()
      removeAccounts()
    })
    describe(name, tests)
  } else without(lacking, name)
}
