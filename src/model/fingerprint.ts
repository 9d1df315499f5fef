// What a finding is known by from one run to the next, in results, baselines, waivers and reports.
import { hash } from 'node:crypto'

/** The same for the same problem, wherever its lines have moved: 16 hex digits of a rule's id and of what it speaks of. */
export const fingerprintOf = (rule: string, subject: string): string => hash('sha256', `${rule}\n${subject}`).slice(0, 16)
