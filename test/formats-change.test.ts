// Every format of a change, against goldens that were read line by line; and what all of them have in common.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { run } from '../src/cli/run.ts'
import type { Validation } from '../src/model/validation.ts'
import { formats } from '../src/report/formats.ts'
import { AUDIT_FORMATS, changeFormats } from '../src/report/validation/formats.ts'
import { validationSchema } from '../src/report/validation-schema.ts'
import { CHANGE, NO_CHANGE, REFUSED } from './support/change-sample.ts'
import { readCsv } from './support/csv.ts'
import { expectGolden } from './support/golden.ts'
import { junitErrors } from './support/junit-schema.ts'
import { CONTEXT } from './support/report-sample.ts'
import { sarifErrors } from './support/sarif-schema.ts'

const GOLDENS: Readonly<Record<string, string>> = {
  text: '.txt',
  ndjson: '.ndjson',
  markdown: '.md',
  csv: '.csv',
  sarif: '.sarif',
  junit: '.xml',
  github: '-github.txt',
  gitlab: '-gitlab.json',
  azure: '-azure.txt',
}
const names = Object.keys(changeFormats)
const render = async (format: string, validation: Validation = CHANGE, context = CONTEXT) =>
  (await changeFormats[format]?.())?.(validation, context) ?? ''
