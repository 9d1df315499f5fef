// What stays at the top of the window: where to go, and in a live page what to look for.
import { KEYS } from './query.ts'
import { type Child, el, type Tree } from './tree.ts'

/** `sections` are anchors with their titles and numbers. */
export const toolbar = (sections: readonly (readonly [id: string, title: string, number: number])[], live: boolean): Tree =>
  el(
    'div',
    { class: 'toolbar' },
    el(
      'nav',
      { 'aria-label': 'Contents' },
      el(
        'ul',
        {},
        sections.map(([id, title, number]) =>
          el('li', {}, el('a', { href: `#${id}` }, title), ' ', el('span', { class: 'number', id: `count-${id}` }, number)),
        ),
      ),
    ),
    live && search(),
  )

const search = (): Child =>
  el(
    'form',
    { role: 'search', id: 'search' },
    el('label', { for: 'query', class: 'hidden' }, 'Search'),
    el('input', {
      ...{ 'type': 'search', 'id': 'query', 'autocomplete': 'off', 'spellcheck': 'false' },
      ...{ 'placeholder': 'verdict:duplicate site:ams text', 'aria-describedby': 'matches', 'aria-keyshortcuts': '/' },
    }),
    el('button', { type: 'button', id: 'print-summary' }, 'Print summary'),
    el('button', { type: 'button', id: 'print-full' }, 'Print all'),
    el('button', { type: 'button', id: 'save' }, 'Save JSON'),
    el(
      'button',
      { 'type': 'button', 'id': 'help', 'aria-keyshortcuts': '?', 'aria-label': 'Help', 'aria-haspopup': 'dialog' },
      '?',
    ),
    el('p', { id: 'matches', role: 'status' }),
  )

const KEYBOARD = [
  ['/', 'search'],
  ['j', 'next finding'],
  ['k', 'previous finding'],
  ['Enter', 'open or close it'],
  ['Escape', 'leave the search, then clear it'],
  ['?', 'this help'],
] as const

const EXAMPLES = [
  ['verdict:duplicate,unknown', 'one or the other'],
  ['site:ams device:core1', 'both must hold; core1 also finds ams-core1'],
  ['-rule:option-82*', 'not these; * is any text'],
  ['pxe:10.9.9.5 "ip helper-address"', 'text in quotes'],
] as const

/** The help, as a dialog. */
export const helpView = (): Tree =>
  el(
    'dialog',
    { 'id': 'help-dialog', 'aria-labelledby': 'help-title' },
    el('h2', { id: 'help-title' }, 'Search and keys'),
    el('p', {}, `Words are searched for in everything. ${KEYS.map(key => `${key}:`).join(' ')} look in one place.`),
    el(
      'dl',
      {},
      EXAMPLES.map(([query, meaning]) => el('div', {}, el('dt', {}, el('code', {}, query)), el('dd', {}, meaning))),
      KEYBOARD.map(([key, meaning]) => el('div', {}, el('dt', {}, el('kbd', {}, key)), el('dd', {}, meaning))),
    ),
    el(
      'p',
      { class: 'soft' },
      'The address of the page holds what is searched for and where you are: it can be sent on with the file.',
    ),
    el('button', { type: 'button', id: 'help-close' }, 'Close'),
  )
