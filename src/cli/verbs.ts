// The verbs. None of them loads what it works with before it has something to do: most command
// lines are read in less time than the whole program takes to load.
import { auditVerb } from './audit.ts'
import { baselineVerb } from './baseline.ts'
import { collectVerb } from './collect.ts'
import { completionVerb } from './completion.ts'
import { configVerb } from './config.ts'
import { explainVerb } from './explain.ts'
import { factsVerb } from './facts.ts'
import { historyVerb } from './history.ts'
import { initVerb } from './init.ts'
import { inventoryVerb } from './inventory.ts'
import { manVerb } from './man.ts'
import { platformsVerb } from './platforms.ts'
import { loginVerb, probeVerb } from './probe.ts'
import { remediateVerb } from './remediate.ts'
import { reportVerb } from './report.ts'
import { schemaVerb } from './schema.ts'
import { simulateVerb } from './simulate.ts'
import { validateVerb } from './validate.ts'
import type { Verb } from './verb.ts'

/** All of them, in the order in which the help lists them. */
export const verbs: readonly Verb[] = [
  auditVerb,
  validateVerb,
  collectVerb,
  probeVerb,
  loginVerb,
  baselineVerb,
  factsVerb,
  explainVerb,
  platformsVerb,
  remediateVerb,
  reportVerb,
  historyVerb,
  initVerb,
  inventoryVerb,
  schemaVerb,
  simulateVerb,
  configVerb,
  completionVerb,
  manVerb,
]
