// What a snapshot says of itself: a folder of collected configurations, and what was and was not collected.
// The keys are a contract like those of the result; `schema manifest` prints them as JSON Schema.
import { win32 } from 'node:path'
import { z } from 'zod'
import type { Manifest } from '../model/snapshot.ts'
import { deviceName } from './schema.ts'

/** A path that stays in the folder, whatever system reads it: what lies elsewhere is no part of the snapshot. */
const staysInside = (path: string) => !win32.isAbsolute(path) && !/^[A-Za-z]:/.test(path) && !path.split(/[/\\]/).includes('..')

/** Paths and reasons are printed on terminals. */
const printable = (doc: string) =>
  z
    .string()
    .regex(/^[^\0-\x1f\x7f-\x9f]+$/, 'must be text in one line')
    .describe(doc)

const printableOrNull = (doc: string) => printable(doc).nullable().describe(doc)

const instant = (doc: string) => z.iso.datetime('must be a time in UTC, like 2026-11-23T08:45:00Z').describe(doc)

const device = z.object({
  name: deviceName,
  platform: printableOrNull('Platform id; null when the text of the configuration has to tell.'),
  site: printable('Site the device stands in.'),
  adrift: z
    .literal(true)
    .optional()
    .describe('True where nobody knows at which site it stands, whatever site says: as long as it is not read, it may be any.'),
  status: z.enum(['collected', 'failed']).describe('Whether its configuration is in the folder.'),
  reason: printableOrNull('Why it could not be collected; null when it was.'),
  command: printableOrNull('Command that printed the configuration; null when none was used.'),
  file: printable('A path.')
    .refine(staysInside, 'must be a file in this folder: a relative path without ".."')
    .nullable()
    .describe('File with the configuration, relative to the folder; null when there is none.'),
  collected_at: instant('When it was collected, or the attempt failed: ISO 8601, UTC.'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be a SHA-256 of 64 hexadecimal digits')
    .nullable()
    .describe('SHA-256 of the bytes of the file; null when there is none.'),
  bytes: z.int().min(0, 'must not be negative').nullable().describe('Length of the file in bytes; null when there is none.'),
  whole: z
    .boolean()
    .optional()
    .describe('False where nothing proved the configuration whole when it was stored; true when absent.'),
  attempt: z
    .object({ at: instant('When it was made: ISO 8601, UTC.'), reason: printable('Why it failed.') })
    .optional()
    .describe('The latest attempt to collect it, where that failed and an earlier configuration was kept.'),
})

/** The manifest of a snapshot. */
export const manifestSchema = z
  .object({
    schema_version: z.literal(1).describe('Version of this form.'),
    tool: z.object({ name: printable('Name of the program.'), version: printable('Its version.') }).describe('What wrote it.'),
    started_at: instant(
      'When the run started that the snapshot is from; what was collected before is of an earlier one.',
    ).optional(),
    written_at: instant('When the snapshot was written: ISO 8601, UTC.'),
    devices: z.array(device).describe('Every device that was to be collected.'),
  })
  .describe(
    'Manifest of a snapshot of iphelper-audit: manifest.json in a folder of collected configurations.',
  ) satisfies z.ZodType<Manifest>
