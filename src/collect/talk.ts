// The conversation over an open shell: what the device is, where nobody said, and what its configuration is.
import type { Access, InventoryDevice } from '../model/inventory.ts'
import type { Platform } from '../parse/platform.ts'
import { converse, type Piece, type Shell } from './converse.ts'
import { dialogue } from './dialogue.ts'
import { type Enabling, privilege } from './enabling.ts'
import { type Failure, type FailureKind, failure } from './failure.ts'
import type { Clock } from './limits.ts'
import { enablePassword } from './login.ts'
import { probe, recognise } from './recognise.ts'
import type { Recording } from './record.ts'
import type { Run } from './run.ts'
import type { Stop } from './stop.ts'

/** Seconds a device may be silent. Building the configuration takes old modular switches the better part of a minute. */
const SILENCE = 75

/**
 * A configuration as it was printed. Whoever is done with the text takes it out: the session is as old as the device is slow, and what
 * it ends with would be kept like what it began with, moved about in memory with every collection of garbage.
 */
export interface Text {
  text: string
  readonly platform: string
  readonly command: string
}

/** The conversation itself; for an unknown platform a short one first that asks what the device is. */
export async function talk(
  shell: Shell,
  device: InventoryDevice,
  access: Access,
  run: Run,
  clock: Clock,
): Promise<Text | Failure> {
  const enable = access.enable === null ? null : await run.vault.get(access.enable, enablePassword(access))
  if (enable && 'failed' in enable) return failure('no-credential', enable.failed)
  const line = watched(shell, clock.stop)
  const held = {
    giveUp: () =>
      clock.abort(
        failure('incomplete', 'it printed too much while others did so too; collect it again, with a lower --concurrency'),
      ),
  }
  const pieces: Piece[] = []
  let raising: Enabling | null = null
  const hold = async (conversation: ReturnType<typeof dialogue>): Promise<{ text: string } | Failure> => {
    clock.step(conversation.waiting)
    const outcome = await converse(line.shell, conversation, Math.min(SILENCE, access.timeout) * 1000, piece => {
      if (run.record) pieces.push(piece)
      if ('received' in piece) run.memory.holds(held, conversation.buffered())
      else raising?.typed(piece)
    })
    run.memory.gone(held)
    if (clock.stop.why) return { ...clock.stop.why, again: false }
    if ('done' in outcome) {
      const text = outcome.done
      outcome.done = ''
      return { text }
    }
    const why = failureOf(outcome.failed)
    // A device that hangs up may do so because of the password for enable, and would get it again.
    if (line.lost() && why.kind === 'session') return failure('hung-up', outcome.failed, raising?.sent() !== true)
    return why
  }
  let platform: Platform | undefined
  let prompt = ''
  try {
    if (device.platform === 'auto') {
      const question = dialogue(probe)
      const version = await hold(question)
      prompt = question.prompt()
      if ('failed' in version) return { ...version, failed: `${version.failed}; set platform: for this device` }
      platform = run.recognise?.(version.text) ?? run.platformOf(recognise(version.text) ?? '')
    } else platform = run.platformOf(device.platform)
    if (!platform) {
      const subject =
        device.platform === 'auto'
          ? 'the device does not say what it is in words this version knows'
          : `there is no platform "${device.platform}"`
      return failure('platform', `${subject}; set platform: for this device`)
    }
    // Not before: the question what the device is needs no privilege, and its commands say nothing of the password.
    raising = enable && (await privilege(enable, device.name, run))
    const secret = enable && raising?.refused === null ? { value: enable.reveal(), reference: enable.reference } : null
    const { layout } = platform.grammar
    const conversation = dialogue(platform.session, {
      enable: secret,
      prompt,
      complete: text => proofOf(layout.read(text, NOTHING)),
    })
    const shown = await hold(conversation)
    prompt = conversation.prompt()
    if (!('failed' in shown)) return Object.assign(shown, { platform: platform.id, command: conversation.command() })
    return raising && raising.refused !== null && /set enable: in the inventory/.test(shown.failed)
      ? failure(
          'not-tried',
          `${enable?.reference} for enable was not tried: ${raising.refused}; correct it, then collect this device again`,
        )
      : shown
  } finally {
    raising?.over()
    if (pieces.length > 0) record(run, { device: device.name, platform: platform?.id ?? device.platform, prompt, pieces })
  }
}

/** Hands a recording over. What cannot be stored of it is no reason to lose the configuration. */
function record({ record: store, notice, vault }: Run, recording: Recording): void {
  try {
    store?.({ ...recording, clean: vault.clean })
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException
    notice(`the session with ${recording.device} could not be recorded (${code ?? name})`)
  }
}

/** Why a text is not proven whole; null when it is. */
const proofOf = ({ incomplete, unlikely, closed }: ReturnType<Platform['grammar']['layout']['read']>): string | null =>
  incomplete ?? unlikely ?? (closed ? null : 'nothing in it shows that this is all')

/** A reader of a layout that wants nothing but how the text ends. */
const NOTHING = { statement: () => false, indented() {}, path: () => 'unmodelled' as const, mark() {} }

/** What the reason of a conversation that failed amounts to. */
function failureOf(failed: string): Failure {
  const [, kind = 'session', again = false] = KINDS.find(([sign]) => sign.test(failed)) ?? []
  return failure(kind, failed, again)
}

const KINDS: readonly (readonly [RegExp, FailureKind, boolean?])[] = [
  [/ was silent for /, 'timed-out'],
  [
    /before it was whole|were broken into|withholds a part|printed (?:a line of )?more than|nothing but control characters/,
    'incomplete',
  ],
  [/enable password was rejected|rejected the user/, 'rejected'],
  // Every session was taken: another try may find one free.
  [/has no session free/, 'hung-up', true],
]

/** A shell that ends when time is up, and knows whether the device hung up. */
function watched(shell: Shell, stop: Stop) {
  let lost = false
  const watching: Shell = {
    write: shell.write,
    close: shell.close,
    listen({ data, end }) {
      stop.listen(end)
      shell.listen({
        data,
        end() {
          lost = true
          end()
        },
      })
    },
  }
  return { shell: watching, lost: () => lost }
}
