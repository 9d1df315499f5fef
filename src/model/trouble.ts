/** Trouble the user can do something about: the message is one sentence that names the place and the remedy. */
export class Trouble extends Error {
  /** `usage`: the command line. `inventory`: the inventory. `input`: a configuration or result file. */
  readonly code: 'usage' | 'inventory' | 'input'

  constructor(code: Trouble['code'], message: string) {
    super(message)
    this.name = 'Trouble'
    this.code = code
  }
}
