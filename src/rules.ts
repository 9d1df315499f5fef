// The rules there are, for those who show them.
import { rules } from './analyze/rules/index.ts'

export { rules }
/** A rule, with the page that explains it. */
export type Rule = (typeof rules)[number]
