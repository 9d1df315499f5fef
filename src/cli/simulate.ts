import type { Command } from 'commander'
import { withExamples } from './examples.ts'
import { complain, type Io } from './io.ts'
import type { Verb } from './verb.ts'

/** `simulate`: serves configurations as SSH routers on loopback. */
export const simulateVerb: Verb = (program: Command, io: Io, done, run) => {
  withExamples(
    program.command('simulate'),
    'simulate configs/ -i inventory.yaml',
    'simulate configs/ -i inventory.yaml -- audit -i inventory.yaml',
  )
    .argument('<folder>', 'configurations, one file per device')
    .argument('[command...]', 'after --, a command line to run against the routers; without it they answer until Ctrl-C')
    .description('serve configurations as SSH routers on loopback, for demonstrations and tests')
    .requiredOption('-i, --inventory <file>', 'devices on 127.0.0.1 with their ports')
    .action(async (folder: string, command: readonly string[], { inventory }: { inventory: string }) => {
      const { simulateInventory } = await import('../simulation.ts')
      const network = await simulateInventory(folder, inventory)
      try {
        complain(io, `${network.routers} routers answer on 127.0.0.1, ports ${network.ports}; host keys in ${network.knownHosts}`)
        if (command.length === 0 && network.credentials !== null)
          complain(io, `to log in from another terminal: ${network.credentials}`)
        if (command.length > 0) done(await run(command, { ...io, env: process.env }))
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
