// A folder of configurations: as a backup tool stores them, or a snapshot with a manifest.
import type { Collected } from '../model/inventory.ts'
import { type Entry, folderAt, list, type Warn } from './place.ts'
import { readManifest } from './read-manifest.ts'

/** Reads every configuration below a folder. Where no manifest says more, platform `auto`, site `default`, sorted by path. */
export const readFolder = (dir: string, warn?: Warn): Collected[] => listFolder(dir, warn).map(entry => entry.read())

/** What is in a folder: the devices of its manifest, then the configurations that none lists. */
export const listFolder = (dir: string, warn?: Warn): Entry[] => list(folderAt(dir, readManifest(dir)), warn)
