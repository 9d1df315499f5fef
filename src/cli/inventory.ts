import { Argument, type Command, Option } from 'commander'
import type { ResolvedDevice } from '../inventory/devices.ts'
import { choose, type Limit } from '../inventory/limit.ts'
import type { ResolvedInventory } from '../inventory/load.ts'
import { originsOf } from '../inventory/origins.ts'
import { inventoryOrigins, inventoryTable, type ListedDevice } from '../report/inventory.ts'
import { withExamples } from './examples.ts'
import { complain, type Io, textContext } from './io.ts'
import { limitOption } from './limit.ts'
import type { Verb } from './verb.ts'

interface Options {
  readonly inventory: string
  readonly resolved?: true
  readonly limit?: Limit
  readonly format: 'text' | 'json'
}

/** `inventory`: what an inventory and its sources come to. Nothing is connected to but NetBox. */
export const inventoryVerb: Verb = (program: Command, io: Io, done) => {
  withExamples(
    program.command('inventory'),
    'inventory list -i inventory.yaml',
    'inventory list -i inventory.yaml --resolved --limit site=ams',
  )
    .description('list the devices of an inventory and its sources')
    .addArgument(new Argument('<action>', 'list').choices(['list']))
    .option('-i, --inventory <file>', 'the inventory', 'inventory.yaml')
    .option('--resolved', 'every value of every device, and where it comes from')
    .addOption(limitOption())
    .addOption(new Option('-f, --format <name>', 'how to print it').choices(['text', 'json']).default('text'))
    .action(async (_: string, { inventory: file, resolved, limit, format }: Options) => {
      const { readInventory } = await import('../inventory-file.ts')
      const warn = (sentence: string) => complain(io, sentence)
      const read = await readInventory(file, { warn })
      const taken = new Set(choose(read.inventory.devices, limit, warn).taken)
      const devices = read.devices.filter(d => taken.has(d.device)).map(d => listed(d, resolved === true ? read : null))
      const { width } = textContext(io, false)
      if (format === 'json') io.out(`${JSON.stringify(devices, null, 2)}\n`)
      else io.out(resolved ? inventoryOrigins(devices, width) : inventoryTable(devices, width))
      done(0)
    })
}

function listed(resolved: ResolvedDevice, read: ResolvedInventory | null): ListedDevice {
  const { device, host } = resolved
  const { name, platform, site, role, tags, groups, from } = device
  return {
    name,
    host: 'file' in from ? from.file : host,
    platform,
    site: 'unusable' in from && from.anywhere ? null : site,
    role,
    tags,
    groups,
    unusable: 'unusable' in from ? from.unusable : null,
    ...(read && { settings: originsOf(resolved, read.without) }),
  }
}
