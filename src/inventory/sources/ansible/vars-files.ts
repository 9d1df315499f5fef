// group_vars/ and host_vars/ beside an inventory (docs.ansible.com, organizing host and group variables).
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isFolder, sourceText } from '../text.ts'
import { readTree } from '../yaml.ts'
import { type AnsibleInventory, groupOf, type Vars } from './model.ts'
import { readVars } from './tree.ts'

const WHAT = 'variables of Ansible'
const ENDINGS = ['', '.yml', '.yaml', '.json']

/** Reads the variables of every group and host that has some. */
export function readVarsFiles(inventory: AnsibleInventory, folder: string): void {
  if (existsSync(join(folder, 'group_vars'))) {
    groupOf(inventory, 'all')
    for (const { name, files } of inventory.groups.values()) read(inventory, join(folder, 'group_vars'), name, files)
  }
  if (existsSync(join(folder, 'host_vars')))
    for (const { name, files } of inventory.hosts.values()) read(inventory, join(folder, 'host_vars'), name, files)
}

function read(inventory: AnsibleInventory, folder: string, name: string, vars: Vars): void {
  // A name with a slash would lead out of the folder.
  if (/[/\\]|^\.+$/.test(name)) return
  for (const ending of ENDINGS) {
    const path = join(folder, name + ending)
    if (!existsSync(path)) continue
    for (const file of isFolder(path) ? filesBelow(path) : [path]) readOne(inventory, file, vars)
  }
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
  readVars(inventory, tree, { node: tree.root }, vars)
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => !entry.name.startsWith('.') && !entry.name.endsWith('~'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return filesBelow(path)
      return /\.(yml|yaml|json)$|^[^.]*$/.test(entry.name) ? [path] : []
    })
}
