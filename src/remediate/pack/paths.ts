// Where everything stands in a pack.

import { fileNames } from './names.ts'
import type { Pack } from './pack.ts'

/** The paths of a pack, relative to it. */
export interface Paths {
  forth(device: string): string
  back(device: string): string
  /** What to enter on a device where a person lets a router go on relaying; `nth` tells ways apart that keep the same router. */
  choice(
    fingerprint: string,
    way: { readonly keeps: string; readonly nth: number },
    device: string,
  ): { readonly forth: string; readonly back: string }
  server(point: string, ending: 'ps1' | 'reg'): { readonly forth: string; readonly back: string }
}

export const PLAN = 'PLAN.md'
export const MANIFEST = 'manifest.json'
export const PLAYS = { forth: 'ansible/site.yml', back: 'ansible/rollback.yml' } as const

/** Names every file of a pack. */
export function pathsOf({ bases, server }: Pack): Paths {
  const names = fileNames(bases.keys())
  const points = fileNames(server.map(s => s.point))
  const file = (device: string) => `${names.get(device)}.${bases.get(device)?.platform.change.ending}`
  return {
    forth: file,
    back: device => `rollback/${file(device)}`,
    choice: (fingerprint, { keeps, nth }, device) => {
      const folder = `choose/${fingerprint}/keep-${names.get(keeps)}${nth > 1 ? `-${nth}` : ''}`
      return { forth: `${folder}/${file(device)}`, back: `${folder}/rollback/${file(device)}` }
    },
    server: (point, ending) => ({
      forth: `server/${points.get(point)}.${ending}`,
      back: `server/rollback/${points.get(point)}.${ending}`,
    }),
  }
}
