// The verbs, each loaded when it is wanted: to load all of them takes longer than to judge a small change.
import type { Verb } from './verb.ts'

const VERBS: Readonly<Record<string, () => Promise<Verb>>> = {
  audit: async () => (await import('./audit.ts')).auditVerb,
  validate: async () => (await import('./validate.ts')).validateVerb,
  collect: async () => (await import('./collect.ts')).collectVerb,
  probe: async () => (await import('./probe.ts')).probeVerb,
  login: async () => (await import('./probe.ts')).loginVerb,
  baseline: async () => (await import('./baseline.ts')).baselineVerb,
  facts: async () => (await import('./facts.ts')).factsVerb,
  explain: async () => (await import('./explain.ts')).explainVerb,
  platforms: async () => (await import('./platforms.ts')).platformsVerb,
  remediate: async () => (await import('./remediate.ts')).remediateVerb,
  report: async () => (await import('./report.ts')).reportVerb,
  history: async () => (await import('./history.ts')).historyVerb,
  init: async () => (await import('./init.ts')).initVerb,
  inventory: async () => (await import('./inventory.ts')).inventoryVerb,
  schema: async () => (await import('./schema.ts')).schemaVerb,
  simulate: async () => (await import('./simulate.ts')).simulateVerb,
  config: async () => (await import('./config.ts')).configVerb,
  completion: async () => (await import('./completion.ts')).completionVerb,
  man: async () => (await import('./man.ts')).manVerb,
}

/** They are about the whole program. */
const OF_ALL: ReadonlySet<string> = new Set(['config', 'completion', 'man', 'schema'])

/** The verb that a command line begins with; all of them where it begins with none, or with one that is about all. */
export async function verbsFor([first = '']: readonly string[]): Promise<readonly Verb[]> {
  const own = Object.hasOwn(VERBS, first) && !OF_ALL.has(first) ? VERBS[first] : undefined
  return Promise.all((own ? [own] : Object.values(VERBS)).map(load => load()))
}
