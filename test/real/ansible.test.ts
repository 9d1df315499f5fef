// The plays of a change pack in the hands of Ansible itself: it takes them, and its modules send every line in its place.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { run } from '../../src/cli/run.ts'
import type { PackManifest } from '../../src/model/pack.ts'
import { real } from '../support/real.ts'

const root = join(import.meta.dirname, '..', '..')

/** Prints what the modules for lines would send to each host: they build a `NetworkConfig` of the lines and send its items. */
const SENT = `
import json, sys, yaml
from ansible_collections.ansible.netcommon.plugins.module_utils.network.common.config import NetworkConfig, dumps
sent = {}
for play in yaml.safe_load(open(sys.argv[1])):
    lines = sent.setdefault(play['hosts'], [])
    for task in play['tasks']:
        [args] = [value for key, value in task.items() if key != 'name']
        if 'config' in args:
            lines += args['config'].splitlines()
            continue
        config = NetworkConfig(indent=1)
        config.add(args['lines'], parents=args.get('parents') or [])
        again = NetworkConfig(indent=1, contents=dumps(config, 'raw'))
        lines += dumps(again.items, 'commands').split('\\n')
print(json.dumps(sent))
`

real('the plays of a change pack', { programs: { '/usr/bin/ansible-playbook': 'ansible' } }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'iphelper-ansible-'))
  const pack = join(dir, 'pack')
  let manifest: PackManifest
  const env = { PATH: '/usr/bin:/bin', HOME: dir, ANSIBLE_LOCAL_TEMP: join(dir, 'tmp'), LC_ALL: 'C.UTF-8' }

  beforeAll(async () => {
    const io = { out: () => {}, err: () => {}, env: {}, width: 80, colour: false }
    const result = join(dir, 'result.json')
    const configs = join(root, 'test', 'networks', 'campus', 'configs')
    await run(['audit', '-i', join(root, 'inventory.example.yaml'), '--configs', configs, '--format', `json=${result}`], io)
    await run(['remediate', result, '-o', pack], io)
    manifest = JSON.parse(readFileSync(join(pack, 'manifest.json'), 'utf8'))
    writeFileSync(join(dir, 'hosts'), manifest.devices.map(d => `${d.name}\n`).join(''))
  }, 60_000)
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  it('are taken, modules and all', { timeout: 60_000 }, () => {
    for (const play of ['site.yml', 'rollback.yml'])
      expect(
        execFileSync('/usr/bin/ansible-playbook', ['-i', join(dir, 'hosts'), '--syntax-check', join(pack, 'ansible', play)], {
          env,
          encoding: 'utf8',
        }),
      ).toContain(`playbook: ${join(pack, 'ansible', play)}`)
  })

  it('send what the files of the devices hold', { timeout: 60_000 }, () => {
    for (const [play, file] of [
      ['site.yml', 'file'],
      ['rollback.yml', 'rollback'],
    ] as const) {
      const sent = JSON.parse(
        execFileSync('/usr/bin/python3', ['-c', SENT, join(pack, 'ansible', play)], { env, encoding: 'utf8' }),
      )
      expect(Object.keys(sent).sort()).toEqual(manifest.devices.map(d => d.name).sort())
      for (const device of manifest.devices) {
        const lines = readFileSync(join(pack, device[file]), 'utf8')
          .split('\n')
          .filter(l => l !== '' && !/^([!#] |configure |end$|show |commit check$)/.test(l))
        // A line that is entered twice has a task of its own each time, which opens the interface again.
        const entered: string[] = sent[device.name].map((l: string) => l.trim())
        const once = entered.filter(
          (l, n) => !(l.startsWith('interface ') && entered.slice(0, n).findLast(x => x.startsWith('interface ')) === l),
        )
        expect(once, device.name).toEqual(lines.map(l => l.trim()))
      }
    }
  })
})
