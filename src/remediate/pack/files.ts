// All files of a pack, the manifest last.
import { playbook } from './ansible.ts'
import { choiceFiles } from './choices.ts'
import { backText, forthText } from './commands.ts'
import { manifestOf } from './manifest.ts'
import type { Pack, PackFile } from './pack.ts'
import { MANIFEST, PLAN, PLAYS, pathsOf } from './paths.ts'
import { planText } from './plan.ts'
import { serverFiles } from './server-files.ts'
import { stepsOf } from './steps.ts'

/** Renders a pack. The same pack gives the same files. */
export function packFiles(pack: Pack): PackFile[] {
  const paths = pathsOf(pack)
  const steps = stepsOf(pack.change, pack.bases)
  const files: PackFile[] = [
    { path: PLAN, content: planText(pack, steps, paths) },
    ...steps.flatMap(({ base, parts }) => [
      { path: paths.forth(base.name), content: forthText(base, parts, pack) },
      { path: paths.back(base.name), content: backText(base, parts, pack) },
    ]),
    ...choiceFiles(pack, paths),
    ...(steps.length === 0
      ? []
      : [
          { path: PLAYS.forth, content: playbook(steps, pack, false) },
          { path: PLAYS.back, content: playbook(steps, pack, true) },
        ]),
    ...serverFiles(pack, paths),
  ]
  const manifest = manifestOf(pack, steps, paths, files)
  return [...files, { path: MANIFEST, content: `${JSON.stringify(manifest, null, 2)}\n` }]
}
