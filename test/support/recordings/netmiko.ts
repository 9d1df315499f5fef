// Session logs of Netmiko: what a terminal showed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesIn, type Recorded, recordings } from './device.ts'
import { fromStream } from './scrapli.ts'

/** Every log of the folder. Some show what was written to the device besides its echo. */
export function netmiko(): Recorded[] {
  const folder = join(recordings, 'netmiko_slog', 'SLOG')
  return filesIn(folder, /\.log$/).map(file => {
    const text = readFileSync(join(folder, file), 'latin1')
    return fromStream(file, text.replaceAll(/^([a-z ]+\d*)\n(?=(?:cisco1>\1\n|\1\n))/gm, ''), 'cisco1')
  })
}
