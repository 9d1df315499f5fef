// Everything that may be sent to a device, for a security review.
import { wrap } from './columns.ts'

/** What may be typed on the devices of one platform. */
export interface AccessPage {
  readonly id: string
  readonly name: string
  readonly commands: readonly {
    readonly purpose: string
    /** Exactly what is typed; empty for a secret. */
    readonly typed: string
    readonly when: string
  }[]
}

const INTRODUCTION =
  'These are all the bytes that this program can send to the command line of a device. They stand on the page of its platform (parsers/<platform>/index.ts), and on one for devices whose platform is left open; the code that holds the conversation takes nothing else. None of them changes a configuration.'

/** One block per platform. */
export function accessLines(pages: readonly AccessPage[], width: number): string[] {
  const blocks = pages.flatMap(({ id, name, commands }) => [
    `${id} (${name})`,
    ...commands.flatMap(({ purpose, typed, when }) => [
      `  ${purpose === 'secret' ? '(the enable password)' : shown(typed)}`,
      ...wrap(when, width, '      '),
    ]),
    '',
  ])
  return [...wrap(INTRODUCTION, width), '', ...blocks].slice(0, -1)
}

/** A command without the line feed behind it; a key by its name, or in quotes. */
const shown = (typed: string): string =>
  typed === '\n' ? '(Enter)' : typed.endsWith('\n') ? typed.slice(0, -1) : JSON.stringify(typed)
