// Who may import whom. The architecture is a test: what is not allowed here is not there.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const files = ['src', 'parsers'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(f => f.endsWith('.ts'))
    .map(f => join(folder, f)),
)

interface Import {
  readonly from: string
  /** A file of ours, or the name of a package. */
  readonly to: string
  readonly typeOnly: boolean
  /** Loaded when it is wanted. */
  readonly late: boolean
}
const imports: Import[] = files.flatMap(from =>
  [
    ...readFileSync(join(root, from), 'utf8').matchAll(
      /^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm,
    ),
  ].map(([, type, named, bare, dynamic]) => {
    const target = named ?? bare ?? dynamic ?? ''
    const to = target.startsWith('.') ? normalize(join(dirname(from), target)) : target
    return { from, to, typeOnly: type !== undefined, late: dynamic !== undefined }
  }),
)

/** The module a file belongs to: the folder below src, or the file itself. */
const moduleOf = (file: string) => (file.startsWith('parsers/') ? 'parsers' : (relative('src', file).split('/')[0] ?? ''))
const packageOf = (name: string) =>
  name.startsWith('node:') ? 'node:' : name.startsWith('@') ? name : (name.split('/')[0] ?? name)

const NODE = 'node:'
/** Modules of ours and packages that each module may use besides itself. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  // Digests are computed, not read: to have them is no way to the world outside.
  'model': ['ipaddr.js', 'node:crypto'],
  'terminal.ts': [],
  // Digests: secrets are compared, never kept.
  'parse': ['model', 'ipaddr.js', 'netmask', 'node:crypto'],
  'parsers': ['parse'],
  'platforms.ts': ['parsers', 'parse'],
  'collect': ['model', 'terminal.ts', 'parse', 'ssh2', 'p-limit', NODE],
  'analyze': ['model'],
  'remediate': ['model', 'parse', 'handlebars', NODE],
  'report': ['model', 'zod', NODE],
  'inventory': ['model', 'terminal.ts', 'yaml', 'zod', 'fastest-levenshtein', 'ipaddr.js', NODE],
  'audit': ['model', 'parse', 'analyze', 'remediate', 'platforms.ts', NODE],
  'simulation.ts': ['audit', 'collect', 'inventory', 'model', NODE],
  'reaching.ts': ['collect', 'inventory', 'model', 'platforms.ts'],
  'snapshot-folder.ts': ['collect', 'inventory', 'model', NODE],
  'collection.ts': ['snapshot-folder.ts', 'reaching.ts', 'platforms.ts', 'audit', 'collect', 'inventory', 'model', 'parse', NODE],
  'rereading.ts': ['reaching.ts', 'platforms.ts', 'audit', 'collect', 'inventory', 'model', NODE],
  'remediation.ts': ['rereading.ts', 'audit', 'analyze', 'model', 'remediate'],
  'state': ['model', 'collect', 'zod', NODE],
  'history.ts': ['state', 'analyze', 'audit', 'collect', 'model', NODE],
  'accepting.ts': ['audit', 'analyze', 'model'],
  'inventory-file.ts': ['audit', 'collect', 'inventory'],
  'writing.ts': ['collect'],
  'rules.ts': ['analyze'],
  'reading.ts': ['audit', 'inventory', 'model', 'platforms.ts'],
  'access-pages.ts': ['audit', 'collect'],
  'auditing.ts': ['accepting.ts', 'inventory-file.ts', 'reaching.ts', 'audit', 'analyze', 'collect', 'inventory', 'model'],
  'sides.ts': ['audit', 'inventory', 'model'],
  'validation.ts': ['accepting.ts', 'sides.ts', 'audit', 'analyze', 'model'],
  'asking.ts': ['reaching.ts', 'collect', 'model', 'p-limit'],
  'api.ts': [
    'access-pages.ts',
    'auditing.ts',
    'reading.ts',
    'rules.ts',
    'simulation.ts',
    'reaching.ts',
    'collection.ts',
    'asking.ts',
    'remediation.ts',
    'history.ts',
    'inventory-file.ts',
    'validation.ts',
    'audit',
    'analyze',
    'collect',
    'inventory',
    'model',
    'remediate',
    'platforms.ts',
    'parse',
  ],
  // Each verb loads the part of the library that it works with.
  'cli': [
    'api.ts',
    'access-pages.ts',
    'asking.ts',
    'auditing.ts',
    'collection.ts',
    'history.ts',
    'inventory-file.ts',
    'platforms.ts',
    'reaching.ts',
    'reading.ts',
    'remediation.ts',
    'rules.ts',
    'simulation.ts',
    'validation.ts',
    'writing.ts',
    'report',
    'model',
    'inventory',
    'commander',
    'zod',
    NODE,
  ],
  'main.ts': ['cli'],
}

describe('modules', () => {
  it('are all known here', () => expect([...new Set(files.map(moduleOf))].sort()).toEqual(Object.keys(MAY).sort()))

  it.each(Object.keys(MAY).map(m => [m]))('%s imports only what it may', module => {
    const allowed = new Set([module, ...(MAY[module] ?? [])])
    const wrong = imports
      .filter(i => moduleOf(i.from) === module)
      .filter(i => !(i.to.endsWith('.ts') ? allowed.has(moduleOf(i.to)) : allowed.has(packageOf(i.to)) || allowed.has(i.to)))
      .map(i => `${i.from} imports ${i.to}`)
    expect(wrong).toEqual([])
  })

  it('parsers import the engine through its index alone, and never one another', () => {
    const wrong = imports.filter(
      i => i.from.startsWith('parsers/') && !(i.to === 'src/parse/index.ts' || dirname(i.to) === dirname(i.from)),
    )
    expect(wrong).toEqual([])
  })

  it('rules never import one another', () => {
    const wrong = imports.filter(
      i => dirname(i.from) === 'src/analyze/rules' && !i.from.endsWith('index.ts') && dirname(i.to) === 'src/analyze/rules',
    )
    expect(wrong).toEqual([])
  })

  it('read a command line without what a verb works with: that is loaded when there is something to do', () => {
    const loaded = new Set<string>()
    const visit = (file: string) => {
      if (loaded.has(file)) return
      loaded.add(file)
      for (const { from, to, typeOnly, late } of imports) if (from === file && !typeOnly && !late) visit(to)
    }
    visit('src/main.ts')
    const [own, packages] = [[...loaded].filter(f => f.endsWith('.ts')), [...loaded].filter(f => !f.endsWith('.ts'))]
    expect(packages.filter(p => !p.startsWith('node:')).sort()).toEqual(['commander', 'fastest-levenshtein', 'ipaddr.js'])
    expect(own).toEqual(expect.arrayContaining(['src/cli/verbs.ts', 'src/cli/audit.ts', 'src/cli/collect.ts']))
    // To write a file takes what snapshots are written with.
    const written = ['src/collect/folder.ts', 'src/collect/stored.ts']
    const heavy = own.filter(f => !/^src\/(main\.ts|writing\.ts|(cli|model|report|inventory)\/)/.test(f))
    expect(heavy.sort()).toEqual(written)
    expect(own.filter(f => /schema/.test(f))).toEqual(['src/cli/schema.ts'])
  })

  it('keep what runs in the page of a report free of Node and of packages, and its script out of the program', () => {
    const inPage = new Set<string>()
    const visit = (file: string) => {
      if (inPage.has(file)) return
      inPage.add(file)
      for (const { from, to, typeOnly } of imports) if (from === file && !typeOnly) visit(to)
    }
    visit('src/report/page/main.ts')
    expect([...inPage].filter(f => !/^src\/(report|model)\/.*\.ts$/.test(f))).toEqual([])
    const outside = imports.filter(i => i.to.startsWith('src/report/page/') && !i.from.startsWith('src/report/page/'))
    expect(outside).toEqual([])
  })

  it('put text into the page as text', () => {
    const parsers =
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTML|srcdoc|\beval\b|new Function/
    const pages = files.filter(f => /^src\/report\/(page|view)\//.test(f))
    expect(pages.length).toBeGreaterThan(20)
    expect(pages.filter(f => parsers.test(readFileSync(join(root, f), 'utf8')))).toEqual([])
  })

  it('use the types of the platform page, not the engine, where they only hold a conversation or spell a fix', () => {
    const wrong = imports.filter(
      i =>
        ['collect', 'remediate'].includes(moduleOf(i.from)) &&
        moduleOf(i.to) === 'parse' &&
        !(i.typeOnly && i.to === 'src/parse/platform.ts'),
    )
    expect(wrong).toEqual([])
  })
})

describe('the house', () => {
  it('has no cycles', () => {
    const graph = new Map<string, string[]>()
    for (const { from, to, typeOnly } of imports)
      if (!typeOnly && to.endsWith('.ts')) graph.set(from, [...(graph.get(from) ?? []), to])
    const done = new Set<string>()
    const visit = (file: string, path: readonly string[]): string[] | undefined => {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
      if (done.has(file)) return undefined
      for (const next of graph.get(file) ?? []) {
        const cycle = visit(next, [...path, file])
        if (cycle) return cycle
      }
      done.add(file)
      return undefined
    }
    for (const file of files) expect(visit(file, [])).toBeUndefined()
  })

  it('has no dead files', () => {
    const used = new Set(imports.map(i => i.to))
    // The page's script is no part of the program: it is put into the report.
    const entries = ['src/main.ts', 'src/api.ts', 'src/report/page/main.ts']
    expect(files.filter(f => !used.has(f) && !entries.includes(f))).toEqual([])
  })

  it('speaks SSH as a client in one file, and serves it in at most one other', () => {
    const users = [...new Set(imports.filter(i => i.to === 'ssh2').map(i => i.from))].sort()
    expect(users).toContain('src/collect/ssh.ts')
    expect(users.filter(f => !['src/collect/ssh.ts', 'src/collect/server.ts'].includes(f))).toEqual([])
  })

  it('touches the console and the process exit in main.ts alone', () => {
    const wrong = files.filter(
      f =>
        f !== 'src/main.ts' && /\bconsole\.|process\.(exit|exitCode|stdout|stderr)\b/.test(readFileSync(join(root, f), 'utf8')),
    )
    expect(wrong).toEqual([])
  })

  it('keeps every file below 200 lines', () => {
    const long = files.filter(f => readFileSync(join(root, f), 'utf8').split('\n').length > 201)
    expect(long).toEqual([])
  })

  it('gives nothing a name that hides what it is for', () => {
    expect(files.filter(f => /(^|\/)(utils?|helpers?|misc|common|manager)(\.ts|\/)/i.test(f))).toEqual([])
  })
})
