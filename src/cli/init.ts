import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import type { Command } from 'commander'
import { Trouble } from '../model/trouble.ts'
import { withExamples } from './examples.ts'
import { complain, type Io } from './io.ts'
import { schemaNamed } from './schema.ts'
import type { Verb } from './verb.ts'
import { templatesFolder } from './version.ts'

/** `init`: writes an inventory to start from, and beside it the schema that editors complete it with. */
export const initVerb: Verb = (program: Command, io: Io, done) => {
  withExamples(program.command('init'), 'init', 'init network/inventory.yaml')
    .argument('[file]', 'where to write it', 'inventory.yaml')
    .description('write an inventory to start from, and its schema for editors')
    .action(async (file: string) => {
      const schema = `${basename(file, extname(file))}.schema.json`
      const template = readFileSync(join(templatesFolder(), 'inventory', 'inventory.yaml'), 'utf8')
      // The hint of the YAML language server, which editors share: the path is relative to the file.
      write(file, `# yaml-language-server: $schema=${schema}\n${template}`)
      const beside = join(dirname(file), schema)
      const wrote = writeSchema(beside, await schemaNamed('inventory'))
      if (!wrote) complain(io, `${beside} is something else and was left alone; editors complete ${file} from there`)
      io.out(
        `Wrote ${file}${wrote ? `, and ${beside} for editors to complete it from` : ''}. Put your PXE servers and routers into it, then run:\n  iphelper-audit audit -i ${file}\n`,
      )
      done(0)
    })
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Trouble(
      'usage',
      code === 'EEXIST'
        ? `${file} exists already; name another file`
        : `${file} cannot be written (${code}); name a file you may write`,
    )
  }
}

/** Writes the schema, or a newer one over it; false where a file of that name is no schema of ours. */
function writeSchema(file: string, schema: Awaited<ReturnType<typeof schemaNamed>>): boolean {
  const text = `${JSON.stringify(schema, null, 2)}\n`
  if (!existsSync(file)) write(file, text)
  else if (descriptionIn(file) === schema.description) writeFileSync(file, text)
  else return false
  return true
}

function descriptionIn(file: string): unknown {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { description?: unknown } | null)?.description
  } catch {
    return undefined
  }
}
