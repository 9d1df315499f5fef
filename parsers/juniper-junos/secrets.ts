// Where Junos keeps secrets, in braces and in set form. Most are marked `## SECRET-DATA` or begin with `$9$`, which is known
// by its shape; these are the places for those that are not. After the Junos CLI Reference.
import { secretsOf } from '../../src/parse/index.ts'

const VALUE_OF = [
  'encrypted-password',
  'plain-text-password-value',
  'secret',
  'accounting-secret',
  'preauthentication-secret',
  'auth-key',
  'hello-authentication-key',
  'authentication-password',
  'privacy-key',
  'privacy-password',
  'simple-password',
  'chap-secret',
  'pap-password',
  'local-password',
  'default-pap-password',
  'default-chap-secret',
  'shared-secret',
  'password',
  'passphrase',
  'wpa-password',
  'cak',
  'community-name',
  'snmp-community',
  'key-string',
  'hexadecimal-key',
  'challenge-password',
]

export const secrets = secretsOf({
  braces: true,
  forms: [
    ...VALUE_OF.map(word => `${word} <secret>`),
    'authentication-key !\\d+\\s+(type|value) <secret>',
    'md5 \\d+ key <secret>',
    'authentication-key \\d+ [type \\S+] value <secret>',
    '(pre-shared-key|seeded-pre-shared-key|authentication|encryption|key) [key] (ascii-text|hexadecimal) <secret>',
    '(ssh-rsa|ssh-dsa|ssh-dss|ssh-ecdsa|ssh-ed25519|ecdsa-sha2-nistp256|ecdsa-sha2-nistp384|ecdsa-sha2-nistp521) <secret>',
    // An SNMP community, and the trap group whose name is sent as one, also by an event of RMON; a community elsewhere is one of BGP.
    '(snmp|event) > ^community <secret>',
    'snmp > ^trap-group <secret>',
    'snmp [rmon event <any>] (community|trap-group) <secret>',
    '(system|root-authentication|security) .. ascii-text <secret>',
    'user <any> password <secret>',
    'aaa client password <secret>',
    // What a script is called with
    'arguments (\\S*password|\\S*passphrase|\\S*secret|\\S*token|\\S*key) <secret>',
  ],
  plain: [
    // Facts: they are read, so no word in them may go.
    '(description|vlans|bridge-domains|forwarding-options|dhcp-relay|server-group|active-server-group|helpers|bootp|host-name|domain-name)',
    'trusted-key',
    '(policy-options|policy-statement|then|from|members|apply-groups)',
    'authentication-(order|type|algorithm|method|protocol|key-chain|key-chains|policy|failure)',
  ],
})
