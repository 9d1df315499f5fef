// Secrets of redundancy groups: compared, never shown.
import { describe, expect, it } from 'vitest'
import { readDevice } from '../src/parse/assemble.ts'
import { type Credential, chainCredential, keyCredential, textCredential } from '../src/parse/authentication.ts'
import { platformOf } from '../src/platforms.ts'

describe('tokens', () => {
  it('are equal for equal keys, however type 7 hides them', () => {
    // Three spellings of one key that are in the field: the first two digits are where the scheme starts.
    const spellings = ['094F471A1A0A', '0822455D0A16', '070C285F4D06'].map(hidden => keyCredential(hidden, '7'))
    for (const spelling of spellings) expect(spelling).toEqual(keyCredential('cisco'))
    expect(keyCredential('cisco')).toEqual(keyCredential('cisco', '0'))
    expect(keyCredential('sesame')).not.toEqual(keyCredential('cisco'))
  })

  it('tell a string from a key that reads the same: they differ on the wire', () =>
    expect(textCredential('sesame')?.token).not.toBe(keyCredential('sesame')?.token))

  it('are none for the string that is sent by default, or where the line says none', () => {
    expect(textCredential('cisco')).toBeUndefined()
    expect([textCredential(undefined), keyCredential(undefined), chainCredential(undefined)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  const nothing: (readonly [string, Credential | undefined])[] = [
    ['a key chain', chainCredential('KEYS')],
    ['an AES key', keyCredential('AAAAbbbb', '6')],
    ['a type 7 that is none', keyCredential('fewhg', '7')],
    ['a type 7 of an odd length', keyCredential('094F471A1A0', '7')],
    ['a type 7 that hides no text', keyCredential('00FFFF', '7')],
    ...['<removed>', '<omitted>', '***', 'SCRUBBED', '$REDACTED$', '[redacted]', 'xxxxxxxx', '"<removed>"'].map(
      value => [value, textCredential(value)] as const,
    ),
    ['<removed> for a key', keyCredential('<removed>', '7')],
  ]
  it.each(nothing)('prove nothing of %s', (_, credential) => expect(credential?.comparable).toBe(false))
})

it('a secret is in none of the facts', () => {
  const ios = platformOf('cisco-ios')
  if (!ios) throw new Error('no such platform')
  const text = [
    'hostname r1',
    'interface Vlan10',
    ' ip address 10.0.10.2 255.255.255.0',
    ' standby 10 ip 10.0.10.1',
    ' standby 10 authentication sesame',
    ' standby 11 ip 10.0.10.9',
    ' standby 11 authentication md5 key-string 7 096F471A1A0A',
    ' standby 12 ip 10.0.10.8',
    ' standby 12 authentication md5 key-chain KEYRING',
    'end',
    '',
  ].join('\n')
  const device = readDevice(ios, { device: 'r1', file: 'r1.cfg', text })
  expect(device.interfaces[0]?.groups.map(g => g.authentication?.line)).toEqual([5, 7, 9])
  const said = JSON.stringify(device)
  for (const secret of ['sesame', '096F471A1A0A', 'KEYRING']) expect(said).not.toContain(secret)
})
