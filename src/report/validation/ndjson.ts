// A change for tools that read line by line: one JSON object per line, told apart by `type`.
import type { Validation } from '../../model/validation.ts'
import { jsonLines } from '../ndjson.ts'

/**
 * The first line is the `run`, with the `kind` of the JSON; then come every `snippet`, `device`, `verdict` that changed and `finding`
 * with its `state`, and each sentence under `incomplete`. The last line is the `summary`: a file that ends with it is whole.
 */
export function changeNdjson(validation: Validation): string {
  const { changes, devices, verdicts, findings, segments, incomplete, current, proposed, ...run } = validation
  const { introduced, fixed, unchanged, unjudged } = findings
  const states = Object.entries({ introduced, unjudged, fixed, unchanged })
  return jsonLines([
    ['run', { ...run, current: { from: current.from }, proposed: { from: proposed.from } }],
    ...changes.map(c => ['snippet', c] as const),
    ...devices.map(d => ['device', d] as const),
    ...verdicts.map(v => ['verdict', v] as const),
    ...states.flatMap(([state, all]) => all.map(f => ['finding', { state, ...f }] as const)),
    ...incomplete.map(sentence => ['incomplete', { sentence }] as const),
    [
      'summary',
      {
        ...Object.fromEntries(states.map(([state, all]) => [state, all.length])),
        verdicts: verdicts.length,
        incomplete: incomplete.length,
        segments,
        current: current.summary,
        proposed: proposed.summary,
      },
    ],
  ])
}
