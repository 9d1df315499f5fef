// manifest.json: what the pack holds and what it was computed from.
import { createHash } from 'node:crypto'
import type { PackManifest } from '../../model/pack.ts'
import type { Pack, PackFile } from './pack.ts'
import type { Paths } from './paths.ts'
import type { Step } from './steps.ts'

/** The manifest of a pack with these files. */
export function manifestOf(pack: Pack, steps: readonly Step[], paths: Paths, files: readonly PackFile[]): PackManifest {
  const taken = new Map(pack.change.fixes.flatMap(({ fixes, candidate }) => fixes.map(f => [f, candidate.plan])))
  return {
    kind: 'change-pack',
    schema_version: 1,
    tool: pack.tool,
    created_at: pack.created_at,
    result: pack.result,
    strategy: pack.strategy,
    prefer: pack.prefer,
    devices: steps.map(({ base: { name, site, platform, file, sha256 }, parts }) => ({
      name,
      site,
      platform: platform.id,
      source: file,
      sha256,
      file: paths.forth(name),
      rollback: paths.back(name),
      fingerprints: parts.flatMap(p => p.fixes),
    })),
    findings: pack.outcomes.map(({ about: { fingerprint, subject }, state, reason }) => ({
      fingerprint,
      subject,
      state,
      strategy: taken.get(fingerprint)?.strategy ?? null,
      keeps: taken.get(fingerprint)?.keeps ?? null,
      reason,
    })),
    files: files.map(({ path, content }) => ({ path, sha256: digest(content) })),
  }
}

/** SHA-256 in hex. */
export const digest = (content: string): string => createHash('sha256').update(content).digest('hex')
