/** A quoted string, or one word up to the semicolon; never a quote that closes what is around it. */
const VALUE = '(?:"(?:[^"\\\\]|\\\\.)*"|[^\\s;"]+)'

/** Lines that carry a password, key, community or hash; capture 1 stays, the rest of the match goes. Both forms. */
export const secrets: readonly RegExp[] = [
  // Whatever Junos itself marks as secret, hashes it or obscures it.
  /^(?=.*## SECRET-DATA)(.*?)(?:"[^"]*"|[^\s;"]+)(?=;?\s*## SECRET-DATA)/,
  /^(.*?)"\$(?:[1568]|9|sha1)\$[^"]*"?/,
  /^(.*?\s)\$(?:[1568]|9|sha1)\$[^\s;]+/,
  ...[
    'encrypted-password',
    'plain-text-password-value',
    'secret',
    'accounting-secret',
    'preauthentication-secret',
    'authentication-key',
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
    'md5 \\d+ key',
    'authentication-key \\d+ type \\S+ value',
    'pre-shared-key (?:ascii-text|hexadecimal)',
    'pre-shared-key-chain',
    '(?:authentication|encryption) (?:key )?(?:ascii-text|hexadecimal)',
    'key (?:ascii-text|hexadecimal)',
    'ascii-text',
    'hexadecimal-key',
    'key-string',
    'ssh-(?:rsa|dsa|ecdsa|ed25519)',
  ].map(word => new RegExp(`^((?:.*\\s)?${word} )${VALUE}`)),
  /^(\s*key )"[^"]*"/,
  /^((?:set|activate|deactivate|delete) (?:\S+ )*?snmp (?:\S+ )*?community )(?:"[^"]*"|\S+)/,
  // In braces a community stands one level below `snmp`; a deeper one is a BGP community.
  /^( {4}community )(?:"[^"]*"|[^\s;]+)(?= ?[{;]\s*$)/,
]
