// group_vars/ and host_vars/ beside an inventory (docs.ansible.com, organizing host and group variables; which of the files is taken
// where there are several follows find_vars_files of ansible-core).
import { existsSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import { isFolder, sourceText } from '../text.ts'
import { readTree } from '../yaml.ts'
import { type AnsibleInventory, groupOf, type Vars } from './model.ts'
import { readVars, refuseOther } from './tree.ts'

const WHAT = 'variables of Ansible'
const ENDINGS = ['', '.yml', '.yaml', '.json']

/** Reads the variables of every group and host that has some. */
export function readVarsFiles(inventory: AnsibleInventory, folder: string): void {
  if (existsSync(join(folder, 'group_vars'))) {
    for (const everybodys of ['all', 'ungrouped']) groupOf(inventory, everybodys)
    for (const { name, files } of inventory.groups.values()) read(inventory, join(folder, 'group_vars'), name, files)
  }
  if (existsSync(join(folder, 'host_vars')))
    for (const { name, files } of inventory.hosts.values()) read(inventory, join(folder, 'host_vars'), name, files)
}

function read(inventory: AnsibleInventory, folder: string, name: string, vars: Vars): void {
  // A name with a slash would lead out of the folder.
  if (/[/\\]|^\.+$/.test(name)) return
  // Of `ams/`, `ams.yml` and `ams.yaml` only the first counts.
  const path = ENDINGS.map(ending => join(folder, name + ending)).find(existsSync)
  if (path === undefined) return
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
  return readdirSync(folder)
    .filter(name => !name.startsWith('.') && !name.endsWith('~') && ENDINGS.includes(extname(name)))
    .sort()
    .flatMap(name => {
      const path = join(folder, name)
      if (isFolder(path)) return extname(name) === '' ? filesBelow(path) : []
      return [path]
    })
}
