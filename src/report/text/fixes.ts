// The ways to fix a finding: the one to take with its commands, the others in a line each.
import type { Remediation } from '../../model/result.ts'
import { wrap } from '../columns.ts'
import { legibleText } from '../legible.ts'
import type { TextContext } from '../text.ts'
import { waysOf } from '../ways.ts'

/** Everything there is to say of the fixes of one finding; `--all` shows the commands of the other ways as well. */
export function fixLines(remediations: readonly Remediation[], context: TextContext): string[] {
  const { paint, width, all } = context
  const say = (text: string, indent: string) => wrap(legibleText(text), width, indent)
  const ways = waysOf(remediations)
  const shown = ways.filter(w => w.choice !== 'alternative' && w.withheld === null)
  const out: string[] = []
  if (shown.length > 1)
    out.push(...say('Nothing tells for sure which router should go on relaying: choose one of these ways.', '  '))
  for (const way of ways) {
    if (way.withheld !== null) {
      // Where there is a fix, a way that is not possible is told with the others.
      if (shown.length === 0 || all)
        out.push(...say(shown.length === 0 ? way.caution : `Not ${way.plan}: ${way.withheld}.`, '  '))
    } else if (shown.includes(way) || all) {
      for (const step of way.steps)
        out.push(
          `  ${paint('green', `fix (${legibleText(way.plan)}; proven)`)} on ${legibleText(step.device)}:`,
          ...step.apply.split('\n').map(line => `      ${legibleText(line)}`),
        )
      out.push(...say(way.caution, '  ').map(line => paint('yellow', line)))
    } else out.push(...say(`Or, proven as well: ${way.plan}.`, '  ').map(line => paint('dim', line)))
  }
  return out
}
