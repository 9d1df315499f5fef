// Ansible inventories in their three forms. What wins over what is as its documentation says: all, parents, children, hosts; files of
// group_vars over the inventory's own group variables, files of host_vars over everything.
import { describe, expect, it } from 'vitest'
import { expandHosts } from '../src/inventory/sources/ansible/host-range.ts'
import { readSshArguments } from '../src/inventory/sources/ssh-arguments.ts'
import { complaint, loaded, summary, withSources, workspace } from './support/inventory.ts'

const { files } = workspace('ansible')

async function of(content: Readonly<Record<string, string>>, path = 'inv', more?: string, keys = '') {
  const folder = files({ 'inventory.yaml': withSources(`  - { ansible: ${path}${keys} }\n`, more), ...content })
  const result = await loaded(folder)
  return { devices: summary(result, folder), said: result.said }
}

const told = (content: Readonly<Record<string, string>>, path = 'inv') =>
  complaint(files({ 'inventory.yaml': withSources(`  - { ansible: ${path} }\n`), ...content }))

const INI = `# routers
lone.example.net ansible_network_os=junos   # a comment

[ams]
r[01:02] ansible_user=host
r3:2222
sw[a:b]-[1:2]

[ams:vars]
ansible_user=amsuser
site = ams
ansible_password = hunter2

[lon]
l1 ansible_host=192.0.2.9 ansible_ssh_common_args='-o ProxyCommand="ssh -W %h:%p -q jump@bastion.example.net"'

[net:children]
ams
lon

[net:vars]
ansible_user=netuser
ansible_network_os=cisco.ios.ios
site=world

[all:vars]
ansible_user=alluser
`

describe('an INI inventory', () => {
  const expected = {
    'lone.example.net': 'alluser@lone.example.net:22 | juniper-junos default - ',
    'r01': 'host@r01:22 | cisco-ios ams - ams,net',
    'r02': 'host@r02:22 | cisco-ios ams - ams,net',
    'r3': 'amsuser@r3:2222 | cisco-ios ams - ams,net',
    'swa-1': 'amsuser@swa-1:22 | cisco-ios ams - ams,net',
    'swa-2': 'amsuser@swa-2:22 | cisco-ios ams - ams,net',
    'swb-1': 'amsuser@swb-1:22 | cisco-ios ams - ams,net',
    'swb-2': 'amsuser@swb-2:22 | cisco-ios ams - ams,net',
    'l1': 'netuser@192.0.2.9:22 via jump@bastion.example.net:22 | cisco-ios world - lon,net',
  }
  const passwords = (n: number) =>
    `inv holds passwords (${n === 1 ? 'one place' : `${n} places`}); they are not taken over: set password: env:NAME under defaults: or for a group of ours`

  it('gives a host what is said nearest to it', async () => {
    const { devices, said } = await of({ inv: INI })
    expect(devices).toEqual(expected)
    expect(said).toEqual([passwords(1)])
  })

  it('says the same as YAML', async () => {
    const yaml = `---
all:
  hosts:
    lone.example.net: { ansible_network_os: junos }
  vars: { ansible_user: alluser }
  children:
    net:
      vars: { ansible_user: netuser, ansible_network_os: cisco.ios.ios, site: world }
      children:
        ams:
          hosts:
            r[01:02]: { ansible_user: host }
            r3:2222:
            sw[a:b]-[1:2]:
          vars:
            ansible_user: amsuser
            site: ams
            ansible_password: !vault |
              $ANSIBLE_VAULT;1.1;AES256
              6162
        lon:
          hosts:
            l1:
              ansible_host: 192.0.2.9
              ansible_ssh_common_args: -J jump@bastion.example.net
`
    const { devices, said } = await of({ inv: yaml })
    expect(devices).toEqual(expected)
    expect(said).toEqual([passwords(1)])
  })

  it('says the same as the output of ansible-inventory --list', async () => {
    const vars = (user: string, os: string, site?: string, more = {}) => ({
      ansible_user: user,
      ansible_network_os: os,
      ...(site && { site }),
      ...more,
    })
    const ams = { ansible_password: { __ansible_vault: '$ANSIBLE_VAULT;1.1;AES256\n6162' } }
    const hostvars = {
      'lone.example.net': vars('alluser', 'junos'),
      'r01': vars('host', 'cisco.ios.ios', 'ams', ams),
      'r02': vars('host', 'cisco.ios.ios', 'ams'),
      'r3': vars('amsuser', 'cisco.ios.ios', 'ams', { ansible_port: 2222 }),
      'swa-1': vars('amsuser', 'ios', 'ams'),
      'swa-2': vars('amsuser', 'ios', 'ams'),
      'swb-1': vars('amsuser', 'ios', 'ams'),
      'swb-2': vars('amsuser', 'ios', 'ams'),
      'l1': vars('netuser', 'ios', 'world', {
        ansible_host: { __ansible_unsafe: '192.0.2.9' },
        ansible_ssh_common_args: '-J jump@bastion.example.net',
      }),
    }
    const list = {
      _meta: { hostvars },
      all: { children: ['ungrouped', 'net'] },
      net: { children: ['ams', 'lon'] },
      ams: { hosts: ['r01', 'r02', 'r3', 'swa-1', 'swa-2', 'swb-1', 'swb-2'] },
      lon: { hosts: ['l1'] },
      ungrouped: { hosts: ['lone.example.net'] },
    }
    const { devices, said } = await of({ inv: JSON.stringify(list, null, 4) })
    expect(devices).toEqual(expected)
    expect(said).toEqual([passwords(1)])
  })
})

