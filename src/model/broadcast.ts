// Messages that a system writes onto the terminals of all its users, whatever those are printing.

/**
 * The first line of one: `send` and `reload in` on IOS, wall(1) and write(1) below the others, shutdown(8) on Junos. What follows is any
 * text, so nobody can tell where it ends.
 */
const TO_ALL =
  /^(?:Broadcast [Mm]essage from \S+(?: [(o]|\r?$)|Message from \S+@\S+ on \S+ at \d|\*\*\* (?:Message from tty|--- .{0,20}SHUTDOWN |(?:FINAL )?System shutdown message from ))/m
/** Nearly no configuration has one of these. Longer words are found several times more slowly, rare letters in front fast. */
const STARTS = ['Broadc', 'Messag', '*** ']

/** Where a message to all users begins that is among the lines; -1 for none. It may have torn one of them in two. */
export const broadcastIn = (text: string): number => (STARTS.some(start => text.includes(start)) ? text.search(TO_ALL) : -1)
