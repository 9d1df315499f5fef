// The same change as plays of Ansible: every line is sent as it stands, in the order in which it stands.
import type { Pack } from './pack.ts'
import { type Part, reversed, type Step } from './steps.ts'
import { ascii } from './words.ts'

/** Plays for the steps in their order, or for the way back in reverse. */
export function playbook(steps: readonly Step[], pack: Pack, back: boolean): string {
  const head = [
    `# ${ascii(`${pack.tool.name} ${pack.tool.version}, ${pack.created_at}`)}`,
    `# ${back ? 'The way back from the change' : 'The change'} that PLAN.md describes. Nothing is saved, and nobody checks the answers: verify by hand.`,
    '# Hosts are called as in the audit. Users need the right to configure; add become to the inventory where that takes enable.',
  ]
  const plays = (back ? steps.toReversed() : steps).flatMap(step => play(step, back))
  return `${[...head, '---', ...plays, ...(plays.every(line => line.startsWith('#')) ? ['[]'] : [])].join('\n')}\n`
}

/** Names that a pattern of hosts takes for one host: others would choose several, or none. */
const HOST = /^[A-Za-z0-9_][\w.-]*$/

function play({ base: { name, platform }, parts }: Step, back: boolean): string[] {
  if (!HOST.test(name)) return [`# ${ascii(name)}: Ansible takes this name for a pattern; enter its file by hand.`]
  const { os, module, takes } = platform.change.ansible
  const ordered = back ? reversed(parts) : parts
  const tasks = ordered.flatMap(part => tasksOf(part, back ? part.snippet.rollback : part.snippet.apply, module, takes))
  return [
    `- name: ${quoted(`${name}: ${back ? 'way back' : 'PXE relays'}`)}`,
    `  hosts: ${quoted(name)}`,
    '  gather_facts: false',
    '  any_errors_fatal: true',
    '  connection: ansible.netcommon.network_cli',
    '  vars:',
    `    ansible_network_os: ${os}`,
    '  tasks:',
    ...tasks,
  ]
}

function tasksOf({ fixes, candidate }: Part, commands: string, module: string, takes: 'lines' | 'text'): string[] {
  const title = `${fixes.join(' ')} ${candidate.plan.strategy}`
  if (takes === 'text') return [`    - name: ${quoted(title)}`, `      ${module}:`, `        config: ${quoted(commands)}`]
  return blocksOf(commands).flatMap(({ parents, lines }) => [
    `    - name: ${quoted([title, ...parents].join(', '))}`,
    `      ${module}:`,
    ...(parents.length > 0 ? ['        parents:', ...parents.map(p => `          - ${quoted(p)}`)] : []),
    '        lines:',
    ...lines.map(l => `          - ${quoted(l)}`),
    `        match: ${quoted('none')}`,
  ])
}

/** Lines that stand under the same ones. */
export interface Block {
  readonly parents: readonly string[]
  readonly lines: readonly string[]
}

/**
 * Cuts indented commands into blocks. The modules drop a line that stands twice in one task (`NetworkConfig.add` of
 * ansible.netcommon), and a fix may enter one twice on purpose, so its repetition begins another block.
 */
export function blocksOf(commands: string): Block[] {
  const blocks: { parents: readonly string[]; lines: string[] }[] = []
  let above: { readonly depth: number; readonly text: string }[] = []
  const lines = commands.split('\n').filter(line => line.trim() !== '')
  lines.forEach((line, n) => {
    const depth = depthOf(line)
    above = above.filter(a => a.depth < depth)
    const text = line.trim()
    const next = lines[n + 1]
    if (next !== undefined && depthOf(next) > depth) above = [...above, { depth, text }]
    else {
      const parents = above.map(a => a.text)
      const last = blocks.at(-1)
      if (last && last.parents.join('\n') === parents.join('\n') && !last.lines.includes(text)) last.lines.push(text)
      else blocks.push({ parents, lines: [text] })
    }
  })
  return blocks
}

const depthOf = (line: string) => line.length - line.trimStart().length

/** A string in YAML. Jinja finds nothing in it: hosts and commands hold no braces. */
const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll(/[^\x20-\x7e]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