describe('variables', () => {
  it('of files beside the inventory win over it; those of a child over its parent; those of a host over all', async () => {
    const { devices } = await of(
      {
        'inv/hosts.yml':
          'all: { children: { parent: { vars: { ansible_user: p, role: p }, children: { child: { vars: { ansible_user: c }, hosts: { h1: , h2: , h3: { ansible_user: h } } } } } } }\n',
        'inv/group_vars/all.yml': 'ansible_user: allfile\nsite: fromfile\nansible_network_os: eos\n',
        'inv/group_vars/parent/a.yml': 'ansible_port: 22001\n',
        'inv/group_vars/parent/b.yaml': 'role: parentfile\n',
        'inv/host_vars/h2': 'ansible_user: hostfile\nansible_private_key_file: keys/h2\n',
        'inv/README.md': 'not an inventory',
      },
      'inv',
    )
    expect(devices).toEqual({
      // A file of group_vars/all lies above every group variable of the inventory itself.
      h1: 'allfile@h1:22001 | arista-eos fromfile parentfile child,parent',
      h2: 'hostfile@h2:22001 key inv/host_vars/keys/h2 | arista-eos fromfile parentfile child,parent',
      h3: 'h@h3:22001 | arista-eos fromfile parentfile child,parent',
    })
  })

  it('of a group or host stand in one file or folder: the first of NAME, NAME.yml, NAME.yaml and NAME.json', async () => {
    const { devices } = await of({
      'inv': '[g]\nr1 ansible_network_os=ios\n[h]\nr2 ansible_network_os=ios\n',
      'group_vars/g/a.yml': 'site: folder\n',
      'group_vars/g/sub/b.yml': 'role: sub\n',
      'group_vars/g/sub.d/c.yml': 'role: never\n',
      'group_vars/g.yml': 'site: never\nansible_user: never\n',
      'host_vars/r2.yml': 'site: yml\n',
      'host_vars/r2.yaml': 'site: never\n',
    })
    expect(devices).toEqual({ r1: 'audit@r1:22 | cisco-ios folder sub g', r2: 'audit@r2:22 | cisco-ios yml - h' })
  })

  it('of ungrouped hold for every host that is in no other group, wherever it stands', async () => {
    const yaml =
      'all:\n  vars: { ansible_network_os: ios }\n  hosts: { r1: , r2: }\n  children: { g: { hosts: { r2: } }, ungrouped: { hosts: { r2: }, vars: { site: alone } } }\n'
    const { devices } = await of({ 'inv': yaml, 'group_vars/ungrouped.yml': 'role: lone\n' })
    expect(devices).toEqual({ r1: 'audit@r1:22 | cisco-ios alone lone ', r2: 'audit@r2:22 | cisco-ios default - g' })
  })

  it('in INI are literals of Python, behind which a comment may stand', async () => {
    const ini = `r1 ansible_user="a \\"b\\" #c" tags="['x', \\"y\\", 3]" # d
r1:99 role='it is' ansible_network_os=ios
[all:vars]
ansible_port = 2222  # management
site = "ams"  # Amsterdam
`
    expect((await of({ inv: ini })).devices).toEqual({ r1: 'a "b" #c@r1:2222 | cisco-ios ams it is x,y,3' })
  })

  it('of two groups at one depth: the priority decides, then the alphabet', async () => {
    const ini =
      '[b]\nr1\nr2\n[b:vars]\nansible_user=b\nansible_network_os=ios\n[a]\nr1\n[c]\nr2\n[a:vars]\nansible_user=a\nansible_group_priority=10\n[c:vars]\nansible_user=c\n'
    expect((await of({ inv: ini })).devices).toEqual({
      r1: 'a@r1:22 | cisco-ios default - a,b',
      r2: 'c@r2:22 | cisco-ios default - b,c',
    })
  })

  it('that are merged in with << count as if they stood there', async () => {
    const yaml =
      'x: { vars: &base { ansible_network_os: ios, ansible_user: base } }\nr: { hosts: { r1: { <<: *base, ansible_user: own } } }\n'
    expect((await of({ inv: yaml })).devices).toEqual({ r1: 'own@r1:22 | cisco-ios default - r' })
  })

  it('that only Ansible can work out are a reason; ours are used where they do', async () => {
    const yaml = `r:
  hosts:
    r1: { ansible_host: "{{ inventory_hostname }}.example.net", ansible_network_os: ios }
    r2: { ansible_network_os: !vault abc }
    r3: { ansible_user: "{{ lookup('env', 'USER') }}", ansible_network_os: ios }
    r4: { site: "{{ x }}", ansible_network_os: ios }
    r5: { ansible_port: 70000, ansible_network_os: ios }
    r6: { ansible_connection: winrm }
    r7: { ansible_host: [a], ansible_network_os: ios }
    r8: { ansible_host: !unsafe "192.0.2.8", ansible_network_os: ios }
    r9: { ansible_ssh_common_args: "-o ProxyCommand='corkscrew proxy 80 %h %p'", ansible_network_os: ios }
`
    const { devices, said } = await of({ inv: yaml })
    const template = 'is a template ({{ }}), which only the tool that it is for can fill in'
    expect(devices).toEqual({
      r1: `unusable: inv:3: its host ${template} | cisco-ios default - r`,
      r2: 'unusable: inv:4: its platform is encrypted with Ansible Vault | auto default - r',
      r3: 'audit@r3:22 | cisco-ios default - r',
      r4: `unusable: inv:6: its site ${template} | cisco-ios default - r`,
      r5: 'unusable: inv:7: its port is "70000": it must be between 1 and 65535 | cisco-ios default - r',
      r6: 'unusable: inv:8: it is reached with ansible_connection "winrm", not over SSH | auto default - r',
      r7: 'unusable: inv:9: its host is "["a"]", and must be text | cisco-ios default - r',
      r8: 'audit@192.0.2.8:22 | cisco-ios default - r',
      r9: 'unusable: inv:11: its proxy_jump has a ProxyCommand, and this program runs none; use ProxyJump | cisco-ios default - r',
    })
    expect(said).toEqual([`its username ${template}; what defaults says is used (r3)`])
    const ours = await of(
      { inv: yaml },
      'inv',
      'defaults: { username: audit }\ndevices: [{ name: r1, host: 192.0.2.1 }, { name: r4, site: ams }]\n',
    )
    expect(ours.devices).toMatchObject({
      r1: 'audit@192.0.2.1:22 | cisco-ios default - r',
      r4: 'audit@r4:22 | cisco-ios ams - r',
    })
  })

  it('that say nothing of the platform of some hosts are told: they may be servers', async () => {
    const { devices, said } = await of({ inv: 'srv1\nr1 ansible_network_os=ios\n' })
    expect(devices.srv1).toBe('audit@srv1:22 | auto default - ')
    expect(said).toEqual(['srv1 in inv: no ansible_network_os, so each is asked what it is; leave servers out with limit:'])
  })

  it('are a block in their files, too', async () => {
    const content = {
      'inv': '[g]\nr1 ansible_network_os=ios\n',
      'group_vars/g/a.yml': '# nothing\n',
      'group_vars/g/b.yml': '\n- site: ams\n',
    }
    expect(await told(content)).toBe('group_vars/g/b.yml:2: the file is a list, and must be a block of variables')
  })

  it('of files that are encrypted as a whole are told', async () => {
    const { devices, said } = await of({
      'inv': '[g]\nr1 ansible_network_os=ios\n',
      'group_vars/g/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n',
      'group_vars/g/x.yml': 'site: ams\n',
    })
    expect(devices).toEqual({ r1: 'audit@r1:22 | cisco-ios ams - g' })
    expect(said).toEqual([
      'group_vars/g/vault.yml is encrypted with Ansible Vault and left out; what it says of users and addresses is not known here',
    ])
  })

  it('never give away what stands before a host, nor let a terminal act on a name', async () => {
    const { devices, said } = await of({
      inv: `"a\\u001b[2Jb": { hosts: { r1: { ansible_host: "ssh://me:hunter2@192.0.2.1", ansible_network_os: ios }, r2: { ansible_ssh_common_args: "-J me:hunter2@jump:x" } }, children: { "a\\u001b[2Jb": } }\n`,
    })
    expect(devices.r1).toBe(
      'unusable: inv:1: its host is "***@192.0.2.1": it must be a host name or an address | cisco-ios default - a [2Jb',
    )
    expect(devices.r2).toMatch(
      /^unusable: inv:1: its proxy_jump holds a password before a host; say what to log in with there under jump_hosts:/,
    )
    expect(JSON.stringify([devices, said])).not.toContain('hunter2')
    expect(`${Object.values(devices).join()}${said.join()}`).not.toContain('\u001b')
  })

  it('never give a password away', async () => {
    const folder = files({
      'inventory.yaml': withSources('  - { ansible: inv }\n'),
      'inv':
        '[g]\nr1 ansible_network_os=ios ansible_password=hunter2 ansible_become_pass=hunter2\n[g:vars]\nansible_ssh_pass=hunter2\n',
    })
    const result = await loaded(folder)
    expect(JSON.stringify([result.inventory, result.said, result.devices])).not.toContain('hunter2')
  })
})

