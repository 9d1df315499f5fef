// An inventory says who is connected to, and with which secrets. One that nobody named must not do that.
import type { Command } from 'commander'
import { asksNetbox } from '../../inventory/netbox-named.ts'
import { Trouble } from '../../model/trouble.ts'
import { nameOf } from '../shape.ts'
import type { Taken } from './apply.ts'

/** Verbs that connect to no device; others do, unless they are given configurations. */
const READERS = ['inventory', 'validate']

/** Throws where a settings file that was merely found would decide whom to connect to. */
export function checkTrust(command: Command, taken: readonly Taken[]): void {
  const inventory = taken.find(t => t.option.attributeName() === 'inventory')
  if (!inventory?.place?.found || !Array.isArray(inventory.raw)) return
  const [file = ''] = inventory.raw
  const reads = READERS.includes(nameOf(command)) || command.getOptionValue('configs') !== undefined
  if (reads && !asksNetbox(file)) return
  throw new Trouble(
    'usage',
    `nobody but ${inventory.origin} names the inventory ${file}, and a settings file that was found does not decide whom to connect to; name the inventory (-i ${file}), or the settings (--config ${inventory.place.file})`,
  )
}
