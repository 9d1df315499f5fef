// The manifest of a change pack as a schema: printed by `schema pack`, and checked before a pack is replaced.
import { z } from 'zod'
import type { PackManifest } from '../model/pack.ts'
import { STRATEGIES } from '../model/remedy.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** A path with slashes that stays in the pack. */
const path = z.string().regex(/^(?!.*(^|\/)\.\.?(\/|$))[\w.-]+(\/[\w.-]+)*$/)
const strategy = z.enum([...STRATEGIES, 'server'])

/** manifest.json of a change pack. */
export const packSchema = z
  .object({
    kind: z.literal('change-pack'),
    schema_version: z.literal(1),
    tool: z.object({ name: z.string(), version: z.string() }).describe('What wrote it.'),
    created_at: z.iso.datetime().describe('ISO 8601, UTC.'),
    result: z
      .object({ file: z.string(), sha256, started_at: z.string() })
      .describe('The result of the audit that the pack was made from.'),
    strategy: strategy.nullable().describe('What was wished for; null where nothing was.'),
    prefer: z.array(z.string()).describe('Routers that shall go on relaying.'),
    devices: z
      .array(
        z.object({
          name: z.string(),
          site: z.string(),
          platform: z.string(),
          source: z.string().describe('What its configuration was read from.'),
          sha256: sha256.describe('Of the configuration that the change was computed from.'),
          file: path,
          rollback: path,
          fingerprints: z.array(z.string()),
        }),
      )
      .describe('The devices that are changed, in this order.'),
    findings: z
      .array(
        z.object({
          fingerprint: z.string(),
          subject: z.string(),
          state: z.enum(['change', 'choice', 'server', 'withheld', 'refused', 'accepted']),
          strategy: z.enum(STRATEGIES).nullable(),
          keeps: z.string().nullable().describe('The router that goes on relaying; null where all do, or nothing was decided.'),
          reason: z.string().nullable().describe('Why it is not in the files of the change; null where it is.'),
        }),
      )
      .describe('Every duplicate that was asked for, and what became of it.'),
    files: z.array(z.object({ path, sha256 })).describe('Every file of the pack but this one.'),
  })
  .describe('Manifest of a change pack of iphelper-audit.') satisfies z.ZodType<PackManifest>
