/** Which words of a platform mean what the layout has to carry out. It knows the syntax and none of the words. */
export interface TreeOptions {
  /**
   * Statements at the top that a whole configuration does not end with: when the last one is one of these, what the
   * device prints behind it was cut off, although every brace is closed.
   */
  readonly early: ReadonlySet<string>
  /** Those of them that none ends with, whatever the device shows behind it: they say nothing by themselves. */
  readonly openings: ReadonlySet<string>
  /** Statements that one configuration has once, by the words that lead there: a second value means another configuration. */
  readonly alone?: readonly (readonly string[])[]
  /** The statement at the top that every configuration begins with: where it stands again, another begins, as old as the first or not. */
  readonly head?: string
  /** Words that take one value, so that a new one replaces the old; with the words that may stand beside a value. */
  readonly single?: Readonly<Record<string, readonly string[]>>
  /** Pairs of words of which one takes the other's place: `preempt`, `no-preempt`. */
  readonly either?: readonly (readonly [string, string])[]
  /**
   * Statements that decide what those beside them mean: they are repeated in front of every other statement in the same
   * place (`routing-instances X instance-type vrf interface irb.10`), so that order does not matter and a row sees both.
   * `under` are the words that lead there, `*` any; `otherwise` stands in where there is no such statement.
   */
  readonly lead?: readonly Lead[]
  /**
   * Where a name may stand once: the words that lead there and the name itself, `*` for any, `+` for those that may differ.
   * A device refuses the second one, so what a text that has it means is not known.
   */
  readonly once?: readonly (readonly string[])[]
  /**
   * Names that hold something: of one that ends a line, what stood behind it may be lost. The statement is handed over
   * once more with `word` in place of that. `*` for any name.
   */
  readonly filled?: readonly { readonly under: readonly string[]; readonly word: string }[]
  /** Groups of statements that are inherited where a group is applied. */
  readonly groups?: {
    readonly keyword: string
    readonly apply: string
    readonly except: string
    /** A statement in a group that makes it conditional. */
    readonly when: string
    /** Names that stand for whichever group the device itself picks. */
    readonly variables: readonly { readonly name: string; readonly stands: RegExp }[]
  }
  /** Statements given to a range of names at once. */
  readonly ranges?: {
    readonly under: string
    readonly keyword: string
    readonly member: string
    readonly from: string
    readonly to: string
  }
  /** The statement of a level that is handed over before the others. */
  readonly first?: string
  /** Spells a path of a command out in full. */
  readonly spell?: (words: readonly string[]) => readonly string[]
  /** The statements that a path of `set` holds, where one may follow another on a line. */
  readonly several?: (words: readonly string[]) => readonly (readonly string[])[]
  /** Whether something stands in a path of `set` that keeps what follows it from its place. */
  readonly strays?: (words: readonly string[]) => boolean
  /** A comment by which the device says of the statement behind it that it does not take effect. */
  readonly idle?: RegExp
  /** A word that is a prompt. */
  readonly prompt: RegExp
  /** The words of a command that prints the configuration, or the part of it that the words behind them name. */
  readonly show: readonly string[]
  /** The word in front of a command of the other mode. */
  readonly run?: string
  /** Commands that print a configuration which is not in force: an earlier one, or one in a file. */
  readonly stale?: RegExp
  /** Words behind `|` or `| display` that leave a part of what is printed, or nothing that is read here. */
  readonly filters: ReadonlySet<string>
}

/** See TreeOptions. */
export interface Lead {
  readonly under: readonly string[]
  readonly word: string
  readonly otherwise?: string
}
