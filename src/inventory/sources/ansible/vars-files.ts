// group_vars/ and host_vars/ beside an inventory (docs.ansible.com, organizing host and group variables; which of the files is taken
// where there are several follows find_vars_files of ansible-core).
import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import { isFolder, namesIn, sourceText } from '../text.ts'
import { readTree } from '../yaml.ts'
import { type AnsibleInventory, groupOf, type Vars } from './model.ts'
import { readVars, refuseOther } from './tree.ts'

const WHAT = 'variables of Ansible'
const ENDINGS = ['', '.yml', '.yaml', '.json']

/** Reads the variables of every group and host that has some. */
export function readVarsFiles(inventory: AnsibleInventory, folder: string): void {
  for (const everybodys of ['all', 'ungrouped']) groupOf(inventory, everybodys)
  readAll(inventory, join(folder, 'group_vars'), inventory.groups.values())
  readAll(inventory, join(folder, 'host_vars'), inventory.hosts.values())
}

function readAll(inventory: AnsibleInventory, folder: string, all: Iterable<{ name: string; files: Vars }>): void {
  if (!existsSync(folder)) return
  const there = new Set(namesIn(folder))
  for (const { name, files } of all) read(inventory, folder, there, name, files)
}

function read(inventory: AnsibleInventory, folder: string, there: ReadonlySet<string>, name: string, vars: Vars): void {
  // A name with a slash would lead out of the folder.
  if (/[/\\]|^\.+$/.test(name)) return
  // Of `ams/`, `ams.yml` and `ams.yaml` only the first counts.
  const found = ENDINGS.map(ending => name + ending).find(file => there.has(file) && existsSync(join(folder, file)))
  if (found === undefined) return
  const path = join(folder, found)
  for (const file of isFolder(path) ? filesBelow(path) : [path]) readOne(inventory, file, vars)
}

function readOne(inventory: AnsibleInventory, file: string, vars: Vars): void {
  let text: string
  try {
    text = sourceText(file, WHAT)
  } catch (error) {
    const { message } = error as Error
    if (!/it is empty/.test(message)) inventory.notices.push(message)
    return
  }
  if (text.startsWith('$ANSIBLE_VAULT')) {
    inventory.notices.push(
      `${file} is encrypted with Ansible Vault and left out; what it says of users and addresses is not known here`,
    )
    return
  }
  const tree = readTree(file, WHAT, text)
  refuseOther(tree, { key: 'the file', node: tree.root, place: tree.place(tree.root) }, 'a block of variables')
  readVars(inventory, tree, { node: tree.root }, vars)
}

function filesBelow(folder: string): string[] {
  return namesIn(folder)
    .filter(name => !name.startsWith('.') && !name.endsWith('~') && ENDINGS.includes(extname(name)))
    .flatMap(name => {
      const path = join(folder, name)
      if (isFolder(path)) return extname(name) === '' ? filesBelow(path) : []
      return [path]
    })
}
