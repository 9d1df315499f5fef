// What is said of one side of a comparison, with the lines it rests on.
import type { Cite } from '../analyze/rule.ts'
import type { Device } from '../model/device.ts'
import type { Judgement } from '../model/judgement.ts'
import { whereIs } from '../model/place.ts'
import type { DeviceResult, Finding, Reason } from '../model/result.ts'
import type { VerdictSide } from '../model/validation.ts'
import { filedAs } from './filed.ts'
import { type Remarked, toFindings } from './findings.ts'
import type { Look } from './look.ts'
import type { Reading } from './read.ts'

/** One side, read and judged. */
export interface Side {
  /** What it is called. */
  readonly name: string
  readonly reading: Reading
  readonly results: readonly DeviceResult[]
  readonly look: Look
  /** Of each remark why it is accepted. */
  readonly waived: readonly (string | null)[]
}

/** What is shown of one side: the lines it cites, and, with their text, what it says. */
export function shownOf(
  { look: { remarks, network }, waived, results }: Side,
  shown: readonly number[],
  judgements: readonly Judgement[],
) {
  const as = filedAs(results)
  const devices = new Map(judgements.length === 0 ? [] : network.devices.map(({ device }) => [device.device, device]))
  const cite = ({ device, line }: Reason): Pick<Cite, 'device' | 'line' | 'from'>[] => {
    const found = device === null ? undefined : devices.get(device)
    return found && line !== null ? [{ device: found, line }] : []
  }
  const place = (reason: Reason, lineText: LineText): VerdictSide['reasons'][number] => {
    const { code, message, device } = reason
    const [at] = cite(reason)
    return at
      ? { code, message, device, ...whereIs(as(at.device), at.line), text: lineText(at.device, at.line) }
      : { code, message, device, file: null, line: null, text: null }
  }
  return {
    cites: [
      ...shown.flatMap(n => remarks[n]?.remark.evidence ?? []),
      ...judgements.flatMap(j => j.verdict.reasons.flatMap(cite)),
    ],
    put: (lineText: LineText) => ({
      finding: (n: number): Finding => toFindings([remarks[n] as Remarked], lineText, [waived[n] ?? null], as)[0] as Finding,
      verdict: ({ verdict: { verdict, copies, survives_failover, reasons } }: Judgement): VerdictSide => ({
        verdict,
        copies,
        survives_failover,
        reasons: reasons.map(reason => place(reason, lineText)),
      }),
    }),
  }
}

type LineText = (device: Device, line: number) => string
