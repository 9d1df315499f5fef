// Where EOS keeps secrets: what is not said here and stands behind `password`, `secret`, `key` and the like is found all the
// same. After the EOS User Manual: User Security, SNMP, BGP, OSPF, IS-IS, VRRP, MACsec, IPsec, CloudVision.
import { secretsOf } from '../../src/parse/index.ts'

export const secrets = secretsOf({
  forms: [
    'vrrp [\\d+] [peer] <auth> [(text|ietf-md5|md5)] [key-s\\S*] <type> !text|ietf-md5|md5|key-s\\S*|\\d <secrets>',
    'username <any> .. (secret|password) <type> <secrets>',
    'username <any> (ssh-key|sshkey) [secondary] [(ssh-\\S+|ecdsa-\\S+)] <secrets>',
    '(enable|root|boot) (secret|password) [level \\d+] <type> <secrets>',
    'snmp-server community <type> !ro|rw|view|ipv6 <secret>',
    'snmp-server user .. auth \\S+ [\\d{3}] <type> !\\d{1,3}|8a <secret>',
    'snmp-server user .. priv \\S+ [\\d{3}] <type> !\\d{1,3}|8a <secret>',
    'snmp-server host <any> [vrf \\S+] [(traps|informs)] [version \\S+] [(auth|noauth|priv)] <type> !vrf|traps|informs|version|auth|noauth|priv|udp-port <secret>',
    // The key of a licence, behind the customer it was made out to
    'service unsupported-transceiver <any> <secret>',
    'mac security > ^license <any> <secret>',
    '(tacacs-server|radius-server|ldap-server) .. key <type> <secrets>',
    // `shared-secret profile`: index or key, its type and lifetimes around it
    '^secret [\\d+] <type> !local-time|profile|\\d <secret>',
    'ospf authentication-key <type> <secrets>',
    'message-digest-key \\d+ \\S+ <type> !\\d <secrets>',
    'ipsec spi \\d+ [esp] (passphrase|md5|sha1|null|3des-cbc|aes-\\S+) [passphrase] <type> !passphrase|md5|sha1 <secret>',
    'ipsec spi \\d+ esp .. (md5|sha1) [passphrase] <type> !passphrase <secret>',
    'pre-shared-key hex <secret>',
    'option \\S*(pass|pwd|secret|token|key|auth)\\S* value <secret>',
    '^authentication !key-id|mode|key \\S+ key <type> <secret>',
    // `isis authentication key 7 X level-1`, `authentication key-id 5 algorithm sha-1 key 0 X`
    'authentication key-id .. key <type> !\\d <secret>',
    'authentication key <type> !\\d <secret>',
    'ntp authentication-key \\d+ \\S+ <type> <secret>',
    'bfd .. authentication .. key <type> <secret>',
    '^key [\\S+] (0|7|8a) [fallback] !fallback <secret>',
    '\\S*auth=key,~ <secret>',
    '(--password|--secret|--token|-password|-secret|-token) <secret>',
    'neighbor <any> password <type> !shared-secret <secret>',
    'ldp .. password <type> <secret>',
    '(client|server) <any> .. key <type> <secret>',
  ],
  plain: [
    // Facts: they are read, so no word in them may go.
    '^(description|interface|hostname|name|remark|router|version|encapsulation|switchport|channel-group|vlan|mlag)',
    '^(vrf|ip|ipv6) (instance|forwarding|address|virtual-router|helper-address|dhcp|route|routing|access-list|prefix-list|community-list|extcommunity-list|large-community-list)',
    '^vrrp [\\d+] (ip|ipv4|ipv6|priority|preempt|timers|description|session|track|tracked-object|shutdown|disabled|delay|mac-address|bfd|advertisement|priority-level)',
    '^aaa (authentication|authorization|accounting|group)',
    '^aam',
    '^dot1x [(mac|eapol)] [based] (authentication|reauthentication|pae|host-mode|port-control)',
    '^(certificate|ssl|ssh|hash|cipher)',
    '^authentication (write|read|type|mode|enable|policy|method|protocol|empty-password)',
    '[isis] authentication mode',
    '(ospf|area) .. authentication [message-digest] $',
    'key controller',
    '^(set|match) (community|extcommunity|large-community)',
    '^[neighbor \\S+] send-community',
    '^bgp (trace|missing-policy)',
    '^ntp (server|trusted-key|authenticate)',
    '^snmp-server (enable|group|view|location|contact|engineID)',
    '^\\S+\\.(trusted-key|auth-key|ssl-key|ssl-cert-key|web-service-cert-key|\\S*key)',
    'shared-secret profile',
    '^password (minimum|policy|maximum|encryption|encryption-key)',
    '^auth username',
  ],
})
