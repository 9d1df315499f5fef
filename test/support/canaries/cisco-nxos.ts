// Every position of NX-OS in which a secret may stand, in its context. After the command references: Security, System
// Management, Interfaces, Unicast Routing, Multicast Routing, SAN Switching. What `{...}` stands for is told in plant.ts.
export const nxos = `
!Command: show running-config
version 9.3(5) Bios:version 05.40
hostname canary-nxos
feature hsrp
feature dhcp
service dhcp
ip dhcp relay
!
username ann password 5 {$5}  role network-admin
username bob password 0 {odd}  role network-operator
username carl password {w} role vdc-admin
username dora password 7 {7} expire 2030-01-01 role network-admin
username ann sshkey ssh-rsa {base64} ann@example
username ann passphrase lifetime 99999 warntime 14 gracetime 3
enable secret 5 {$5}
enable secret level 5 0 {w}
key config-key ascii {w}
password strength-check
!
snmp-server user u1 network-admin auth md5 {0x} priv {0x} localizedkey
snmp-server user u2 auth sha {w} priv aes-128 {w}
snmp-server user u3 network-operator auth sha-256 {w} priv {w} engineID 128:0:0:9
snmp-server user u4 network-operator auth md5 {0x} priv aes-128 {0x} localizedV2key
snmp-server user u5 network-admin auth sha-256 {w} priv aes-256 {w}
snmp-server user u6 network-admin auth sha-512 {0x} priv aes-192 {0x} localizedkey
snmp-server user u7 auth sha {w} priv des {w}
snmp-server community {w} group network-operator
snmp-server community 7 {w} group network-operator
snmp-server community {odd} ro
snmp-server community {w} use-ipv4acl ACL
snmp-server host 192.0.2.1 traps version 2c {w}
snmp-server host 192.0.2.1 traps version 2c {w} udp-port 1162
snmp-server host 192.0.2.2 version 1 {w}
snmp-server host 192.0.2.2 informs version 2c {odd}
snmp-server host 192.0.2.3 traps version 3 priv {w}
snmp-server host 192.0.2.3 version 3 noauth {w}
snmp-server host 192.0.2.4 {w}
snmp-server host 192.0.2.4 use-vrf management
snmp-server mib community-map {w} context C
rmon event 1 log trap {w} description FATAL(1) owner PMON@FATAL
rmon event 2 trap {w} owner x
!
tacacs-server key 7 {7q}
tacacs-server key {w}
tacacs-server host 192.0.2.10 key 7 {7q} port 49 timeout 5
tacacs-server host 192.0.2.11 key 0 {odd}
tacacs-server host 192.0.2.12 test username probe password {w} idle-time 5
radius-server key 7 {7q}
radius-server host 192.0.2.20 key 7 {7q} authentication accounting
radius-server host 192.0.2.21 key {w} auth-port 1812 acct-port 1813 authentication
radius-server host 192.0.2.22 test username probe password {w}
radius-server test username probe password {w} idle-time 10
ldap-server host 192.0.2.30 rootDN "cn=admin,dc=example" password 7 {7} port 389
ldap-server host 192.0.2.31 rootDN "cn=admin,dc=example" password {w}
aaa group server tacacs+ T
  server 192.0.2.10
  use-vrf management
!
key chain KEYS
  key 0
    key-string 7 {7}
  key 10
    key-string {w}
  key 11
    key-string 0 {w}
    accept-lifetime 00:00:00 Jan 01 2020 infinite
key chain MKA macsec
  key 1000
    key-octet-string 7 {hex} cryptographic-algorithm AES_256_CMAC
    key-octet-string {hex} cryptographic-algorithm AES_128_CMAC
key chain tunnelencrypt-psk T tunnel-encryption
  key 1
    key-octet-string 7 {hex} cryptographic-algorithm AES_128_CMAC
!
cts device-id X password 7 {7}
cts device-id X password {w}
cts sxp default password 7 {7}
cts sxp connection peer 192.0.2.40 source 192.0.2.41 password required {w} mode speaker
interface Ethernet1/1
  cts manual
    sap pmk {hex} modelist gcm-encrypt
    sap pmk display encrypt {w}
    sap pmk encrypted {w} modelist gcm-encrypt
  fcsp dhchap password {w}
fcsp dhchap password 7 {7}
fcsp dhchap password 0 {w} 20:00:00:00:00:00:00:01
vtp password {w}
ntp authentication-key 1 md5 {w} 7
ntp authentication-key 2 md5 {odd} 0
boot nxos ftp://user:{w}@192.0.2.50/nxos.bin
copy running-config scp://user:{w}@192.0.2.51/x vrf management
cli alias name backup copy running-config ftp://user:{w}@192.0.2.52/x
scheduler job name J
  copy running-config ftp://user:{w}@192.0.2.53/x
scheduler aaa-authentication password 7 {7}
event manager applet A
  action 1.0 cli copy running-config sftp://user:{w}@192.0.2.54/x
  action 2.0 cli username eve password {w} role network-admin
  action 3.0 cli run bash curl -u user:{w} https://192.0.2.54/x
event manager environment PW "{in}"
event manager environment smtp_pass {w}
license smart register idtoken {w} force
ip domain-name example
crypto key param rsa label L
crypto ca trustpoint CA
  revocation-check crl
crypto ikev2 keyring
  peer A
    pre-shared-key {w}
callhome
  transport http proxy server 192.0.2.55
  destination-profile P http https://user:{w}@192.0.2.56/x
db-security user admin password 7 {7}
fabric database type network
  password {w}
fabric database server primary host 192.0.2.57
  fabric database login x password 7 {7}
!
interface Vlan10
  no shutdown
  ip address 10.0.10.2/24
  ip ospf authentication message-digest
  ip ospf authentication-key 3 {hex}
  ip ospf authentication-key 0 {8}
  ip ospf message-digest-key 1 md5 3 {hex}
  ip ospf message-digest-key 2 md5 {odd}
  ospfv3 authentication ipsec spi 300 md5 {hex}
  ospfv3 encryption ipsec spi 301 esp aes 128 {hex} authentication sha1 {hex}
  ip eigrp 1 authentication key-chain KEYS
  isis authentication key-chain KEYS level-1
  ip pim hello-authentication ah-md5 3 {hex}
  ip pim hello-authentication ah-md5 {8}
  bfd authentication Keyed-SHA1 key-id 1 hex-key {hex}
  bfd authentication Keyed-SHA1 key-id 1 key ascii {w}
  ip dhcp relay address 10.9.9.5
  hsrp version 2
  hsrp 0
    authentication {8}
    ip 10.0.10.9
  hsrp 10
    authentication text {8}
    ip 10.0.10.1
  hsrp 11
    authentication md5 key-string {w}
    ip 10.0.10.11
  hsrp 12
    authentication md5 key-string 7 {7} timeout 30
    ip 10.0.10.12
  hsrp 13
    authentication md5 key-string 7 {7q}
    ip 10.0.10.13
  hsrp 14
    authetication md5 key-string {w}
    authetication text {8}
    authentcation {8}
    authentication {8} {8}
    authentication sha {8}
    authentication md5 {8}
    no authentication text {8}
    ip 10.0.10.14
  hsrp 15 ipv6
    authentication {8}
    ip autoconfig
  standby 16 authentication {8}
  glbp 30
    authentication text {8}
    authentication md5 key-string 7 {7}
    ip 10.0.10.30
  vrrp 20
    authentication text {8}
    address 10.0.10.20
    no shutdown
  vrrp 21
    authetication text {8}
!
router ospf 1
  area 1 virtual-link 192.0.2.60
    authentication-key 3 {hex}
    message-digest-key 1 md5 3 {hex}
    message-digest-key 2 md5 {w}
  area 2 authentication ipsec spi 400 sha1 {hex}
router bgp 65000
  neighbor 192.0.2.70 remote-as 65001
    password 3 {hex}
    password 7 {7}
    password {w}
  neighbor 192.0.2.71 password 0 {odd}
  template peer P
    password 3 {hex}
ip msdp password 192.0.2.72 3 {hex}
ip msdp password 192.0.2.72 {w}
mpls ldp configuration
mpls ldp neighbor 192.0.2.73 password 7 {7}
mpls ldp password fallback {w}
mpls ldp password option 1 for P 7 {7}
  unheard-of-password {w}
  unheard of passphrase 7 {7}
  my-credential {w}
! password {w}
line console
line vty
`
