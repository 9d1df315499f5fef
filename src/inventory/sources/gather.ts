// The devices of all sources of an inventory, in our words.
import { Trouble } from '../../model/trouble.ts'
import { beside, reference } from '../access.ts'
import { readAnsible } from './ansible.ts'
import { type FetchSecret, readNetBox } from './netbox.ts'
import { readNornir } from './nornir.ts'
import { readOxidized } from './oxidized.ts'
import { readRancid } from './rancid.ts'
import type { SourceEntry } from './source-schema.ts'
import { type Harvest, legible } from './sourced.ts'
import { type Translated, translate } from './translate.ts'

/** A device, and which of the sources it is from. */
export interface Gathered extends Translated {
  readonly source: number
}

/** What gathering needs from outside. */
export interface GatherOptions {
  readonly file: string
  readonly home: string
  /** The line of a source in the inventory. */
  line(source: number): number
  readonly secret: FetchSecret
  readonly warn: (sentence: string) => void
}

/**
 * Reads all sources. One that cannot be read throws: nobody knows which routers it would have named, and without them the rest
 * would look clean.
 */
export async function gather(sources: readonly SourceEntry[], options: GatherOptions): Promise<Gathered[]> {
  const gathered: Gathered[] = []
  for (const [index, source] of sources.entries()) {
    const { devices, notices } = await harvest(source, `${options.file}:${options.line(index)}`, options)
    for (const notice of notices) options.warn(legible(notice))
    for (const device of devices) gathered.push({ ...translate(device, source), source: index })
  }
  return gathered
}

async function harvest(source: SourceEntry, place: string, { file, home, secret }: GatherOptions): Promise<Harvest> {
  const at = (path: string) => beside(file, path, home)
  const { nornir, ansible, rancid, oxidized, netbox, delimiter, map } = source
  if (nornir !== undefined) return readNornir(at(nornir))
  if (ansible !== undefined) return readAnsible(at(ansible))
  if (rancid !== undefined) return readRancid(at(rancid))
  if (oxidized !== undefined)
    return readOxidized(at(oxidized), {
      ...(delimiter === undefined ? {} : { delimiter }),
      ...(map === undefined ? {} : { map }),
    })
  if (netbox !== undefined) {
    const token = netbox.token === undefined ? {} : { token: reference(file, netbox.token, home) }
    return await readNetBox({ ...netbox, ...token }, place, secret)
  }
  throw new Trouble('inventory', `${place}: a source names one of nornir:, ansible:, rancid:, oxidized: and netbox:`)
}
