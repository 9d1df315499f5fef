// What the server itself can do about duplicates: Microsoft's second workaround (KB 2510665, KB 3046055).
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Judgement } from '../model/judgement.ts'
import type { ServerWorkaround } from '../model/result.ts'
import { partsOf, readTemplate, verifications } from './template.ts'

const TRADE_OFF =
  'Both copies still arrive, and the provider handles requests one after another; where many arrive all the time, Microsoft prefers to take the relay off the backup router.'

/** One for each PXE point of kind `wds` that a duplicate reaches: only Windows Deployment Services has the defect. */
export function serverWorkarounds(judgements: readonly Judgement[], folders: readonly string[]): ServerWorkaround[] {
  const file = folders.map(folder => join(folder, 'server', 'single-thread.hbs')).find(existsSync)
  const points = new Set(
    judgements.filter(j => j.point.kind === 'wds' && j.verdict.verdict === 'duplicate').map(j => j.point.name),
  )
  if (file === undefined || points.size === 0) return []
  const part = partsOf(readTemplate(file)({}), { blanks: true })
  return [...points].map(point => ({
    point,
    apply: part('apply'),
    rollback: part('rollback'),
    reg: part('reg'),
    reg_rollback: part('reg_rollback'),
    verify: verifications(part('verify')),
    caution: part('caution').replaceAll('\n', ' '),
    trade_off: TRADE_OFF,
  }))
}
