// Foreign YAML with the line of every value, and with the tags that Ansible and Oxidized put on theirs.
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type ScalarTag,
  type YAMLMap,
} from 'yaml'
import { Trouble } from '../../model/trouble.ts'
import { saidOf } from '../yaml-fault.ts'
import { withheld } from './sourced.ts'
import { sourceText } from './text.ts'

/** One key of a mapping: its value is read when it is wanted. */
export interface Field {
  readonly key: string
  readonly node: Node | null
  /** `hosts.yaml:4`. */
  readonly place: string
}

/** A mapping, a sequence, null or an empty text, or any other value. */
export type Kind = 'block' | 'list' | 'nothing' | 'value'

/** A YAML file, to be walked from the root. */
export interface Tree {
  readonly root: Node | null
  readonly file: string
  /** What a node is, without looking into it. */
  kind(node: Node | null): Kind
  /** The keys of a mapping, with those it merges in (`<<`); none where it is no mapping. */
  fields(node: Node | null): Field[]
  /** The plain value of a node. */
  value(node: Node | null): unknown
  place(node: Node | null): string
}

/** `!vault`: docs.ansible.com, vault; what it encrypts is nobody's business here, so the text is dropped at once. */
const vault: ScalarTag = { tag: '!vault', resolve: () => withheld('is encrypted with Ansible Vault') }
const encrypted: ScalarTag = { ...vault, tag: '!vault-encrypted' }
/** `!unsafe`: a text in which `{{` means nothing. */
const unsafe: ScalarTag = { tag: '!unsafe', resolve: text => text }
/** Ruby's, in the configuration of Oxidized. */
const regexp: ScalarTag = { tag: '!ruby/regexp', resolve: text => text }

/** Reads a YAML file; what is wrong with it is told as `file:line: sentence`. */
export function readTree(file: string, what: string, text = sourceText(file, what)): Tree {
  const lines = new LineCounter()
  const doc: Document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    uniqueKeys: false,
    logLevel: 'error',
    customTags: [vault, encrypted, unsafe, regexp],
  })
  const [broken] = doc.errors
  if (broken) {
    const { line } = lines.linePos(broken.pos[0])
    throw new Trouble('inventory', `${file}:${line}: this is not valid YAML: ${saidOf(broken.message)}`)
  }
  const resolved = (node: unknown): Node | null =>
    isAlias(node) ? ((node.resolve(doc) as Node | undefined) ?? null) : ((node as Node | null | undefined) ?? null)
  const place = (node: Node | null): string => `${file}:${lines.linePos(node?.range?.[0] ?? 0).line || 1}`

  const known = new Map<Node, Field[]>()
  const fields = (node: Node | null): Field[] => {
    const map = resolved(node)
    if (!isMap(map)) return []
    const before = known.get(map)
    if (before) return before
    // A block that merges itself in has nothing more to give.
    known.set(map, [])
    const found = fieldsOf(map)
    known.set(map, found)
    return found
  }
  const fieldsOf = (map: YAMLMap): Field[] => {
    const own = map.items.filter(item => keyOf(item) !== '<<').map(item => fieldOf(item))
    const taken = new Set(own.map(f => f.key))
    const merged = map.items
      .filter(item => keyOf(item) === '<<')
      .flatMap(item => {
        const from = resolved(item.value)
        return isSeq(from) ? from.items.flatMap(one => fields(one as Node)) : fields(from)
      })
    return [...own, ...merged.filter(({ key }) => !taken.has(key) && taken.add(key))]
  }
  const fieldOf = (item: Pair): Field => {
    const value = resolved(item.value)
    return { key: keyOf(item), node: value, place: place((item.key as Node | null) ?? value) }
  }
  return {
    root: doc.contents as Node | null,
    file,
    kind: node => {
      const own = resolved(node)
      if (isMap(own)) return 'block'
      if (isSeq(own)) return 'list'
      return own === null || (isScalar(own) && (own.value === null || own.value === '')) ? 'nothing' : 'value'
    },
    fields,
    place,
    value: node => {
      const own = resolved(node)
      if (isScalar(own)) return own.value
      try {
        return own?.toJS(doc) ?? null
      } catch {
        // Aliases that would fill the memory.
        return withheld('refers to too much of the file')
      }
    },
  }
}

/** The parser takes the key of a merge for a symbol. */
const keyOf = ({ key }: Pair): string =>
  isScalar(key) ? (typeof key.value === 'symbol' ? (key.value.description ?? '') : String(key.value)) : ''
