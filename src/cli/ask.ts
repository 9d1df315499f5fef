// Asks for a secret at the terminal; what is typed is not shown.
import type { ReadStream } from 'node:tty'

const ENTER = /[\r\n]/
const [INTERRUPT, END, ERASE, ERASE_LINE] = ['\x03', '\x04', /[\x7f\b]/, '\x15']

/** Reads one line without echo; null where it is interrupted or the input ends. */
export function askHidden(input: ReadStream, say: (text: string) => void, question: string): Promise<string | null> {
  return new Promise(resolve => {
    let typed = ''
    const end = (answer: string | null) => {
      input.setRawMode(false)
      input.pause()
      input.removeListener('data', take)
      say('\n')
      resolve(answer)
    }
    const take = (bytes: Buffer) => {
      for (const key of bytes.toString('utf8')) {
        if (ENTER.test(key)) return end(typed)
        if (key === INTERRUPT || (key === END && typed === '')) return end(null)
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
