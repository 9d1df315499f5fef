// One configuration file, whatever an editor or a terminal program saved it as.
import { hash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import type { Collected, CollectedText, CollectFailure, Companion } from '../model/inventory.ts'
import type { Attempt } from '../model/snapshot.ts'
import { readCompanions } from './companion.ts'
import { contentType } from './content-type.ts'
import { decode } from './decode.ts'

/** What the caller knows of the device a file belongs to. */
export interface ConfigOwner {
  readonly device: string
  readonly site: string
  readonly platform: string
  /** What a manifest states of the file; absent where there is none. */
  readonly stated?: Stated
  /** When it was last committed; absent where it is in no repository. */
  readonly committed?: Date | undefined
  /** True where an inventory or a manifest counts the device as a router of its own. */
  readonly named?: true
  /** An earlier capture of it: where the bytes are the same, they are not made into text again. */
  readonly before?: CollectedText | undefined
}

/** A file as a manifest describes it; null where it does not say. */
export interface Stated {
  readonly bytes: number | null
  /** In hex. */
  readonly sha256: string | null
  /** ISO 8601 time, UTC. */
  readonly collected_at: string
  readonly whole?: boolean | undefined
  readonly attempt?: Attempt | undefined
  /** True where the file may have been changed by hand since: it is then another one, and proven whole by its text alone. */
  readonly edited?: boolean
}

/** Where the bytes of a configuration come from. */
export interface ConfigSource {
  /** What it is called in reports. */
  readonly file: string
  /** Throws where it cannot be read. */
  bytes(): Buffer
  /** The id of the bytes in git, where they are kept there. */
  readonly blob?: string | undefined
  /** When it was captured, as far as anybody knows. */
  date(): Date
  /** True where that is the time of a file on disk. */
  readonly filed?: boolean
  companions(): readonly Companion[]
}

/** Reads one configuration from a file. Trouble is data: a file that cannot be used is a device that failed. */
export const readConfig = (file: string, owner: ConfigOwner, companionsOf = readCompanions): Collected =>
  collectedFrom(
    {
      file,
      bytes: () => readFileSync(file),
      date: () => owner.committed ?? statSync(file).mtime,
      filed: owner.committed === undefined,
      companions: () => companionsOf(file, owner.device),
    },
    owner,
  )

/** Reads one configuration, wherever it is kept. */
export function collectedFrom(source: ConfigSource, owner: ConfigOwner): Collected {
  const { device, site, platform, stated, before } = owner
  const { file } = source
  const blob = source.blob === undefined ? {} : { blob: source.blob }
  const base = { device, site, file }
  const named = owner.named || stated ? ({ named: true } as const) : {}
  const failed = (reason: string): CollectFailure => ({ ...base, platform, state: 'failed', reason })
  try {
    const attempt = stated?.attempt && { attempt: stated.attempt }
    const date = () => (stated ? new Date(stated.collected_at) : source.date()).toISOString()
    const filed = !stated && source.filed ? { filed: true as const } : {}
    if (before && isAgain(source, owner, before)) {
      const { sha256, incomplete, whole } = before
      const reread = () => readAgain(source, sha256)
      const same = { text: '', unread: true, sha256, incomplete, whole, ...filed } as const
      return { ...base, platform, state: 'collected', ...same, ...blob, ...attempt, ...named, collected_at: date(), reread }
    }
    const bytes = source.bytes()
    const text = decode(bytes)
    if (text === null) return failed(`${file} holds binary data, not a configuration; save it as plain text`)
    if (text.trim() === '') return failed(`${file} is empty; collect the configuration again`)
    const type = platform === 'auto' ? contentType(text) : null
    if (type && 'other' in type)
      return failed(
        `${file} is of RANCID's type ${type.other}, a system that this version does not read; leave it out, or name its platform`,
      )
    const sha256 = hashOf(bytes)
    const departure = stated ? departs(bytes.length, sha256, stated) : null
    const incomplete = stated?.edited ? null : departure
    const companions = source.companions()
    return {
      ...base,
      platform: type?.platform ?? platform,
      state: 'collected',
      text,
      ...(companions.length > 0 && { companions }),
      reread: () => readAgain(source, sha256),
      sha256,
      ...blob,
      collected_at: date(),
      ...filed,
      incomplete,
      ...attempt,
      ...named,
      whole:
        stated !== undefined && stated.whole !== false && departure === null && (stated.bytes !== null || stated.sha256 !== null),
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return failed(`there is no file ${file}; check the path`)
    if (code === 'EISDIR') return failed(`${file} is a folder, not a file; name the configuration in it`)
    return failed(`${file} cannot be read (${code ?? message}); check that you may read it`)
  }
}

/** Whether the bytes are those of an earlier capture, and nothing beside either says more. What a manifest proved of one holds for both. */
const isAgain = (source: ConfigSource, { platform }: ConfigOwner, before: CollectedText): boolean =>
  before.platform === platform &&
  before.companions === undefined &&
  ((source.blob !== undefined && source.blob === before.blob) || hashOf(source.bytes()) === before.sha256) &&
  source.companions().length === 0

/** Why a file is not what its manifest describes; null when it is. Another file than that proves nothing of the device. */
function departs(length: number, digest: string, { bytes, sha256 }: Stated): string | null {
  if (bytes !== null && length < bytes) return `it has ${length} of the ${bytes} bytes that the manifest states`
  const other = (bytes !== null && length !== bytes) || (sha256 !== null && digest !== sha256.toLowerCase())
  return other ? 'it is not the file that the manifest describes' : null
}

const hashOf = (bytes: Buffer) => hash('sha256', bytes)

function readAgain(source: ConfigSource, sha256: string): string | null {
  try {
    const bytes = source.bytes()
    return hashOf(bytes) === sha256 ? decode(bytes) : null
  } catch {
    return null
  }
}
