// Names that try to be more than names, and data full of them.
import { expect } from 'vitest'

export const HOSTILE = [
  'a\nb\r\nc\rd\te',
  '\u0000\u0001\u0008\u000b\u000c\u001b[31m\u007f\u0085\u009b',
  '</summary></details><script>alert(1)</script><!-- <b>',
  '::error file=x,line=1::owned',
  'x\n::error::owned\n##vso[task.setvariable variable=x]owned\n##[error]owned',
  '##vso[task.complete result=Succeeded;]done',
  '%0A::error::owned%25%0D%3A%2C%AZP25%3B%5D',
  ']]>&amp;&#0;<![CDATA[ "quoted" \'single\'',
  '| a | b |\n|---|---|\n| `c` | ```d``` |',
  '````\n~~~~\n    code\n- [ ] *a* _b_ ~c~ [d](http://e.example) ![f](g) www.h.example',
  '@everyone @octo-cat #1 GH-2 owner/repo#3 !4 &5 ~bug %6 $7 [issue:8]',
  '/close\n/merge',
  '\u202eright-to-left\u2066 \u200f\u200e',
  '\ud800 lone \udfff \ufffe\uffff',
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\uff1d1+1',
  '"; rm -rf /; "',
  '',
  ' ',
  'x'.repeat(10_000),
  '🌈'.repeat(5_000),
]

const FIXED = new Set([
  'severity',
  'verdict',
  'state',
  'code',
  'kind',
  'started_at',
  'role',
  'confidence',
  'schema_version',
  'fingerprint',
  'change',
  'scope',
])

/** A copy in which every name and text begins with the hostile one, but for what has a fixed set of values. */
export function poisoned<T>(data: T, text: string): T {
  const poison = (value: unknown, key: string): unknown =>
    typeof value === 'string'
      ? FIXED.has(key)
        ? value
        : `${text}${key}`
      : Array.isArray(value)
        ? value.map(v => poison(v, key))
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, poison(v, k)]))
          : value
  return poison(data, '') as T
}

/** A comment without its blocks of code, each of which must end where it should. */
export function withoutCode(comment: string): string {
  const out: string[] = []
  let fence = ''
  for (const line of comment.split('\n')) {
    const run = /^(`{3,})(text)?$/.exec(line)
    if (fence === '' && run?.[2]) fence = run[1] ?? ''
    else if (fence !== '' && line.startsWith(fence) && line.trim() === fence) fence = ''
    else if (fence === '') out.push(line)
  }
  expect(fence).toBe('')
  return out.join('\n')
}
