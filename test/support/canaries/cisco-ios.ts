// Every position of IOS and IOS-XE in which a secret may stand, in its context. After the command references: Security,
// Network Management (SNMP), First Hop Redundancy, BGP, OSPF, IS-IS, EIGRP, RIP, MPLS LDP, Multicast, Dial, Wireless, TrustSec.
// What `{...}` stands for is told in plant.ts.
export const ios = `
version 15.2
service timestamps debug datetime msec
service password-encryption
!
hostname canary-ios
!
boot-start-marker
boot system ftp://user:{w}@192.0.2.1/image.bin
boot-end-marker
!
enable secret 5 {$1}
enable secret 9 {$9}
enable secret level 7 5 {$1}
enable secret {w}
enable password {odd}
enable password 7 {7}
enable password level 5 7 {7}
key config-key password-encrypt {w}
!
username ann privilege 15 secret 5 {$1}
username bob secret 9 {$9}
username carl privilege 15 password 0 {odd}
username dora password 7 {7}
username secret privilege 1 password 7 {7}
username ed common-criteria-policy P password 0 {w}
username fay one-time secret 0 {w}
username gus autocommand show password {w}
username hal password 0 {w} and {w}
!
aaa new-model
aaa authentication login default group tacacs+ local
aaa group server radius NAC
 server-private 192.0.2.10 auth-port 1812 acct-port 1813 key 7 {7}
 server-private 192.0.2.11 timeout 5 key {w}
aaa server radius dynamic-author
 client 192.0.2.12 server-key 7 {7}
 client 192.0.2.13 vrf MGMT server-key {w}
 server-key 7 {7}
aaa pod server port 1700 auth-type any server-key 7 {7}
aaa pod server server-key {w}
!
tacacs-server host 192.0.2.20 key {odd}
tacacs-server host 192.0.2.21 port 49 timeout 5 key 7 {7}
tacacs-server key 7 {7}
tacacs-server key {w}
tacacs server T1
 address ipv4 192.0.2.22
 key 7 {7}
tacacs server T2
 address ipv4 192.0.2.23
 key {odd}
radius-server host 192.0.2.30 auth-port 1645 acct-port 1646 key 7 {7}
radius-server host 192.0.2.31 key {w}
radius-server key 0 {w}
radius-server key 7 {7}
radius server R1
 address ipv4 192.0.2.32 auth-port 1812 acct-port 1813
 automate-tester username probe password 7 {7}
 pac key 7 {7}
 key {w}
radius server R2
 key 7 {7}
radius-server local
 nas 192.0.2.33 key 0 {w}
 user joe nthash 7 {hex}
 user ann nthash 0 {w} group G
kerberos srvtab entry host/r1.example@EXAMPLE.COM 0 817680774 1 1 8 {w}
ldap server L1
 bind authenticate root-dn cn=admin,dc=example password 7 {7}
 bind authenticate root-dn cn=admin,dc=example password {w}
!
key chain HSRP
 key 1
  key-string {w}
 key 2
  key-string 7 {7}
  accept-lifetime 00:00:00 Jan 1 2020 infinite
 key 12
  key-string 0 {odd}
key chain MKA macsec
 key 01
  cryptographic-algorithm aes-256-cmac
  key-string 7 {hex}
key chain TCP tcp
 key 5
  key-string {w}
!
crypto keyring RING
  pre-shared-key address 192.0.2.40 key {odd}
  pre-shared-key address 0.0.0.0 0.0.0.0 key 6 {w}
  pre-shared-key hostname peer.example key {w}
crypto isakmp key {odd} address 192.0.2.41 no-xauth
crypto isakmp key 6 {w} hostname peer.example
crypto isakmp key 0 {w} address 0.0.0.0
crypto isakmp client configuration group VPN
 key {w}
 key 6 {w}
 pool POOL
crypto ikev2 keyring RING2
 peer A
  address 192.0.2.42
  pre-shared-key {odd}
  pre-shared-key local 6 {w}
  pre-shared-key remote {w}
  pre-shared-key local hex {hex}
  pre-shared-key hex {hex}
crypto ikev2 profile P
 authentication remote pre-share key {w}
 authentication local pre-share key 6 {w}
 authentication local eap mschapv2 username x password {w}
 aaa authorization group psk list L NAME password 0 {w}
 aaa authorization group override psk list L password 6 {w}
 aaa authorization user eap list L name-mangler M password {w}
crypto map M 10 ipsec-manual
 set session-key inbound esp 256 cipher {hex} authenticator {hex}
 set session-key outbound ah 300 {hex}
crypto pki trustpoint CA
 enrollment url http://user:{w}@192.0.2.43/certsrv
 password 7 {7}
 password {w}
crypto pki server CS
 database archive pkcs12 password 7 {7}
crypto pki import CA pkcs12 nvram: password {w}
mab request format attribute 2 7 {7}
mab request format attribute 2 {w}
crypto key pubkey-chain rsa
 addressed-key 192.0.2.44
  address 192.0.2.44
  key-string
   {hexes}
   {hexes}
  quit
ip ssh pubkey-chain
  username ann
   key-hash ssh-rsa {HEX} ann@example
  username bob
   key-string
    {base64}
    {base64}
   exit
!
cts sxp default password 7 {7}
cts sxp default password {w}
cts credentials id canary password 7 {7}
cts credentials id canary password {w}
cts manual
 sap pmk {hex} mode-list gcm-encrypt
 sap pmk 6 {w} mode-list gcm-encrypt
 default pmk 6 {w}
!
vpdn-group 1
 l2tp tunnel password 7 {7}
 l2tp tunnel password {w}
l2tp-class C
 digest secret 7 {7} hash MD5
 password {w}
!
dot1x credentials D
 username x
 password 0 {w}
 password 7 {7}
eap profile E
!
ip ftp username x
ip ftp password 7 {7}
ip ftp password {w}
ip http client username x
ip http client password 7 {7}
ip ddns update method DDNS
 HTTP
  add http://user:{odd-url}@members.example/nic/update?hostname=<h>
  add http://members.example/update?hostname=<h>&pass={w}&pw={w}
  add http://members.example/update?user=x&pwd={w}
  add http://members.example/update?auth={w}&key={w}
ip host-list H
ip sla 1
 http raw http://192.0.2.49/
  http-raw-request
   GET / HTTP/1.0\\r\\n
   Authorization: Basic {w}\\r\\n
   Proxy-Authorization: {w}
   exit
chat-script LOGIN ABORT invalid TIMEOUT 15 name: bill word: {w} ">" "slip default"
chat-script DIAL "" "ATDT5551234" "Password:" {q}
app-hosting appid A
 app-resource docker
  run-opts 1 "-e TEAGENT_ACCOUNT_TOKEN={in} -e API_KEY={in} -e DB_PWD={in}"
archive
 path ftp://user:{w}@192.0.2.50/$h
 path scp://user:{odd-url}@192.0.2.51/$h
 path ftp://user@corp.example:{w}@192.0.2.51/$h
 path ftp://user:p@{w}@192.0.2.51/$h
 log config
  hidekeys
kron policy-list K
 cli copy running-config ftp://user:{w}@192.0.2.52/backup
event manager applet A
 action 1.0 cli command "username eve privilege 15 secret {w}"
 action 2.0 cli command "enable password {w}"
 action 3.0 cli command "copy run https://user:{w}@192.0.2.53/x"
 action 4.0 mail server "user:{in}@192.0.2.54" to "a@example" from "b@example" subject "x" body "password {in}"
 action 5.0 cli command "snmp-server community {w} RO"
 action 6.0 set mypassword "{in}"
 action 8.0 cli command "crypto key export rsa K pem url flash: 3des {in}"
 action 8.1 cli command "crypto key lock rsa name K passphrase {in}"
 action 6.9 cli command "guestshell run wget https://x.webhook.office.com/webhookb2/{in}"
 action 7.0 cli command "guestshell run curl -u user:{in} https://192.0.2.54/x"
event manager environment _password {w}
event manager environment _pw {w}
event manager environment _smtp_pwd {w}
event manager environment adminpass {w}
event manager environment password1 {q}
alias exec backup copy running-config tftp://user:{w}@192.0.2.55/x
alias configure comm snmp-server community {w}
macro name M
password {w}
snmp-server community {w} rw
@
!
interface Loopback0
 ip address 192.0.2.201 255.255.255.255
!
interface Vlan10
 description relays to 10.9.9.5
 ip address 10.0.10.2 255.255.255.0
 ip helper-address 10.9.9.5
 standby version 2
 standby ip 10.0.10.9
 standby authentication {8}
 standby 10 ip 10.0.10.1
 standby 10 authentication {8}
 standby 11 ip 10.0.10.11
 standby 11 authentication text {8}
 standby 12 ip 10.0.10.12
 standby 12 authentication md5 key-string {w}
 standby 13 ip 10.0.10.13
 standby 13 authentication md5 key-string 7 {7}
 standby 14 ip 10.0.10.14
 standby 14 authentication md5 key-string 7 {7} timeout 30
 standby 15 ip 10.0.10.15
 standby 15 authentication md5 key-string 0 {odd} timeout 30
 standby authentication md5 key-string 7 {7}
 standby authentication text {8}
 standby 16 authetication md5 key-string {w}
 standby 16 authetication {8}
 standby 16 authentcation text {8}
 standby 16 auth md5 key-s 7 {7}
 standby 16 authentication {8} {8}
 standby 16 authentication md5 {8}
 standby 16 authentication sha {8} timeout
 standby 16 timer authentication {8} and {8}
 stanby 16 authentication {8}
 no standby 17 authentication {8}
 default standby 17 authentication md5 key-string {w}
 vrrp 20 ip 10.0.10.20
 vrrp 20 authentication {8}
 vrrp 20 authentication text {8}
 vrrp 20 authentication md5 key-string {w} timeout 30
 vrrp 20 authentication md5 key-string 7 {7}
 vrrp 21 authetication text {8}
 glbp 30 ip 10.0.10.30
 glbp 30 authentication text {8}
 glbp 30 authentication md5 key-string 7 {7}
 glbp 30 authentication md5 key-string {odd}
 glbp authentication text {8}
 ip ospf authentication-key {8}
 ip ospf authentication-key 7 {7}
 ip ospf message-digest-key 1 md5 {odd}
 ip ospf message-digest-key 12 md5 7 {7}
 ospfv3 authentication ipsec spi 500 md5 {hex}
 ospfv3 authentication ipsec spi 501 sha1 7 {hex}
 ipv6 ospf encryption ipsec spi 502 esp aes-cbc 128 {hex} sha1 {hex}
 ipv6 ospf encryption ipsec spi 503 esp null md5 {hex}
 ip rip authentication mode text
 ip rip authentication string {w}
 isis password {w} level-1
 isis authentication key-chain ISIS
 ip igmp join-group 239.1.1.1
 ntp authentication-key 9 md5 {w}
 ppp chap hostname x
 ppp chap password 7 {7}
 ppp chap password 0 {w}
 ppp pap sent-username x password 7 {7}
 ppp pap sent-username x password {w}
 ppp eap password 7 {7}
 dialer string 5551234
 ip nhrp authentication {8}
 ip nhrp authentication 0 {8}
 ip nhrp authentication 7 {7}
 encryption key 1 size 128bit 7 {hex} transmit-key
 encryption vlan 10 key 2 size 40bit {hex}
 mka pre-shared-key key-chain MKA
!
interface Dot11Radio0
 ssid HOME
  wpa-psk ascii 7 {7}
  wpa-psk hex {hex}
  authentication client username x password 7 {7}
wlan W 1 W
 security wpa psk set-key ascii 0 {w}
 security wpa psk set-key hex 0 {hex}
 security wpa wpa2 ciphers aes
ap profile default-ap-profile
 mgmtuser username x password 0 {w} secret 0 {w}
!
router ospf 1
 area 1 virtual-link 192.0.2.60 authentication-key 7 {7}
 area 1 virtual-link 192.0.2.61 message-digest-key 1 md5 {w}
 area 1 virtual-link 192.0.2.62 authentication message-digest message-digest-key 2 md5 7 {7}
 area 2 sham-link 192.0.2.63 192.0.2.64 cost 1 authentication-key {8}
router ospfv3 1
 area 0 authentication ipsec spi 600 md5 {hex}
 area 0 encryption ipsec spi 601 esp 3des {hex} sha1 {hex}
router isis
 domain-password {w}
 area-password {w} authenticate snp validate
 authentication mode md5
router eigrp NAME
 address-family ipv4 unicast autonomous-system 1
  af-interface Vlan10
   authentication mode hmac-sha-256 7 {7}
   authentication mode hmac-sha-256 {w}
   authentication key-chain EIGRP
router bgp 65000
 neighbor 192.0.2.70 remote-as 65001
 neighbor 192.0.2.70 password {odd}
 neighbor 192.0.2.71 password 7 {7}
 neighbor PEERS password 0 {w}
 neighbor 2001:db8::1 password 7 {7}
 template peer-session S
  password 7 {7}
router msdp
ip msdp password peer 192.0.2.72 7 {7}
ip msdp password peer 192.0.2.72 {w}
mpls ldp neighbor 192.0.2.73 password 7 {7}
mpls ldp neighbor vrf RED 192.0.2.73 password {w}
mpls ldp password option 1 for LDP 7 {7}
mpls ldp password fallback {w}
bfd-template single-hop B
 authentication sha-1 keychain BFD
!
snmp-server community {w} RO
snmp-server community {odd} view V RW 10
snmp-server community 7 {7} RO
snmp-server community 6 {w} RO
snmp-server group G v3 auth
snmp-server user u1 G v3 auth md5 {w} priv des {w}
snmp-server user u2 G remote 192.0.2.80 v3 auth sha {w} priv aes 128 {w} access 10
snmp-server user u3 G v3 encrypted auth md5 {hex} priv aes 256 {hex}
snmp-server user u4 G v3 auth sha-2 256 {w} priv 3des {w}
snmp-server user u5 G v3 auth sha 6 {w} priv aes 128 6 {w} access 10
snmp-server user u6 G v3 priv aes 256 {w}
snmp-server host 192.0.2.81 0 {w} udp-port 1162
snmp-server host 192.0.2.81 version 2c 7 {7}
rf-switch snmp-community {w}
snmp-server host 192.0.2.81 {w}
snmp-server host 192.0.2.81 {w} bgp config
snmp-server host 192.0.2.82 version 2c {odd} udp-port 1162
snmp-server host 192.0.2.83 vrf MGMT version 2c {w}
snmp-server host 192.0.2.84 informs version 2c {w} envmon
snmp-server host 192.0.2.85 traps version 1 {w}
snmp-server host 192.0.2.86 version 3 auth {w}
snmp-server host 192.0.2.86 vrf MGMT informs version 3 priv {w}
snmp mib community-map {w} context C engineid 1234567890
rmon event 1 log trap {w} description x owner y
ntp authentication-key 1 md5 {w} 7
ntp authentication-key 2 md5 {7} 7
ntp authentication-key 3 hmac-sha2-256 {odd}
vtp password {w}
vtp password {w} hidden
wsma agent exec
ip wccp web-cache password 7 {7}
ip wccp 61 password {w}
license smart register idtoken {w} force
license smart trust idtoken {w} all
call-home
 contact-email-addr a@example
 mail-server user:{w}@192.0.2.89 priority 1
 mail-server :{w}@192.0.2.89 priority 2
 mail-server domain\\user:p@{w}@192.0.2.89 priority 3
 profile P
  destination address http https://user:{w}@192.0.2.90/its
parameter-map type content-scan global
 license 7 {hex}
 license 0 {hex}
parameter-map type umbrella global
 token {w}
wireless fabric control-plane default-control-plane
 ip address 192.0.2.88 key 0 {w}
 ip address 192.0.2.87 key {w}
application
 service S
  param pin {8}
voice register pool 1
 username x password {w}
sip-ua
 credentials username x password 7 {7} realm example
 authentication username x password 7 {7} realm example
 registrar dns:example expires 3600 username x password {w}
telephony-service
 xml user x password {w} 15
ephone 1
 pin {8}
 username "x" password {w}
parameter-map type webauth global
 custom-page login https://192.0.2.91/x?token={w}
 something-new --password={w} --secret={w}
 unheard-of-password {w}
 unheard of passphrase 7 {7}
 my-credential {w}
 api-token {w}
! password {w}
! snmp-server community {w} RO
line con 0
 password 7 {7}
line vty 0 4
 password {odd}
 secret 5 {$1}
 login
!
-----BEGIN RSA PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: DES-EDE3-CBC,{hex}

{base64}
{base64}
{base64-end}
-----END RSA PRIVATE KEY-----
!
end
canary-ios#show standby
Vlan10 - Group 10 (version 2)
  State is Active
  Virtual IP address is 10.0.10.1
  Authentication MD5, key-string "{in}"
  Active router is local
  Standby router is 10.0.10.3
  Priority 100 (default 100)
Vlan10 - Group 11 (version 2)
  State is Active
  Virtual IP address is 10.0.10.11
  Authentication text, string "{in}"
  Active router is local
  Standby router is 10.0.10.3
  Priority 100 (default 100)
canary-ios#
`
