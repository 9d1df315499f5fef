// Hands reports out: to standard output, or to files.
import { untimed } from '../model/timings.ts'
import type { Io } from './io.ts'
import type { Target } from './target.ts'

/** Text where nothing is said. */
export const TEXT: readonly Target[] = [{ format: 'text', path: null }]

/**
 * Renders in every wanted form, and hands it out; `painted` is false for what goes into a file. One file that cannot be written costs
 * nobody the other reports.
 */
export function deliver(
  targets: readonly Target[],
  io: Io,
  { render, write }: { render(format: string, painted: boolean): string; write(path: string, text: string): void },
): void {
  let trouble: unknown
  const { timings = untimed } = io
  for (const { format, path } of targets) {
    const rendered = timings.during('report', () => render(format, path === null))
    try {
      if (path === null) io.out(rendered)
      else write(path, rendered)
    } catch (error) {
      trouble ??= error
    }
  }
  if (trouble !== undefined) throw trouble
}
