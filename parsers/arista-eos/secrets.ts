/** Lines that carry a password, key or community; capture 1 stays, the rest of the match is blanked. */
export const secrets: readonly RegExp[] = [
  /^(\s*(?:username \S+ .*?|enable |aaa root |boot )\bsecret (?:(?:sha512|\d+) )?)\S.*/,
  /^(\s*username \S+ ssh-key (?:secondary )?)\S.*/,
  // user, enable, neighbor, msdp, ldp, ldap, mail, xmpp ... : the keyword is the same everywhere
  /^(.*?\b(?:password|passphrase|shared-key|pre-shared-key|key-string) (?:(?:sha512|aes-256-gcm|[078]a?) )?)\S.*/,
  /^(\s*secret \S+ (?:[078]a? )?)\S.*/,
  /^(\s*snmp-server community )\S+/,
  /^(\s*snmp-server host \S+ .*?version (?:1|2c|3 \w+) )\S.*/,
  /^(\s*snmp-server host \S+(?: vrf \S+)?(?: traps| informs)? )(?!vrf |version |traps |informs )\S.*/,
  /^(\s*snmp-server user .*?(?:auth|priv) )\S.*/,
  /^(\s*(?:tacacs|radius|ldap)-server .*?\bkey (?:[078]a? )?)\S.*/,
  /^(\s*(?:client|server) .*?\bkey (?:[078]a? )?)\S.*/,
  /^(\s*key (?:\S+ )?(?:[078]a? ))\S.*/,
  /^(\s*ip ospf (?:authentication-key|message-digest-key \d+ \S+)(?: [078]a?)? )\S.*/,
  /^(\s*ospfv3 .*?(?:md5|sha1|3des-cbc|aes-\S+|null) )\S.*/,
  /^(\s*(?:isis )?authentication (?:key-id \d+ .*?)?key (?:[078]a? )?)\S.*/,
  /^(\s*vrrp \d+ (?:peer )?authentication (?:text |ietf-md5 key-string )?(?:[078]a? )?)\S.*/,
  /^(\s*ntp authentication-key \d+ \S+ (?:[078]a? )?)\S.*/,
  /^(\s*bfd (?:ipv[46] )?authentication .*?key )\S.*/,
  /^(\s*exec .*?(?:auth=key,|-{1,2}(?:password|secret|token)[= ]))\S.*/,
]
