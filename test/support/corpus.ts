// Configurations that this project did not write. They are read in place, where they are present.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder with the corpus: `CORPUS`, or `shared/corpus` beside the checkout. */
export const corpus = process.env.CORPUS ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus')
export const hasCorpus = existsSync(join(corpus, 'index.tsv'))

/** One row of index.tsv. */
export interface Entry {
  readonly file: string
  readonly platform: string
}
/** One row of truth.jsonl: facts known to be true. `null` means not stated. */
export interface Truth {
  readonly file: string
  readonly platform: string
  /** Every IPv4 relay and every group is listed. */
  readonly complete: boolean
  readonly facts: { readonly interfaces: Readonly<Record<string, TrueInterface>> }
}
export interface TrueInterface {
  readonly relays?: readonly string[] | null
  readonly groups?: readonly TrueGroup[] | null
}
export interface TrueGroup {
  readonly protocol: string
  readonly id: number | null
  readonly vips: readonly string[] | null
  readonly priority: number | null
  readonly preempt: boolean | null
}

const lines = (name: string) => (hasCorpus ? readFileSync(join(corpus, name), 'utf8').split('\n').filter(Boolean) : [])

export const entries: readonly Entry[] = lines('index.tsv')
  .slice(1)
  .map(line => {
    const [file = '', platform = ''] = line.split('\t')
    return { file, platform }
  })

export const truths: readonly Truth[] = lines('truth.jsonl').map(line => JSON.parse(line) as Truth)

/** Sets of configurations that are one network: id and files. */
export const networks: readonly { readonly id: string; readonly files: readonly string[] }[] = lines('networks.tsv')
  .slice(1)
  .map(line => {
    const cells = line.split('\t')
    return { id: cells[0] ?? '', files: (cells.at(-1) ?? '').split(';') }
  })

/** The text of a corpus file, without the byte order mark it may start with. */
export const corpusText = (file: string): string => readFileSync(join(corpus, 'files', file), 'utf8').replace(/^\uFEFF/, '')
