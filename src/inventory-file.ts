// An inventory and its sources, read with all that this version knows.
import { known } from './audit/known.ts'
import { resolveSecret } from './collect/secret.ts'
import { type LoadOptions, type ResolvedInventory, resolveInventory } from './inventory/load.ts'

/** Reads an inventory and its sources, with the origin of every setting. */
export const readInventory = (file: string, options: LoadOptions = {}): Promise<ResolvedInventory> =>
  resolveInventory(file, {
    platforms: known.platforms.map(p => p.id),
    secret: reference => resolveSecret(reference, 'NetBox token', { env: process.env }),
    ...options,
  })
