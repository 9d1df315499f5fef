import { constants, copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { Trouble } from '../model/trouble.ts'
import { withExamples } from './examples.ts'
import type { Io } from './io.ts'
import type { Verb } from './verb.ts'
import { templatesFolder } from './version.ts'

/** `init`: writes an inventory to start from. */
export const initVerb: Verb = (program: Command, io: Io, done) => {
  withExamples(program.command('init'), 'init', 'init network/inventory.yaml')
    .argument('[file]', 'where to write it', 'inventory.yaml')
    .description('write an inventory to start from')
    .action((file: string) => {
      try {
        copyFileSync(join(templatesFolder(), 'inventory', 'inventory.yaml'), file, constants.COPYFILE_EXCL)
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        throw new Trouble(
          'usage',
          code === 'EEXIST'
            ? `${file} exists already; name another file`
            : `${file} cannot be written (${code}); name a file you may write`,
        )
      }
      io.out(`Wrote ${file}. Put your PXE servers and routers into it, then run:\n  iphelper-audit audit -i ${file}\n`)
      done(0)
    })
}
