// Text made to fit where room is short. What is cut says so.

/** Text on one line, with single blanks. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** The first `most` UTF-16 units of a text, and how many more there were; no character is cut in half. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  const head = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')
  return `${head}… (${text.length - head.length} more characters)`
}
