import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with package.json and templates/, wherever the program was installed or built to. */
export function packageRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    try {
      if (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name === 'iphelper-audit') return folder
    } catch {
      if (folder === dirname(folder)) throw new Error('package.json of iphelper-audit is missing')
    }
  }
}

/** The version in package.json. */
export const version = (): string => JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')).version

/** The folder with the templates. */
export const templatesFolder = (): string => join(packageRoot(), 'templates')