describe('mistakes', () => {
  it('groups that hold each other are told, and every host is still there', async () => {
    const { devices, said } = await of({
      inv: '[a:children]\nb\n[b:children]\na\n[a]\nr1 ansible_network_os=ios\n[b]\nr2 ansible_network_os=ios\n',
    })
    expect(Object.keys(devices).sort()).toEqual(['r1', 'r2'])
    expect(said).toEqual(['inv:2: group a holds b, which holds it in turn; this is left out'])
  })

  it('lines that say nothing are told with their number, and the rest is read', async () => {
    const { devices, said } = await of({
      inv: '[g]\nr1 ansible_network_os=ios stray\nr2 ansible_user="open\n[g:vars]\nnothing\n[h]\nr[9:1] ansible_network_os=ios\n',
    })
    expect(devices).toEqual({
      'r1': 'audit@r1:22 | cisco-ios default - g',
      'r2': 'unusable: inv:3: its site cannot be told: a quote in its line is not closed | auto default - g',
      'r[9:1]': 'unusable: inv:7: its name is "r[9:1]": it must be a host name or an address | cisco-ios default - h',
    })
    expect(said).toEqual([
      'inv:2: "stray" is no NAME=VALUE, and left out',
      'inv:5: a line under [GROUP:vars] is NAME=VALUE; the line is left out',
      'inv:7: a range begins with its lower end, unlike [9:1]',
    ])
  })

  it('a password with a blank in it is not quoted', async () => {
    const { said } = await of({ inv: 'r1 ansible_network_os=ios ansible_password=correct horse\n' })
    expect(said).toEqual([
      'inv:1: a word beside a password is no NAME=VALUE, and left out; put quotes around values with blanks',
      'inv holds passwords (one place); they are not taken over: set password: env:NAME under defaults: or for a group of ours',
    ])
  })

  // Ansible refuses these too; read on, hosts would be overlooked, or stand in the wrong group and so at the wrong site.
  it.each([
    ['[g]\na\n[g:hosts2]\nx\n', '3: there is no section [GROUP:hosts2]; it is [GROUP], [GROUP:children] or [GROUP:vars]'],
    [
      '[lon]\na\n[ams routers]\nb\n',
      '3: "[ams routers]" is no section; it is [GROUP], [GROUP:children] or [GROUP:vars], without blanks',
    ],
    ['[lon]\na\n[ams\nb\n', '3: "[ams" is no section; it is [GROUP], [GROUP:children] or [GROUP:vars], without blanks'],
    ['[ams]\na\n[amss:vars]\nsite=ams\n', '3: there is no group "amss"; correct its name, or add a section [GROUP] for it'],
    ['[ams]\na\n[net:children]\namss\n', '4: there is no group "amss"; correct its name, or add a section [GROUP] for it'],
    ['[ams]\na\n[net:children]\nams lon\n', '4: "ams lon" is no group; write one group in a line under [GROUP:children]'],
    ['["a", "b"]\n', '1: "["a", "b"]" is no section; it is [GROUP], [GROUP:children] or [GROUP:vars], without blanks'],
    ['all:\n  hosts: [a, b]\n', '2: hosts is a list, and must be a block with a colon behind each name'],
    ['all:\n  hosts: { a: }\n  children: [b]\n', '3: children is a list, and must be a block with a colon behind each name'],
    ['all:\n  hosts: { a: }\n  vars: [b]\n', '3: vars is a list, and must be a block of variables'],
    ['all: { hosts: { a: } }\nams: [b, c]\n', '2: ams is a list, and must be a block of hosts:, vars: and children:'],
    ['all: { hosts: { a: } }\nams: b\n', '2: ams is "b", and must be a block of hosts:, vars: and children:'],
    ['- a\n- b\n', '1: the inventory is a list, and must be a block of groups'],
    ['{"ams": {"hosts": ["a", 7]}}', '1: the hosts of ams are no list of names; name the output of ansible-inventory --list'],
    [
      '{"ams": ["a"], "lon": {"hosts": {"b": {}}}}',
      '1: the hosts of lon are no list of names; name the output of ansible-inventory --list',
    ],
    ['{"ams": "a", "lon": ["b"]}', '1: the hosts of ams are no list of names; name the output of ansible-inventory --list'],
  ])('%j stops the run', async (inv, sentence) => expect(await told({ inv })).toBe(`inv:${sentence}`))

  it('aliases that multiply, and blocks that merge themselves in, come to an end', async () => {
    const levels = Array.from({ length: 40 }, (_, n) => n + 1)
    const groups = levels.map(n => `x${n}: &a${n} { children: { p: *a${n - 1}, q: *a${n - 1} } }\n`).join('')
    expect(await told({ inv: `x0: &a0 { hosts: { r1: } }\n${groups}` })).toMatch(
      /^inv:\d+: its aliases lead to too many groups; name the output of ansible-inventory --list$/,
    )
    const merges = levels.map(n => `x${n}: { vars: &a${n} { <<: [*a${n - 1}, *a${n - 1}] } }\n`).join('')
    const yaml = `x0: { vars: &a0 { ansible_network_os: ios } }\n${merges}r: { vars: *a40, hosts: { r1: &h { ansible_user: u, <<: *h } } }\n`
    expect((await of({ inv: yaml })).devices).toEqual({ r1: 'u@r1:22 | cisco-ios default - r' })
  })

  it('a value that nests without end is a reason like any other', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const { devices } = await of({ inv: `{"_meta": {"hostvars": {"r1": {"ansible_host": ${deep}}}}, "g": {"hosts": ["r1"]}}` })
    expect(devices.r1).toBe('unusable: inv:1: its host is "…", and must be text | auto default - g')
  })

  it('TOML is not taken for INI, nor YAML with blanks in its names', async () => {
    expect(await told({ 'inv.toml': '[ams.hosts]\nr1 = { ansible_host = "192.0.2.1" }\n' }, 'inv.toml')).toBe(
      'inv.toml:1: this is TOML, which is not read here; name the output of ansible-inventory --list',
    )
    const { devices } = await of({ inv: 'my group:  # of routers\n  hosts: { r1: { ansible_network_os: ios } }\n' })
    expect(devices).toEqual({ r1: 'audit@r1:22 | cisco-ios default - my group' })
  })

  it('a host with something else than variables is a device that fails', async () => {
    const { devices } = await of({ inv: 'g: { hosts: { r1: 192.0.2.1, r2: [a], r3: { ansible_network_os: ios } } }\n' })
    expect(devices).toEqual({
      r1: 'unusable: inv:1: its site cannot be told: "192.0.2.1" is no block of variables | auto default - g',
      r2: 'unusable: inv:1: its site cannot be told: "["a"]" is no block of variables | auto default - g',
      r3: 'audit@r3:22 | cisco-ios default - g',
    })
  })

  it('files that are something else stop the run', async () => {
    expect(await told({ inv: '#!/bin/sh\necho\n' })).toBe(
      'inv:1: this is a script, and inventories are read here, never run; name the output of ansible-inventory --list',
    )
    expect(await told({ inv: '$ANSIBLE_VAULT;1.1;AES256\n61\n' })).toMatch(/^inv:1: this is encrypted with Ansible Vault/)
    expect(await told({ inv: 'plugin: netbox.netbox.nb_inventory\n' })).toMatch(
      /^inv:1: this sets up the inventory plugin "netbox.netbox.nb_inventory"/,
    )
    expect(await told({ inv: '{"all": {"hosts": [' })).toMatch(/^inv:1: this begins like JSON and is none/)
    expect(await told({ inv: 'all:\n  hosts: [a\n' })).toMatch(/^inv:[23]: this is not valid YAML/)
    expect(await told({ inv: '[empty]\n' })).toMatch(/^inv:1: it lists no host/)
    expect(await told({ inv: 'a: &a { children: { b: *a } }\n' })).not.toBe('no complaint')
  })
})

