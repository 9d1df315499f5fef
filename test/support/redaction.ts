// Redaction as the tests use it: keys that are known, and every configuration at hand.
import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { detect } from '../../src/parse/detect.ts'
import type { Platform } from '../../src/parse/platform.ts'
import { type Redacted, redactText } from '../../src/parse/redact.ts'
import { platformOf, platforms } from '../../src/platforms.ts'
import { corpusText, entries } from './corpus.ts'

/** Makes tokens with a key of six digits. */
export const tokensOf =
  (key: string) =>
  (value: string): string =>
    `redacted-${key}-${createHmac('sha256', key).update(value).digest('hex').slice(0, 16)}`

/** The page of a platform that is surely there. */
export function pageOf(id: string): Platform {
  const page = platformOf(id)
  if (!page) throw new Error(`no platform ${id}`)
  return page
}

export const redactWith = (id: string, text: string, key = 'abcdef'): Redacted =>
  redactText(text, pageOf(id).secrets, tokensOf(key))

/** A token of any key, or what stands for a secret that may be a placeholder. */
export const TOKEN = /redacted-[\da-f]{6}-[\da-f]{16}(?:-opaque)?|(?<![\w-])redacted(?![\w-])/g

interface Configuration {
  readonly name: string
  readonly platform: Platform
  readonly text: string
}

const root = join(import.meta.dirname, '..')
const configsIn = (folder: string) =>
  readdirSync(join(root, folder))
    .filter(file => file.endsWith('.cfg'))
    .map(file => ({ name: `${folder}/${file}`, text: readFileSync(join(root, folder, file), 'utf8') }))

/** Every fixture, the campus, and the files of the corpus where it is present. */
export const configurations: readonly Configuration[] = [
  ...platforms.flatMap(platform => configsIn(`fixtures/${platform.id}`).map(config => ({ ...config, platform }))),
  ...configsIn('networks/campus/configs').flatMap(config => {
    const { platform } = detect(config.text, platforms)
    return platform ? [{ ...config, platform }] : []
  }),
  ...entries.flatMap(({ file, platform: id }) => {
    const platform = platformOf(id)
    return platform ? [{ name: file, platform, text: corpusText(file) }] : []
  }),
]
