// Every position of EOS in which a secret may stand, in its context. After the EOS User Manual: User Security, AAA, SNMP,
// VRRP, BGP, OSPF, IS-IS, MACsec, IPsec, NTP, CloudVision. What `{...}` stands for is told in plant.ts.
export const eos = `
! device: canary-eos (DCS-7050, EOS-4.30.1F)
!
boot system ftp://user:{w}@192.0.2.1/EOS.swi
boot secret sha512 {$6}
boot secret 5 {$1}
!
hostname canary-eos
!
service unsupported-transceiver EXAMPLE {hex}
enable secret sha512 {$6}
enable secret 5 {$1}
enable password sha512 {$6}
enable password {w}
enable secret 0 {odd}
aaa root secret sha512 {$6}
aaa root secret 5 {$1}
username ann privilege 15 role network-admin secret sha512 {$6}
username bob secret 5 {$1}
username carl secret 0 {odd}
username dora privilege 1 secret {w}
username ann ssh-key ssh-rsa {base64} ann@example
username ann ssh-key secondary ssh-rsa {base64} ann@example
username ann sshkey ssh-rsa {base64} ann@example
management security
   password encryption-key common
   password encryption reversible aes-256-gcm
   password minimum length 8
   session shared-secret profile P
      secret 0 7 {w} receive-lifetime infinite transmit-lifetime infinite
      secret 1 {w} receive-lifetime infinite transmit-lifetime infinite
      secret 2 8a {w} receive-lifetime infinite transmit-lifetime infinite
   ssl profile S
      certificate a.crt key a.key
management api http-commands
   protocol https
management ssh
   authentication mode password
!
radius-server key 7 {7}
radius-server key {odd}
radius-server host 192.0.2.10 key 7 {7}
radius-server host 192.0.2.11 vrf MGMT auth-port 1812 key {w}
radius-server host 192.0.2.11 timeout 5 key 8a {w}
tacacs-server key 7 {7}
tacacs-server host 192.0.2.20 key {w}
tacacs-server host 192.0.2.21 vrf MGMT key 7 {7}
tacacs-server host 192.0.2.22 single-connection port 49 key 0 {w}
radius proxy
   client group G
      client host ipv4 192.0.2.23 key 7 {w}
   dynamic-authorization
      client 192.0.2.24 key 7 {w}
ldap
   server host 192.0.2.25
   server defaults
      user login password 7 {w}
      search username cn=x password 7 {7}
      search username cn=x password {w}
!
snmp-server community {w} ro
snmp-server community {odd} rw ACL
snmp-server community {w} view V ro
snmp-server community 7 {w} ro
snmp-server community 8a {w} rw ACL
snmp-server host 192.0.2.29 version 2c 8a {w}
snmp-server user u4 G v3 auth sha 8a {w} priv aes 7 {w}
snmp-server host 192.0.2.30 version 2c {w}
snmp-server host 192.0.2.30 vrf MGMT version 2c {odd}
snmp-server host 192.0.2.31 informs version 2c {w} udp-port 1162
snmp-server host 192.0.2.31 traps version 1 {w}
snmp-server host 192.0.2.32 vrf MGMT {w}
snmp-server host 192.0.2.32 {w}
snmp-server host 192.0.2.33 version 3 priv {w}
snmp-server user u1 G v3 auth sha {w} priv aes {w}
snmp-server user u2 G v3 localized f5717f00 auth md5 {hex} priv des {hex}
snmp-server user u3 G remote 192.0.2.34 udp-port 162 v3 auth sha256 {w} priv aes256 {w}
!
ntp authentication-key 1 md5 7 {w}
ntp authentication-key 2 sha1 {odd}
ntp authentication-key 3 md5 8a {w}
daemon TerminAttr
   exec /usr/bin/TerminAttr -cvaddr=192.0.2.40:9910 -cvauth=key,{w} -cvvrf=MGMT
   exec /usr/bin/TerminAttr -ingestgrpcurl=192.0.2.41:9910 -ingestauth=key,{w} -taillogs
   exec /usr/bin/x --password {w}
   exec /usr/bin/x --token={w} -secret {w}
   exec /usr/bin/x -apikey {w} --passwd {w}
   option password value {w}
   option pwd value {w}
event-handler H
   action bash curl -u user https://user:{w}@192.0.2.42/x
   action bash /x --password={w}
   action bash curl -u user:{w} https://192.0.2.42/x
   action bash curl -s --user user:{w} 192.0.2.42/x
   action bash curl -H "Authorization: Bearer {in}" https://192.0.2.42/x
   action bash snmptrap -v 2c -c {w} 192.0.2.42 "" 1.3.6.1.6.3.1.1.5.3
   action bash snmpget -v3 -u x -a SHA -A {w} -x AES -X {w} -l authPriv 192.0.2.42 sysName.0
   action bash wget -qO- https://hooks.slack.com/services/{in}
   action bash sshpass -p {w} ssh user@192.0.2.42
   action bash sshpass -v -p'{w}' scp x user@192.0.2.42:
   action bash API_KEY={w} DB_PWD={w} /x
alias up copy running-config https://user:{w}@192.0.2.43/x
schedule backup interval 60 max-log-files 10 command copy running-config scp:user:x@192.0.2.44/x
email
   auth username x
   auth password 7 {w}
   auth password {w}
xmpp client
   session privilege 15
   server 192.0.2.45
   username x password 7 {w}
   username x password {w}
ip http client local-interface Management1
ip ftp client source-interface Management1
mac security
   license EXAMPLE {hex}
   profile M
      key 0a0b0c 7 {w}
      key 0a0b0d 7 {w} fallback
      key 0a0b0e 0 {w}
ip security
   ike policy I
   sa policy S
   profile P
      shared-key 7 {w}
      shared-key {w}
   key controller
router l2tp
   pre-shared-key 7 {w}
!
interface Vlan10
   ip address 10.0.10.2/24
   ip helper-address 10.9.9.5
   vrrp 10 ipv4 10.0.10.1
   vrrp 10 authentication {8}
   vrrp 10 authentication text {8}
   vrrp 10 authentication ietf-md5 key-string 7 {w}
   vrrp 10 authentication ietf-md5 key-string {w}
   vrrp 11 peer authentication text 7 {w}
   vrrp 11 peer authentication text {8}
   vrrp 11 peer authentication ietf-md5 key-string 0 {w}
   vrrp 11 peer authentication {8}
   vrrp 12 authetication text {8}
   vrrp 12 authentcation {8}
   no vrrp 13 authentication text {8}
   ip ospf authentication message-digest
   ip ospf authentication-key 7 {w}
   ip ospf authentication-key {8}
   ip ospf message-digest-key 1 md5 7 {w}
   ip ospf message-digest-key 2 sha512 8a {w}
   ip ospf message-digest-key 3 md5 {odd}
   ospfv3 authentication ipsec spi 300 md5 7 {w}
   ospfv3 authentication ipsec spi 301 sha1 passphrase 7 {w}
   ospfv3 ipv4 encryption ipsec spi 302 esp aes-128-cbc {hex} sha1 {hex}
   ospfv3 encryption ipsec spi 303 esp null md5 passphrase {w}
   isis authentication mode md5
   isis authentication key 7 {w} level-1
   isis authentication key {w}
   isis authentication key-id 5 algorithm sha-1 key 0 {w} level-2
   isis authentication key-id 6 algorithm sha-512 rfc-5310 key 7 {w}
   bfd authentication sha1 key {w}
   dot1x supplicant passphrase 7 {w}
   mpls ldp neighbor 192.0.2.50 password 7 {w}
!
router bgp 65000
   neighbor 192.0.2.60 password 7 {w}
   neighbor 192.0.2.61 password {odd}
   neighbor PEERS password 8a {w}
   neighbor 192.0.2.62 password shared-secret profile P algorithm aes-128-cmac-96
   no neighbor 192.0.2.63 password 7 {w}
router ospf 1
   area 1 virtual-link 192.0.2.64 authentication-key 7 {w}
   area 1 virtual-link 192.0.2.65 message-digest-key 1 md5 7 {w}
router ospfv3
   area 0 authentication ipsec spi 400 sha1 {hex}
   area 1 encryption ipsec spi 401 esp 3des-cbc {hex} md5 {hex}
router isis X
   authentication mode md5
   authentication key 7 {w}
   authentication key 0 {w} level-1
   authentication key-id 1 algorithm sha-1 key 0 {w}
router msdp
   peer 192.0.2.66
      password 7 {w}
mpls ldp
   password 7 {w}
   neighbor 192.0.2.67 password {w}
bfd
   authentication sha1 key {w}
dot1x
   supplicant profile P
      passphrase 7 {w}
vpn ipsec
   pre-shared-key hex {hex}
unheard-of-password {w}
unheard of passphrase 7 {7}
my-credential {w}
! password {w}
! snmp-server community {w} ro
-----BEGIN PRIVATE KEY-----
{base64}
{base64-end}
-----END PRIVATE KEY-----
!
end
`