describe('ranges of hosts', () => {
  it.each([
    ['r1', ['r1'], null],
    ['r[1:3]', ['r1', 'r2', 'r3'], null],
    ['r[08:10]', ['r08', 'r09', 'r10'], null],
    ['r[1:9:4].example.net:830', ['r1.example.net', 'r5.example.net', 'r9.example.net'], '830'],
    ['[a:c:2]x', ['ax', 'cx'], null],
    ['r[:1]', ['r0', 'r1'], null],
    ['2001:db8::1', ['2001:db8::1'], null],
    ['[2001:db8::1]:2222', ['2001:db8::1'], '2222'],
  ])('%s', (pattern, names, port) => expect(expandHosts(pattern)).toEqual({ names, port }))

  it.each(['r[1]', 'r[01:100]', 'r[3:1]', 'r[1:x]', 'r[1:99999999]', 'r[1:200][1:200]', 'r[1:5:0]'])('%s is none', pattern =>
    expect(expandHosts(pattern)).toHaveProperty('wrong'),
  )
})

describe('arguments of ssh', () => {
  it.each([
    ['-J a,b', 'a,b'],
    ['-Ja', 'a'],
    ['-o ProxyJump=me@a:2222 -o ServerAliveInterval=5', 'me@a:2222'],
    ['-oProxyJump=a', 'a'],
    ['-o "ProxyJump a"', 'a'],
    [`-o ProxyCommand="ssh -W %h:%p -p 2222 -l me a"`, 'me@a:2222'],
    [`-o 'ProxyCommand=/usr/bin/ssh -q -W %h:%p me@a'`, 'me@a'],
    ['-o ProxyCommand=none', 'none'],
  ])('%s', (args, jump) => expect(readSshArguments(args).proxy_jump).toBe(jump))

  it.each([
    `-o ProxyCommand="nc %h %p"`,
    `-o ProxyCommand="ssh a nc %h %p"`,
    `-o ProxyCommand="ssh -o X=y -W %h:%p a"`,
    `-o ProxyCommand="ssh -W %h:%p a; rm x"`,
  ])('%s is not taken over', args => expect(readSshArguments(args).proxy_jump).toHaveProperty('withheld'))
})

