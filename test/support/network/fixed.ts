// A planned network through the whole audit, with its fixes.
import { join } from 'node:path'
import { rules } from '../../../src/analyze/rules/index.ts'
import { type AuditOptions, audit } from '../../../src/audit/audit.ts'
import { known } from '../../../src/audit/known.ts'
import type { CollectedText } from '../../../src/model/inventory.ts'
import type { Result } from '../../../src/model/result.ts'
import { pointOf } from './audit.ts'
import type { Plan } from './plan.ts'

export const TEMPLATES = join(import.meta.dirname, '..', '..', '..', 'templates')

/** Audits; `more` says what is different. */
export const fixed = (collected: readonly CollectedText[], plan: Pick<Plan, 'vrf'>, more: Partial<AuditOptions> = {}): Result =>
  audit({
    ...known,
    rules,
    templates: [TEMPLATES],
    collected,
    points: [pointOf(plan)],
    tool: { name: 'test', version: '0' },
    started: new Date(0),
    assume: { pairs: false },
    failOn: 'error',
    ...more,
  })
