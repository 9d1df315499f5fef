// Puts the page's script into one piece: the modules that `npm run build` compiled to dist/page, in the order in which they need
// one another. Each becomes a function of its own, so that names do not meet; nothing is fetched when the page is opened.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const IMPORT = /^import\s+(?:\{([^}]*)\}\s+from\s+)?["'](\.[^"']*)["'];?$/gm
const EXPORT = /^export (?=(?:async )?function\*? (\w+)|(?:const|let) (\w+))/gm

/** The script of the page from the folder with its modules. Throws where they have not been built. */
export function scriptFrom(folder: string): string {
  const entry = join(folder, 'report', 'page', 'main.js')
  if (!existsSync(entry)) throw new Error(`the script of the HTML report is missing at ${entry}; run npm run build`)
  const parts = new Map<string, string>()
  const add = (file: string): string => {
    const name = relative(folder, file).replace(/\\/g, '/')
    if (!parts.has(name)) {
      const source = readFileSync(file, 'utf8').replace(/\r\n?/g, '\n')
      const text = moduleText(source, path => add(join(dirname(file), path)))
      parts.set(name, `modules['${name}'] = (() => {\n${text}\n})()`)
    }
    return name
  }
  add(entry)
  const script = `'use strict'\nconst modules = {}\n${[...parts.values()].join('\n')}\n`
  // Inside an element of its own, this would end it.
  if (/<\/script|<!--/i.test(script)) throw new Error('the script of the HTML report holds markup that would end it')
  return script
}

/** The body of a function that returns what the module exports. */
function moduleText(source: string, add: (path: string) => string): string {
  const names: string[] = []
  const text = source
    .replace(IMPORT, (_, imported: string | undefined, path: string) => {
      const name = add(path)
      return imported === undefined ? '' : `const {${imported.replace(/ as /g, ': ')}} = modules['${name}']`
    })
    .replace(EXPORT, (_, called: string | undefined, value: string | undefined) => {
      names.push(called ?? value ?? '')
      return ''
    })
    .replace(/^export \{\s*\};?$/gm, '')
  return `${text.trim()}\nreturn { ${names.join(', ')} }`
}
