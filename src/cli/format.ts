// `--format NAME[=PATH]`, as often as wanted: where a report goes and in which form.
import { existsSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder, replace, rules } from '../api.ts'
import type { Result } from '../model/result.ts'
import { Trouble } from '../model/trouble.ts'
import { formats } from '../report/formats.ts'
import { type Io, textContext } from './io.ts'
import { templatesFolder } from './version.ts'

export interface Target {
  readonly format: string
  /** Null for standard output. */
  readonly path: string | null
}

/** For commander: collects one `--format` after the other. */
export function formatOption(value: string, before: readonly Target[] = []): Target[] {
  const equals = value.indexOf('=')
  const format = equals < 0 ? value : value.slice(0, equals)
  const path = equals < 0 ? null : value.slice(equals + 1)
  if (!Object.hasOwn(formats, format))
    throw new Trouble('usage', `there is no format "${format}"; valid are ${Object.keys(formats).join(', ')}`)
  if (path === '')
    throw new Trouble('usage', `--format ${value} names no file; write ${format}=FILE, or ${format} alone for standard output`)
  if (path === null && before.some(t => t.path === null))
    throw new Trouble('usage', `only one format can go to standard output; write ${format}=FILE`)
  if (before.some(t => t.path !== null && t.path === path))
    throw new Trouble('usage', `--format names ${path} twice; give every format a file of its own`)
  return [...before, { format, path }]
}

/** Renders a result in every wanted form; files appear whole or not at all. */
export function writeReports(result: Result, targets: readonly Target[], io: Io, all: boolean, waived: boolean): void {
  const context = { text: textContext(io, all, waived), templates: templatesFolder(), rules }
  const plain = { ...context, text: { ...context.text, paint: (_: unknown, text: string) => text } }
  for (const { format, path } of targets) {
    const rendered = formats[format]?.(result, path === null ? context : plain) ?? ''
    if (path === null) io.out(rendered)
    else writeWhole(path, rendered, 'report')
  }
}

/** Writes a file whole or not at all; `what` is said where it cannot be written. */
export function writeWhole(path: string, text: string, what: string): void {
  try {
    const target = existsSync(path) ? realpathSync(path) : path
    // A device or a pipe is written to, never replaced.
    if (existsSync(target) && !statSync(target).isFile()) writeFileSync(target, text)
    else {
      makeFolder(dirname(target))
      replace(target, text, { mode: 0o666 })
    }
  } catch (error) {
    const { code = 'no reason given' } = error as NodeJS.ErrnoException
    throw new Trouble('usage', `the ${what} cannot be written to ${path} (${code}); name a file you may write`)
  }
}
