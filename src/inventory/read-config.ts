// One configuration file, whatever an editor or a terminal program saved it as.
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import type { Collected, CollectFailure } from '../model/inventory.ts'
import { readCompanions } from './companion.ts'
import { decode } from './decode.ts'

/** What the caller knows of the device a file belongs to. */
export interface ConfigOwner {
  readonly device: string
  readonly site: string
  readonly platform: string
}

/** Reads one configuration. Trouble is data: a file that cannot be used is a device that failed. */
export function readConfig(file: string, { device, site, platform }: ConfigOwner): Collected {
  const base = { device, site, platform, file }
  const failed = (reason: string): CollectFailure => ({ ...base, state: 'failed', reason })
  try {
    const bytes = readFileSync(file)
    const text = decode(bytes)
    if (text === null) return failed(`${file} holds binary data, not a configuration; save it as plain text`)
    if (text.trim() === '') return failed(`${file} is empty; collect the configuration again`)
    const sha256 = hashOf(bytes)
    const companions = readCompanions(file, device)
    return {
      ...base,
      state: 'collected',
      text,
      ...(companions.length > 0 && { companions }),
      reread: () => readAgain(file, sha256),
      sha256,
      collected_at: statSync(file).mtime.toISOString(),
      incomplete: null,
      whole: false,
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return failed(`there is no file ${file}; check the path`)
    if (code === 'EISDIR') return failed(`${file} is a folder, not a file; name the configuration in it`)
    return failed(`${file} cannot be read (${code ?? message}); check that you may read it`)
  }
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

function readAgain(file: string, sha256: string): string | null {
  try {
    const bytes = readFileSync(file)
    return hashOf(bytes) === sha256 ? decode(bytes) : null
  } catch {
    return null
  }
}