const folder = mkdtempSync(join(tmpdir(), 'iphelper-change-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function cli(...args: string[]) {
  const said = { out: '', err: '' }
  const io = { out: (t: string) => (said.out += t), err: (t: string) => (said.err += t), env: {}, width: 80, colour: true }
  const code = await run(args, io)
  return { ...said, code }
}
const saved = (name: string, data: unknown) => {
  const file = join(folder, name)
  writeFileSync(file, typeof data === 'string' ? data : JSON.stringify(data))
  return file
}

describe.each([
  ['change', CHANGE],
  ['refused', REFUSED],
] as const)('%s', (name, validation) => {
  it.each(Object.entries(GOLDENS))('as %s', async (format, ending) => {
    mkdirSync(join(import.meta.dirname, 'goldens', 'changes'), { recursive: true })
    expectGolden(join(import.meta.dirname, 'goldens', 'changes', `${name}${ending}`), await render(format, validation))
  })

  it('is what the schema of validations says', () => expect(validationSchema.parse(validation)).toEqual(validation))

  it('is a valid SARIF log', async () => {
    expect(sarifErrors(JSON.parse(await render('sarif', validation)))).toEqual([])
  })

  it.each(['error', 'skipped'] as const)('is valid JUnit XML, with unknown as %s', async junitUnknown => {
    expect(await junitErrors(await render('junit', validation, { ...CONTEXT, junitUnknown }))).toEqual([])
  })
})

describe('every format', () => {
  it('is one of those of audits, but for those that only audits have', () => {
    const all = Object.keys(formats)
    expect(names).toEqual(all.filter(n => !AUDIT_FORMATS.includes(n)))
    expect(all).toEqual(expect.arrayContaining([...AUDIT_FORMATS]))
  })

  it.each(names)('%s ends with a line feed, and depends on nothing but what it is given', async format => {
    expect(await render(format)).toMatch(/[^\n]\r?\n$/)
    expect(await render(format)).toBe(await render(format))
  })

  it('goes to a file of its own in one run, and is rendered again from the saved validation, byte for byte', async () => {
    const file = saved('change.json', CHANGE)
    const path = (name: string) => join(folder, `report.${name}`)
    const said = await cli('report', file, ...names.flatMap(name => ['--format', `${name}=${path(name)}`]))
    expect(said).toEqual({ code: 0, out: '', err: '' })
    for (const name of names) {
      const wholeFile = readFileSync(path(name), 'utf8')
      expect({ name, ...(await cli('report', path('json'), '-f', name)) }).toMatchObject({ name, code: 0, err: '' })
      // Files below another folder and the pages of all rules are all that differs from the goldens.
      if (['json', 'ndjson', 'csv', 'gitlab', 'markdown'].includes(name)) expect(wholeFile).toBe(await render(name))
    }
  })

  it('is offered by completions', async () => {
    const { out } = await cli('completion', 'bash')
    expect(out).toContain(`'validate -f' | 'validate --format') kind=target words='${names.join(' ')}' ;;`)
  })

  it('takes --junit-unknown', async () => {
    const file = saved('unknown.json', CHANGE)
    expect((await cli('report', file, '-f', 'junit')).out).toContain('<error message="unknown: edge-2 was not read')
    const skipped = (await cli('report', file, '-f', 'junit', '--junit-unknown', 'skipped')).out
    expect(skipped).toContain('<skipped message="unknown: edge-2 was not read')
    expect(skipped).not.toContain('<error')
  })

  it('tells of everything that could not be judged, also where nothing was introduced', async () => {
    for (const format of names) {
      expect({ format, out: await render(format, REFUSED) }).toMatchObject({
        out: expect.stringMatching(/line 2 of change\.txt was not\s+understood/),
      })
      const out = (await render(format)).replace(/\s+/g, ' ')
      for (const what of [
        /edge-2 was read before and cannot be judged by now/,
        /edge-2 was not read; it may stand here too/,
        /d42d42d42d42d42d|10\.20\.42\.0\/24/,
      ])
        expect({ format, out }).toMatchObject({ out: expect.stringMatching(what) })
    }
  })

  it.each(names.filter(n => n !== 'csv' && n !== 'gitlab'))('%s says that a snippet does nothing', async format => {
    const changes = [{ device: 'dist-2', file: 'change.txt', refused: [], effect: false }]
    const out = (await render(format, { ...NO_CHANGE, changes })).replace(/\s+/g, ' ')
    expect(out).toMatch(/change\.txt changes nothing on dist-2 that relaying depends on\.|"effect": ?false/)
  })

  it('says of a change of nothing that it introduces nothing', async () => {
    const said: Readonly<Record<string, string | RegExp>> = {
      text: /^The change introduces nothing, fixes nothing and leaves none as it was\.\n/,
      json: /"introduced": \[\]/,
      ndjson: /\{"type":"summary","introduced":0,"unjudged":0,"fixed":0,"unchanged":0,"verdicts":0,"incomplete":0,/,
      markdown: /^### :white_check_mark: PXE relays: the change introduces nothing\n/,
      csv: /^state,severity,was,rule,subject,message,why,file,line,peers,accepted,fingerprint\r\n$/,
      sarif: /"level": "note",\s+"message": \{\s+"text": "The change introduces nothing[\s\S]*"results": \[\]/,
      junit:
        /tests="1" failures="0" errors="0"[\s\S]*<testcase classname="change.whole" name="the change can be judged" time="0">\s*<system-out>/,
      github: /^::notice title=PXE relay change::The change introduces nothing.*\n$/,
      gitlab: /^\[\]\n$/,
      azure: /^##vso\[task\.complete result=Succeeded;\]The change introduces nothing.*\n$/,
    }
    expect(Object.keys(said).sort()).toEqual([...names].sort())
    for (const [format, wanted] of Object.entries(said))
      expect({ format, out: await render(format, NO_CHANGE) }).toMatchObject({ out: expect.stringMatching(wanted) })
  })
})

describe('loading', () => {
  /** Files that come along when one is loaded, before any of its own imports. */
  const loadedWith = (file: string, seen = new Set<string>()): ReadonlySet<string> => {
    if (seen.has(file)) return seen
    seen.add(file)
    const source = readFileSync(join(import.meta.dirname, '..', file), 'utf8')
    for (const [, path = ''] of source.matchAll(/^(?:import|export) (?!type )[^'"]*?from '(\.[^']+)'/gm))
      loadedWith(normalize(join(dirname(file), path)), seen)
    return seen
  }

  it('a change that is told as text loads no other format, and none of the library that collects', () => {
    const files = [...loadedWith('src/cli/validate.ts'), ...loadedWith('src/report/validation.ts')]
    expect(files).toContain('src/report/validation/formats.ts')
    expect(files.filter(f => /(sarif|junit|github|azure|csv|html|concerns|api|schema)\.ts$|analyze|collect/.test(f))).toEqual([])
  })

  it('a change that is told to a file loads what writes files, and no more of the library', () =>
    expect([...loadedWith('src/cli/write.ts')].sort()).toEqual([
      'src/cli/write.ts',
      'src/collect/folder.ts',
      'src/collect/stored.ts',
      'src/model/trouble.ts',
      'src/writing.ts',
    ]))
})

describe('what a pipeline fails for', () => {
  const FIXED = /d11d11d11d11d11d|0fa100fa100fa100/
  const UNCHANGED = /d12d12d12d12d12d/

  it.each(['sarif', 'gitlab'])('%s: what is fixed and what stands as before is not there', async format => {
    expect(await render(format)).not.toMatch(FIXED)
    expect(await render(format)).not.toMatch(UNCHANGED)
    expect(await render(format)).toMatch(/d10d10d10d10d10d/)
  })

  it.each(['github', 'azure'])(
    '%s: each introduced finding by its severity, and one issue for everything that is open',
    async format => {
      const lines = (await render(format)).split('\n')
      const about = (what: string) => lines.filter(l => l.includes(what)).map(l => /error|warning|notice|info/.exec(l)?.[0])
      expect(about('10.20.10.0/24')).toEqual(['error'])
      expect(about('option 82')).toEqual(['warning'])
      expect(about('10.20.11.0/24')).toEqual([format === 'github' ? 'notice' : 'info'])
      // Fixed, unchanged, new and right, accepted, gone.
      for (const vlan of [12, 13, 14, 41]) expect(about(`10.20.${vlan}.0/24`)).toEqual([])
      for (const vlan of [40, 42]) expect(about(`10.20.${vlan}.0/24`)).toEqual(['warning'])
    },
  )

  it('junit: each verdict that changed, and each finding that is introduced', async () => {
    const cases = [...(await render('junit')).matchAll(/<testcase classname="([^"]*)" name="([^"]*)" time="0">\s*<([\w-]+)/g)]
    expect(cases.map(m => m.slice(1))).toEqual([
      ['change.whole', 'the change can be judged', 'error'],
      ['verdicts.changed', 'ams default 10.20.10.0/24 wds-ams', 'failure'],
      ['verdicts.changed', 'ams default 10.20.11.0/24 wds-ams', 'system-out'],
      // Doubled as before.
      ['verdicts.changed', 'ams default 10.20.12.0/24 wds-ams', 'skipped'],
      ['verdicts.changed', 'ams default 10.20.13.0/24 wds-ams', 'system-out'],
      // Accepted.
      ['verdicts.changed', 'ams default 10.20.14.0/24 wds-ams', 'system-out'],
      ['verdicts.changed', 'lon default 10.20.40.0/24 wds-ams', 'error'],
      ['verdicts.changed', 'lon default 10.20.41.0/24 wds-ams', 'skipped'],
      ['findings.option-82-with-wds', 'dist-2 wds-ams', 'skipped'],
      ['findings.relay-without-failover', 'ams default 10.20.11.0/24 wds-ams', 'system-out'],
      ['findings.duplicate-pxe-relay', 'lon default 10.20.42.0/24 wds-ams', 'error'],
    ])
  })

  it('junit: a duplicate that comes without a finding of its own fails all the same', async () => {
    const findings = { ...CHANGE.findings, introduced: [] }
    const xml = await render('junit', { ...CHANGE, findings })
    expect(xml).toContain('<failure message="single -&gt; duplicate, 1 -&gt; 2 copies" type="duplicate">')
  })

  it('sarif: new, or updated where it was there and is worse or not known any more; in a category of its own', async () => {
    const [run] = JSON.parse(await render('sarif')).runs
    interface Told {
      readonly ruleId: string
      readonly kind: string
      readonly baselineState: string
      readonly partialFingerprints: Readonly<Record<string, string>>
    }
    expect(
      (run.results as Told[]).map(r => [
        r.ruleId,
        r.kind,
        r.baselineState,
        r.partialFingerprints['iphelperAudit/v1']?.slice(0, 3),
      ]),
    ).toEqual([
      ['duplicate-pxe-relay', 'fail', 'new', 'd10'],
      ['incomplete-change', 'open', 'new', expect.any(String)],
      ['incomplete-change', 'open', 'new', expect.any(String)],
      ['duplicate-pxe-relay', 'open', 'updated', 'd42'],
      ['unknown-verdict', 'open', 'new', expect.any(String)],
      ['option-82-with-wds', 'fail', 'updated', '828'],
      ['relay-without-failover', 'fail', 'new', '0fa'],
      ['duplicate-pxe-relay', 'fail', 'new', 'd14'],
    ])
    expect(run.automationDetails.id).toBe('iphelper-audit/validate/2026-01-02T03:04:05.000Z')
  })

  it('csv: one row for each finding and what became of it', async () => {
    const [header = [], ...rows] = readCsv(await render('csv'))
    const column = (name: string) => rows.map(row => row[header.indexOf(name)])
    expect(column('state')).toEqual([
      ...Array(4).fill('introduced'),
      ...Array(4).fill('unjudged'),
      ...Array(2).fill('fixed'),
      'unchanged',
    ])
    expect(column('was').slice(0, 3)).toEqual(['', '', 'info'])
    expect(column('accepted').filter(Boolean)).toEqual(['until the core is replaced (Network team)'])
    // Of the network proposed what is introduced and stands, of the one before what is fixed.
    expect([column('file')[0], column('line')[0], column('peers')[0]]).toEqual([
      'configs/dist-2.cfg',
      '22',
      'configs/dist-1.cfg:12',
    ])
    expect(column('file').slice(-3)).toEqual(['main:configs/dist-1.cfg', 'main:configs/dist-1.cfg', 'configs/dist-1.cfg'])
  })

  it('ndjson: one line for each, and the last one counts them', async () => {
    const lines = (await render('ndjson'))
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    const counted = (type: string) => lines.filter(l => l.type === type).length
    expect([lines[0].type, lines[0].kind, lines[0].exit_code]).toEqual(['run', 'validation', 1])
    expect([counted('device'), counted('verdict'), counted('finding'), counted('incomplete')]).toEqual([2, 7, 8, 4])
    expect(lines.filter(l => l.type === 'finding').map(l => l.state)).toEqual([
      ...Array(4).fill('introduced'),
      'unjudged',
      ...Array(2).fill('fixed'),
      'unchanged',
    ])
    expect(lines.at(-1)).toMatchObject({
      type: 'summary',
      introduced: 4,
      unjudged: 1,
      fixed: 2,
      unchanged: 1,
      verdicts: 7,
      incomplete: 4,
    })
  })

  it.each([
    [0, false, 'Succeeded'],
    [1, false, 'Failed'],
    [3, false, 'SucceededWithIssues'],
    [1, true, 'SucceededWithIssues'],
  ])('azure: exit code %s (--exit-zero %s) ends the task as %s', async (exit_code, exitZero, ends) => {
    expect(await render('azure', { ...CHANGE, exit_code }, { ...CONTEXT, exitZero })).toContain(`task.complete result=${ends};`)
  })
})

describe('what is accepted', () => {
  const shown = { ...CONTEXT, text: { ...CONTEXT.text, waived: true } }
  const accepted = /until\s+the\s+core\s+is\s+replaced/

  it.each(['json', 'csv', 'ndjson', 'junit', 'sarif'])('is in %s, told apart', async format =>
    expect(await render(format)).toMatch(accepted),
  )

  it.each(['text', 'github', 'gitlab', 'azure'])('is in %s where it is asked for', async format => {
    expect(await render(format)).not.toMatch(accepted)
    expect(await render(format, CHANGE, shown)).toMatch(accepted)
  })

  it('fails nothing', async () => {
    const [run] = JSON.parse(await render('sarif')).runs
    expect(run.results.at(-1)).toMatchObject({ suppressions: [{ status: 'accepted' }] })
    expect(await render('github', CHANGE, shown)).toMatch(
      /^::notice file=configs\/dist-2\.cfg,line=26,title=duplicate-pxe-relay::/m,
    )
  })
})

describe('where a finding is shown', () => {
  const place = async (validation: Validation) => /file=([^,]+),line=(\d+)/.exec(await render('github', validation))?.slice(1)
  const [first] = CHANGE.findings.introduced
  const found = (more: Partial<Validation>): Validation => ({
    ...CHANGE,
    findings: { ...CHANGE.findings, introduced: first ? [first] : [] },
    incomplete: [],
    ...more,
  })
  const after = first?.after
  const moved = (...files: readonly string[]) =>
    first && after
      ? {
          ...CHANGE.findings,
          introduced: [
            { ...first, after: { ...after, evidence: after.evidence.map((e, n) => ({ ...e, file: files[n] ?? '' })) } },
          ],
        }
      : CHANGE.findings

  it('is the router that changed, not the first one', async () =>
    expect(await place(found({}))).toEqual(['configs/dist-2.cfg', '22']))

  it('is the line that was not cited before, where both changed', async () => {
    const [dist2] = CHANGE.devices
    const devices = dist2 ? [{ ...dist2, name: 'dist-1' }, dist2] : []
    expect(await place(found({ devices }))).toEqual(['configs/dist-2.cfg', '22'])
    const nothing = { before: null, after: null }
    const verdicts = CHANGE.verdicts.map((v, n) => (n === 0 ? { ...v, ...nothing, after: v.after } : v))
    expect(await place(found({ devices, verdicts }))).toEqual(['configs/dist-1.cfg', '12'])
  })

  it('is a file of the checkout, where a revision was proposed', async () => {
    const proposed = { ...CHANGE.proposed, from: 'HEAD' }
    const findings = moved('HEAD:configs/dist-1.cfg', 'HEAD:configs/dist-2.cfg')
    expect(await place(found({ proposed, findings }))).toEqual(['configs/dist-2.cfg', '22'])
  })

  it('is the snippet, where lines were tried; its lines are not taken for those of the configuration', async () => {
    const changes = [{ device: 'dist-1', file: 'changes/new.txt', refused: [], effect: true }]
    const findings = moved('changes/new.txt', 'main:configs/dist-2.cfg')
    const validation = found({ changes, findings, proposed: CHANGE.current })
    expect(await place(validation)).toEqual(['changes/new.txt', '12'])
    expect(await render('github', validation)).toContain('%0Adist-1 (new.txt):12 ip helper-address')
  })

  it.each([
    ['a folder is no revision', 'C:/net', 'C:/net/dist-1.cfg', 'C:/net/dist-1.cfg'],
    ['another revision is left alone', 'main', 'other:configs/dist-1.cfg', 'other:configs/dist-1.cfg'],
  ])('%s', async (_, from, file, shown) => {
    const csv = await render('gitlab', found({ proposed: { ...CHANGE.proposed, from }, findings: moved(file, file) }))
    expect(JSON.parse(csv)[0].location.path).toBe(shown)
  })
})

describe('a comment', () => {
  it('is one that GitHub takes, however much has changed; what is left out is counted', async () => {
    const [first] = CHANGE.findings.introduced
    const evidence = Array.from({ length: 500 }, () => first?.after?.evidence[0]).flatMap(e =>
      e ? [{ ...e, text: 'x'.repeat(400) }] : [],
    )
    const many = Array.from({ length: 300 }, () => first).flatMap(f =>
      f?.after ? [{ ...f, after: { ...f.after, evidence } }] : [],
    )
    const comment = await render('markdown', {
      ...CHANGE,
      verdicts: Array.from({ length: 300 }, (_, n) => CHANGE.verdicts[n % 7]).flatMap(v => v ?? []),
      findings: { ...CHANGE.findings, introduced: many },
      incomplete: Array.from({ length: 300 }, (_, n) => `${n} ${'>'.repeat(900)}`),
    })
    expect(comment.length).toBeLessThanOrEqual(65_536)
    expect(comment.length).toBeGreaterThan(5_000)
    expect(comment).toMatch(/<summary>Introduced: 300 findings<\/summary>[\s\S]*^and 2[89]\d more\.$/m)
    expect(comment).toMatch(/^- and 29\d more$/m)
  })
})

describe('report', () => {
  const refused = async (data: unknown, ...args: string[]) => {
    const { code, out, err } = await cli('report', saved('bad.json', data), ...args)
    expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 })
    return err.replaceAll(folder, 'F')
  }

  it.each(['html', 'prometheus'])('has no %s of a change, and names what there is; nothing else is written', async format => {
    const other = join(folder, `${format}.csv`)
    expect(await refused(CHANGE, '-f', `csv=${other}`, '-f', format)).toBe(
      `iphelper-audit: there is no ${format} of a change, only of an audit; valid are ${names.join(', ')}\n`,
    )
    expect(() => readFileSync(other)).toThrow('ENOENT')
  })

  it('leaves out what settings say of audits alone, as validate does', async () => {
    const config = join(folder, 'settings.yaml')
    const page = join(folder, 'page.html')
    writeFileSync(config, `format: [text, html=${page}]\n`)
    const change = saved('change.json', CHANGE)
    const plain = await cli('report', change)
    expect(plain.code).toBe(0)
    expect(await cli('report', change, '--config', config)).toEqual(plain)
    expect(() => readFileSync(page)).toThrow('ENOENT')
    writeFileSync(config, 'format: csv\n')
    expect(await cli('report', change, '--config', config)).toEqual(await cli('report', change, '-f', 'csv'))
  })

  it('refuses a validation of a newer version, and what is none', async () => {
    expect(await refused({ ...CHANGE, schema_version: 2 })).toBe(
      'iphelper-audit: F/bad.json has schema version 2, and this version reads 1; use the iphelper-audit that wrote it\n',
    )
    expect(await refused({ ...CHANGE, verdicts: [1] })).toMatch(
      /^iphelper-audit: F\/bad\.json is no validation of a change: verdicts\.0: /,
    )
    expect(await refused({ kind: 'validation' })).toMatch(/F\/bad\.json is no validation of a change: schema_version: /)
    expect(await refused('{"kind": "validation"')).toBe(
      'iphelper-audit: F/bad.json is no JSON; name a result that audit --format json=FILE wrote\n',
    )
  })

  it.each([
    ['remediate', ['-o', join(folder, 'pack')]],
    ['baseline write --result', ['--baseline', join(folder, 'baseline.json')]],
  ])('%s takes no validation for a result', async (verb, more) => {
    const { code, err } = await cli(...verb.split(' '), saved('change.json', CHANGE), ...more)
    expect(code).toBe(2)
    expect(err).toContain('change.json is the validation of a change; name a result that audit --format json=FILE wrote\n')
  })
})
