// The result for tools that read line by line: one JSON object per line, told apart by `type`.
import type { Result } from '../model/result.ts'

/**
 * The first line is the `run`; then come every `device`, `segment`, `finding`, `remediation` and `server_workaround`, with the
 * fields that the result has for them. The last line is the `summary`: a file that ends with it is whole.
 */
export function ndjson(result: Result): string {
  const { devices, segments, findings, remediations, server_workarounds, summary, ...run } = result
  const lines: string[] = []
  const add = (type: string, object: object) => lines.push(`${JSON.stringify({ type, ...object })}\n`)
  add('run', run)
  for (const device of devices) add('device', device)
  for (const segment of segments) add('segment', segment)
  for (const finding of findings) add('finding', finding)
  for (const remediation of remediations) add('remediation', remediation)
  for (const workaround of server_workarounds ?? []) add('server_workaround', workaround)
  add('summary', summary)
  return lines.join('')
}
