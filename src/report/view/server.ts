// What the server can do by itself, once for each PXE point that duplicates reach.
import type { ServerWorkaround } from '../../model/result.ts'
import { snippet, verification } from './snippet.ts'
import { type Child, el, foreign } from './tree.ts'

/** The section; nothing where no server has a workaround. */
export const serverSection = (workarounds: readonly ServerWorkaround[], live: boolean): Child =>
  workarounds.length > 0 &&
  el(
    'section',
    { 'aria-labelledby': 'server' },
    el('h2', { id: 'server' }, 'On the server itself'),
    el(
      'p',
      { class: 'lead' },
      'A workaround (Microsoft KB 2510665) for the time until the routers are changed. The copies go on arriving; the server no longer stumbles over them.',
    ),
    workarounds.map((w, n) =>
      el(
        'article',
        { class: 'card plain none', id: `server-${n + 1}` },
        el('h3', {}, foreign(w.point)),
        el('p', { class: 'trade' }, foreign(w.trade_off)),
        w.caution !== '' && el('p', { class: 'caution' }, el('strong', {}, 'Mind:'), ' ', foreign(w.caution)),
        el(
          'div',
          { class: 'columns' },
          el(
            'section',
            { class: 'panel' },
            el('h4', {}, 'PowerShell'),
            snippet('Apply', w.apply, 'the PowerShell commands', live),
            snippet('Roll back', w.rollback, 'the PowerShell commands that take it back', live),
          ),
          el(
            'section',
            { class: 'panel' },
            el('h4', {}, 'Registry file'),
            snippet('Apply', w.reg, 'the registry file', live),
            snippet('Roll back', w.reg_rollback, 'the registry file that takes it back', live),
          ),
        ),
        el('div', { class: 'panel' }, verification(w.verify)),
      ),
    ),
  )
