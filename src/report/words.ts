// Words for people: what text, HTML and later formats say alike.
import type { Result, Verdict } from '../model/result.ts'

/** Worst first: the order in which verdicts are shown. */
export const VERDICTS: readonly Verdict[] = ['duplicate', 'unknown', 'single', 'none']

/** `1 device`, `2 devices`. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`

/** The verdict on the whole network, in one sentence. */
export function headline({ summary, exit_code, devices, segments }: Result): string {
  const { unknown, failed } = summary
  const duplicate = segments.filter(s => s.pxe.some(p => p.verdict === 'duplicate')).length
  const cut = devices.filter(d => d.state === 'collected' && !d.complete).length
  const gaps = [
    unknown > 0 ? `${count(unknown, 'verdict')} unknown` : '',
    failed > 0 ? `${count(failed, 'device')} not read` : '',
    cut > 0 ? `${count(cut, 'configuration')} cut short` : '',
  ].filter(Boolean)
  const open = gaps.length > 0 ? `; ${gaps.join(', ')}` : ''
  if (duplicate > 0)
    return `${count(duplicate, 'segment')} send${duplicate === 1 ? 's' : ''} a PXE point more than one copy of each boot request${open}.`
  if (exit_code === 1) return `No duplicates, but other findings${open}.`
  if (gaps.length > 0) return `No duplicates among what could be judged${open}.`
  return 'Every segment sends each PXE point at most one copy of a boot request.'
}

/** A name or a line of a configuration, without the control characters it may contain. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '?')
