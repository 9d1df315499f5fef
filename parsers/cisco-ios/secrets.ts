/** Lines that carry a password, key or community; capture 1 stays, the rest of the match is blanked. */
export const secrets: readonly RegExp[] = [
  /^(\s*enable (?:secret|password)(?: level \d+)?(?: \d+)? )\S.*/,
  /^(\s*username \S+ .*?(?:password|secret)(?: \d+)? )\S.*/,
  /^(\s*(?:password|key|key-string|pre-shared-key|server-key)(?: \d+)? )\S.*/,
  /^(\s*snmp-server community )\S+/,
  /^(\s*snmp-server host .*?(?:version (?:1|2c|3 \w+) )?)\S+\s*$/,
  /^(\s*snmp-server user .*?(?:auth|priv) )\S.*/,
  /^(\s*(?:tacacs|radius)-server (?:host \S+ )?.*?key(?: \d+)? )\S.*/,
  /^(\s*(?:standby|vrrp|glbp)(?: \d+)? authentication )\S.*/,
  /^(\s*neighbor \S+ password(?: \d+)? )\S.*/,
  /^(\s*ip ospf (?:authentication-key|message-digest-key \d+ md5)(?: \d+)? )\S.*/,
  /^(\s*area \S+ virtual-link .*?(?:authentication-key|md5)(?: \d+)? )\S.*/,
  /^(\s*crypto isakmp key(?: \d+)? )\S+/,
  /^(\s*ntp authentication-key \d+ md5 )\S.*/,
  /^(\s*ppp (?:chap|pap) .*?password(?: \d+)? )\S.*/,
  /^(\s*isis password )\S+/,
  /^(\s*wpa-psk ascii(?: \d+)? )\S.*/,
]
