import type { Result } from '../model/result.ts'

/** The result as the JSON contract has it. */
export const json = (result: Result): string => `${JSON.stringify(result, null, 2)}\n`
