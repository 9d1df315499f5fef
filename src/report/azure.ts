// Azure Pipelines: findings as issues of the task, and its result, through logging commands.
// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
import type { Account } from './account.ts'
import { cutText, oneLine } from './brevity.ts'
import { concernText, quotable } from './ci.ts'
import type { Concern } from './concern.ts'
import type { ReportContext } from './formats.ts'
import { legibleText } from './legible.ts'
import { placeOf } from './paths.ts'
import { count } from './words.ts'

const LONGEST = 4_000

/** One issue for each finding and for everything that could not be judged, worst first; the last line is the result of the task. */
export function azure(account: Account, { folder, text, exitZero }: Pick<ReportContext, 'folder' | 'text' | 'exitZero'>): string {
  const { accepted, standing } = quotable(account.gathered, text.waived)
  const closing = [account.verdict, accepted > 0 ? `${count(accepted, 'accepted finding')} not shown.` : '']
  return [
    ...standing.map(c => issue(c, folder)),
    `##vso[task.complete result=${taskResult(account.exit_code, exitZero)};]${data(closing.filter(Boolean).join(' '))}\n`,
  ].join('')
}

/** What the exit code says; a run that was told to go on whatever was found does not fail here either. */
const taskResult = (code: number, exitZero: boolean) =>
  code === 0 ? 'Succeeded' : code === 3 || exitZero ? 'SucceededWithIssues' : 'Failed'

function issue(concern: Concern, folder: string): string {
  const said = cutText(concernText(concern), LONGEST)
  // There is no issue type for information: it is a line of the log.
  if (concern.level === 'info') return `${plain(`info ${concern.rule}: ${said}`)}\n`
  const [first] = concern.evidence
  const place = first?.file ? placeOf(first.file, folder) : null
  const at =
    place && place.kind !== 'remote'
      ? [`sourcepath=${property(place.path)}`, ...(first && first.line > 0 ? [`linenumber=${first.line}`] : [])]
      : []
  const properties = [`type=${concern.level}`, ...at, `code=${property(concern.rule)}`].map(p => `${p};`).join('')
  return `##vso[task.logissue ${properties}]${data(said)}\n`
}

/** Escaping of the message: that of the documentation, where a percent sign is `%AZP25`. */
const data = (text: string): string => legibleText(text).replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

/** Escaping of a property. */
const property = (text: string): string => data(text).replaceAll(';', '%3B').replaceAll(']', '%5D')

/** The agent looks for commands anywhere in a line, so text of others must not hold the beginning of one. */
const plain = (text: string): string => oneLine(legibleText(text)).replaceAll('##', '# #')
