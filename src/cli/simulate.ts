import type { Command } from 'commander'
import { simulateInventory } from '../api.ts'
import { complain, type ExitCode, type Io } from './io.ts'
import { run, type Verb } from './run.ts'

/** `simulate`: serves configurations as SSH routers on loopback. */
export const simulateVerb: Verb = (program: Command, io: Io, done) => {
  program
    .command('simulate')
    .argument('<folder>', 'configurations, one file per device')
    .description('serve configurations as SSH routers on loopback, for demonstrations and tests')
    .requiredOption('-i, --inventory <file>', 'devices on 127.0.0.1 with their ports')
    .option('--then <verb...>', 'run this command line against the routers, then stop')
    .action(async (folder: string, { inventory, then }: { inventory: string; then?: string[] }) => {
      const network = await simulateInventory(folder, inventory)
      try {
        complain(io, `${network.routers} routers answer on 127.0.0.1, ports ${network.ports}; host keys in ${network.knownHosts}`)
        if (then) done((await run(then, { ...io, env: process.env })) as ExitCode)
        else await interrupted()
      } finally {
        await network.close()
      }
    })
}

/** Resolves at Ctrl-C. */
const interrupted = () =>
  new Promise<void>(resolve => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
