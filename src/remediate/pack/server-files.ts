// What the boot server itself can do: scripts and registry files, apart from the change on the network.
import type { Pack, PackFile } from './pack.ts'
import type { Paths } from './paths.ts'
import { block, code, table, text } from './words.ts'

/** PowerShell and registry files for each server, with their way back. Windows ends lines with CR and LF. */
export const serverFiles = ({ server }: Pack, paths: Paths): PackFile[] =>
  server.flatMap(({ point, apply, rollback, reg, reg_rollback }) => {
    const [script, registry] = [paths.server(point, 'ps1'), paths.server(point, 'reg')]
    return [
      { path: script.forth, content: windows(apply) },
      { path: script.back, content: windows(rollback) },
      { path: registry.forth, content: windows(reg) },
      { path: registry.back, content: windows(reg_rollback) },
    ]
  })

const windows = (lines: string) => `${lines}\n`.replaceAll('\n', '\r\n')

/** The section of the plan; empty where no server can do anything. */
export function serverText({ server, strategy }: Pack, paths: Paths): string[] {
  if (server.length === 0) return []
  return [
    '## On the boot server',
    '',
    strategy === 'server'
      ? "Microsoft's second workaround (KB 2510665), and all that this pack holds."
      : "Microsoft's second workaround (KB 2510665). It is no part of the change on the network, which needs none of it.",
    ...server.flatMap(({ point, apply, verify, caution, trade_off }) => {
      const [script, registry] = [paths.server(point, 'ps1'), paths.server(point, 'reg')]
      return [
        '',
        `### ${text(point)}`,
        '',
        `Run ${code(script.forth)} as an administrator (or import ${code(registry.forth)} and restart the service); back out with ${code(script.back)} or ${code(registry.back)}.`,
        '',
        ...block(apply, 'powershell'),
        '',
        `- ${text(trade_off)}`,
        `- ${text(caution)}`,
        '',
        ...table(
          ['command', 'expected answer'],
          verify.map(v => [code(v.command), text(v.expect)]),
        ),
      ]
    }),
  ]
}
