import { readFileSync } from 'node:fs'
import { readDocument } from './document.ts'
import { inventorySchema } from './schema.ts'

/** Whether reading an inventory would ask a NetBox. False where it cannot be read: then nobody is asked. */
export function asksNetbox(file: string): boolean {
  try {
    // Reading a large inventory twice takes time, and hardly any has this word; only with a backslash can YAML hide it.
    if (!/netbox|\\/.test(readFileSync(file, 'utf8'))) return false
    const { data } = readDocument(file, { schema: inventorySchema, name: 'inventory', start: '', whole: '' })
    return data.sources.some(source => source.netbox !== undefined)
  } catch {
    return false
  }
}
