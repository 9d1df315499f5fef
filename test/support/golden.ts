import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'

/** Compares text with a golden file; `UPDATE_GOLDENS=1` writes it instead (then read the difference before you commit it). */
export function expectGolden(file: string, actual: string): void {
  if (process.env.UPDATE_GOLDENS === '1') {
    writeFileSync(file, actual)
    return
  }
  expect(existsSync(file), `no golden ${file}: write it by hand, or run npm run goldens and read what it wrote`).toBe(true)
  expect(actual).toBe(readFileSync(file, 'utf8'))
}
