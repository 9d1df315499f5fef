// Templates of snippets: compiled strictly, and cut into their parts.
import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'

export type Template = (values: Readonly<Record<string, unknown>>) => string

/**
 * Commands are no HTML; a value that a template names and nobody gave is an error. Nothing can be included, so nothing can include
 * itself. Throws where the file cannot be read, or is no template.
 */
export function readTemplate(file: string): Template {
  const text = readFileSync(file, 'utf8')
  const included = /\{\{~?#?[>*].*/.exec(text)
  if (included) throw new Error(`it includes another one (${included[0]})`)
  return Handlebars.compile(text, { noEscape: true, strict: true, knownHelpersOnly: true })
}

/** `=== apply` and the like each introduce a part. Looks parts up by name; one that is not there is empty. */
export function partsOf(text: string, { blanks = false } = {}): (name: string) => string {
  const parts = new Map<string, string[]>()
  let into: string[] = []
  for (const line of text.split('\n')) {
    const heading = /^=== (\w+)\s*$/.exec(line)
    if (heading) parts.set(heading[1] ?? '', (into = []))
    else if (blanks || line.trim() !== '') into.push(line.trimEnd())
  }
  return name => (parts.get(name) ?? []).join('\n').replace(/\n+$/, '')
}

/** `command => what it shows`, one a line. */
export const verifications = (part: string): { readonly command: string; readonly expect: string }[] =>
  part === ''
    ? []
    : part.split('\n').map(line => {
        const [command = '', ...expect] = line.split(' => ')
        return { command: command.trim(), expect: expect.join(' => ').trim() }
      })
