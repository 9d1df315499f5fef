// A folder of configurations as a place, without loading what few folders need.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { MANIFEST } from '../model/snapshot.ts'
import { folderAt, type Place } from './place.ts'

/** The place that a folder is. What checks manifests takes longer to load than two configurations to judge, so it is loaded for one. */
export async function folderIn(dir: string): Promise<Place> {
  if (!existsSync(join(dir, MANIFEST))) return folderAt(dir, null)
  const { readManifest } = await import('./read-manifest.ts')
  return folderAt(dir, readManifest(dir))
}
