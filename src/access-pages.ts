// What may ever be sent to a device, for those who have to allow it.
import { known } from './audit/known.ts'
import { commandsOf } from './collect/commands.ts'
import { probe } from './collect/recognise.ts'

/** Everything that may be sent to a device, by platform; the last page is for devices whose platform is left open. */
export const accessPages = () => [
  ...known.platforms.map(({ id, name, session }) => ({ id, name, commands: commandsOf(session) })),
  {
    id: 'auto',
    name: 'before the page of its platform, to a device whose platform is left open',
    commands: commandsOf(probe).map(c => (c.purpose === 'show' ? { ...c, when: 'to find out which platform it runs' } : c)),
  },
]
