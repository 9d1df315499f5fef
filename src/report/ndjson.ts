// The result for tools that read line by line: one JSON object per line, told apart by `type`.
import type { Result } from '../model/result.ts'

/** One line for each object, which has its type in front. */
export const jsonLines = (objects: readonly (readonly [type: string, object: object])[]): string =>
  objects.map(([type, object]) => `${JSON.stringify({ type, ...object })}\n`).join('')

/**
 * The first line is the `run`; then come every `device`, `segment`, `finding`, `remediation` and `server_workaround`, with the
 * fields that the result has for them. The last line is the `summary`: a file that ends with it is whole.
 */
export function ndjson(result: Result): string {
  const { devices, segments, findings, remediations, server_workarounds, summary, ...run } = result
  return jsonLines([
    ['run', run],
    ...devices.map(d => ['device', d] as const),
    ...segments.map(s => ['segment', s] as const),
    ...findings.map(f => ['finding', f] as const),
    ...remediations.map(r => ['remediation', r] as const),
    ...(server_workarounds ?? []).map(w => ['server_workaround', w] as const),
    ['summary', summary],
  ])
}
