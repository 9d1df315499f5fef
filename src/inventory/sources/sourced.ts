// What an inventory of another tool says, before it is put into our words.

/** Settings that other inventories have, in our words; values are as they stand there. */
export type Setting = 'host' | 'port' | 'username' | 'key' | 'platform' | 'site' | 'role' | 'tags' | 'proxy_jump' | 'ssh_config'

/** A value that can only be had elsewhere, such as an encrypted one. Never the value itself. */
export interface Withheld {
  /** Why, to follow the name of the setting: `is encrypted with Ansible Vault`. */
  readonly withheld: string
}

/** One value, and where it stands: `hosts.yaml:4`. */
export interface Given {
  readonly value: unknown
  readonly place: string
}

/** One device of another inventory. */
export interface Sourced {
  readonly name: string
  readonly place: string
  readonly given: ReadonlyMap<Setting, Given>
  /** Name to connect to where it gives no address; null where its name is none. */
  readonly byName: string | null
  /** Groups it belongs to there; they become tags. */
  readonly groups: readonly string[]
  /** Why nothing can be done with it as it stands there; null where nothing is in the way. */
  readonly trouble: string | null
  /** What is in the way may hide where it stands. */
  readonly adrift?: boolean
}

/** All that one source says. */
export interface Harvest {
  readonly devices: readonly Sourced[]
  /** What the user should know of it: one sentence each. */
  readonly notices: readonly string[]
}

/** Marks a value that stands elsewhere. */
export const withheld = (why: string): Withheld => ({ withheld: why })

/** Is it one of those? */
export const isWithheld = (value: unknown): value is Withheld =>
  typeof value === 'object' && value !== null && 'withheld' in value

/** Foreign text without what a terminal would act on, or what hides or reorders its neighbours. */
export const legible = (text: string): string => text.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ')

/** Foreign text, fit for a message: short, in one line, and without what a terminal would act on. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : written(value)
  // What stands before a host may hold a password.
  const line = legible(text).replace(/[^\s@:/]*:[^\s@]*@/g, '***@')
  return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`
}

/** What nests deeper than anybody would write cannot be written either. */
function written(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return '…'
  }
}

/** The first few of many names, for a sentence. */
export const some = (names: readonly string[]): string =>
  `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`

/** What is said where passwords were found: they stay where they are. */
export const ignoredPasswords = (where: string, count: number): string[] =>
  count === 0
    ? []
    : [
        `${where} holds passwords (${count === 1 ? 'one place' : `${count} places`}); they are not taken over: set password: env:NAME under defaults: or for a group of ours`,
      ]
