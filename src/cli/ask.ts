// Asks for a secret at the terminal; what is typed is not shown.
import type { ReadStream } from 'node:tty'

const ENTER = /[\r\n]/
const [INTERRUPT, END, ERASE, ERASE_LINE] = ['\x03', '\x04', /[\x7f\b]/, '\x15']

/** Reads one line without echo; empty where it is interrupted or the input ends. */
export function askHidden(
  input: ReadStream,
  say: (text: string) => void,
  question: string,
  // A terminal that was told to show nothing sends no signal either.
  interrupt = () => void process.kill(process.pid, 'SIGINT'),
): Promise<string> {
  return new Promise(resolve => {
    let typed = ''
    const end = (answer: string) => {
      input.setRawMode(false)
      input.pause()
      input.removeListener('data', take)
      say('\n')
      resolve(answer)
    }
    const take = (bytes: Buffer) => {
      for (const key of bytes.toString('utf8')) {
        if (ENTER.test(key)) return end(typed)
        if (key === INTERRUPT) {
          end('')
          return interrupt()
        }
        if (key === END && typed === '') return end('')
        if (ERASE.test(key)) typed = typed.slice(0, -1)
        else if (key === ERASE_LINE) typed = ''
        else if (key >= ' ') typed += key
      }
    }
    // First of all, because the terminal shows what is typed, or pasted, until then.
    input.setRawMode(true)
    input.on('data', take).resume()
    say(`${question}: `)
  })
}
