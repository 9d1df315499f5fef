// The little Markdown that rules are explained in: paragraphs, lists and code.
import { type Child, el } from './tree.ts'

/** Paragraphs and lists, as elements. What is no Markdown of this kind is shown as it is written. */
export function prose(markdown: string): Child[] {
  return markdown
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map(block => block.trim())
    .filter(block => block !== '')
    .map(block => {
      const lines = block.split('\n')
      if (lines.every(line => /^(- | {2})/.test(line)))
        return el(
          'ul',
          { class: 'remarks' },
          block
            .split(/\n?^- /m)
            .filter(item => item !== '')
            .map(item => el('li', {}, words(item))),
        )
      return el('p', {}, words(block))
    })
}

/** Code stands between backticks; everything else is text. */
const words = (text: string): Child[] =>
  text
    .replace(/\s*\n\s*/g, ' ')
    .split(/`([^`]+)`/)
    .map((part, n) => (n % 2 === 1 ? el('code', {}, part) : part))
