// Reports on a change: what `validate` writes, and `report` from the JSON of it.
import { Trouble } from '../model/trouble.ts'
import type { Validation } from '../model/validation.ts'
import { type ChangeContext, changeFormats } from '../report/validation/formats.ts'
import { deliver, TEXT } from './deliver.ts'
import { type Io, textContext } from './io.ts'
import { notOfChanges, type Target } from './target.ts'

/** How a change is to be reported. */
export interface ChangeReportOptions {
  readonly format?: readonly Target[]
  readonly all?: true
  readonly showWaived?: true
  readonly junitUnknown?: ChangeContext['junitUnknown']
}

/** Whether changes have this format. */
export const fits = ({ format }: Target): boolean => Object.hasOwn(changeFormats, format)

/** Renders a change in every wanted form; files appear whole or not at all. */
export async function writeChangeReports(
  validation: Validation,
  { format = TEXT, all, showWaived, junitUnknown = 'error' }: ChangeReportOptions,
  io: Io,
  exitZero = false,
): Promise<void> {
  const names = Object.keys(changeFormats)
  const renderers = new Map<string, Awaited<ReturnType<(typeof changeFormats)[string]>>>()
  for (const { format: name } of format) {
    const load = Object.hasOwn(changeFormats, name) ? changeFormats[name] : undefined
    if (!load) throw new Trouble('usage', notOfChanges(name, names))
    renderers.set(name, await load())
  }
  const context: ChangeContext = {
    text: textContext(io, all === true, showWaived === true),
    folder: process.cwd(),
    // Their pages are wanted by one format, and loading them takes a while.
    rules: renderers.has('sarif') ? (await import('../rules.ts')).rules : [],
    junitUnknown,
    exitZero,
  }
  const plain = { ...context, text: { ...context.text, paint: (_: unknown, text: string) => text } }
  const { writeWhole } = format.some(t => t.path !== null) ? await import('./write.ts') : { writeWhole: () => {} }
  deliver(format, io, {
    render: (name, painted) => renderers.get(name)?.(validation, painted ? context : plain) ?? '',
    write: (path, text) => writeWhole(path, text, 'report'),
  })
}