describe('ten thousand hosts', () => {
  it('are read in each form', async () => {
    const names = Array.from({ length: 10_000 }, (_, n) => `r${n}`)
    const group = (n: number) => `g${n % 50}`
    const hosts = (n: number) => names.filter((_, i) => i % 50 === n)
    const groups = Array.from({ length: 50 }, (_, n) => n)
    const ini = groups
      .map(
        n =>
          `[${group(n)}]\n${hosts(n)
            .map(h => `${h} ansible_host=192.0.${n}.1 ansible_port=${Number(h.slice(1)) + 20000} ansible_network_os=ios`)
            .join('\n')}\n`,
      )
      .join('')
    const yaml = groups
      .map(
        n =>
          `${group(n)}:\n  hosts:\n${hosts(n)
            .map(
              h =>
                `    ${h}: { ansible_host: 192.0.${n}.1, ansible_port: ${Number(h.slice(1)) + 20000}, ansible_network_os: ios }`,
            )
            .join('\n')}\n`,
      )
      .join('')
    const fromIni = await of({ inv: ini })
    expect(fromIni.devices.r9999).toBe('audit@192.0.49.1:29999 | cisco-ios default - g49')
    expect((await of({ inv: yaml })).devices).toEqual(fromIni.devices)
  }, 60_000)
})
