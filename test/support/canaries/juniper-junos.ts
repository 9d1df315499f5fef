// Every position of Junos in which a secret may stand, in its context and in both forms. After the Junos CLI Reference:
// system, snmp, interfaces, protocols, security, access, forwarding-options. What `{...}` stands for is told in plant.ts.
export const junosBraces = String.raw`
## Last commit: 2026-01-01 00:00:00 UTC by ann
version 21.4R1.12;
groups {
    G {
        system {
            tacplus-server {
                192.0.2.1 secret "{$9}"; ## SECRET-DATA
            }
        }
        snmp {
            community {w} {
                authorization read-only;
            }
        }
    }
}
system {
    host-name canary-junos;
    login {
        announcement "the token: {in}";
    }
    root-authentication {
        encrypted-password "{$6}"; ## SECRET-DATA
        ssh-rsa "ssh-rsa {base64} ann@example"; ## SECRET-DATA
        ssh-ed25519 "ssh-ed25519 {base64} ann@example";
    }
    login {
        user ann {
            class super-user;
            authentication {
                encrypted-password "{$1}"; ## SECRET-DATA
                plain-text-password-value {q};
                ssh-ecdsa "ecdsa-sha2-nistp256 {base64}"; ## SECRET-DATA
            }
        }
    }
    radius-server {
        192.0.2.2 {
            secret "{$9}"; ## SECRET-DATA
            accounting-secret {w};
            preauthentication-secret {q};
        }
        192.0.2.3 secret {w};
    }
    tacplus-server {
        192.0.2.4 {
            secret "{$8}"; ## SECRET-DATA
        }
    }
    archival {
        configuration {
            archive-sites {
                "ftp://user:{odd-url}@192.0.2.5/x" password "{$9}"; ## SECRET-DATA
                "scp://user@192.0.2.6/x" password {w};
            }
        }
    }
    ntp {
        authentication-key 1 type md5 value "{$9}"; ## SECRET-DATA
        authentication-key 2 type sha256 value {w};
        trusted-key 1;
    }
    license {
        autoupdate {
            url https://user:{w}@192.0.2.7/x password {w};
        }
    }
    services {
        outbound-ssh {
            client C {
                device-id X;
                secret "{$9}"; ## SECRET-DATA
                secret {w};
            }
        }
    }
}
snmp {
    community {w};
    community {q} {
        authorization read-write;
    }
    inactive: community {w} {
        clients {
            192.0.2.8/32;
        }
    }
    trap-group {w} {
        targets {
            192.0.2.9;
        }
    }
    rmon {
        event 1 {
            type log-and-trap;
            community {w};
        }
    }
    v3 {
        usm {
            local-engine {
                user u {
                    authentication-sha {
                        authentication-key "{$9}"; ## SECRET-DATA
                        authentication-password {w};
                    }
                    privacy-aes128 {
                        privacy-key "{$9}"; ## SECRET-DATA
                        privacy-password {q};
                    }
                }
            }
        }
        snmp-community I1 {
            community-name "{$9}"; ## SECRET-DATA
            security-name x;
        }
        snmp-community I2 {
            community-name {w};
        }
    }
}
security {
    authentication-key-chains {
        key-chain K {
            key 1 {
                secret "{$9}"; ## SECRET-DATA
                start-time "2020-1-1.00:00:00 +0000";
            }
            key 2 {
                secret {w};
            }
        }
    }
    ike {
        policy P {
            pre-shared-key ascii-text "{$9}"; ## SECRET-DATA
            pre-shared-key ascii-text {q};
            pre-shared-key hexadecimal {hex};
            seeded-pre-shared-key ascii-text {w};
            seeded-pre-shared-key hexadecimal {hex};
        }
        gateway GW {
            aaa client username x password "{$9}"; ## SECRET-DATA
        }
    }
    ipsec {
        security-association SA {
            manual {
                direction bidirectional {
                    authentication {
                        algorithm hmac-sha1-96;
                        key ascii-text "{$9}"; ## SECRET-DATA
                    }
                    encryption {
                        algorithm 3des-cbc;
                        key hexadecimal {hex};
                    }
                }
            }
        }
    }
    macsec {
        connectivity-association CA {
            pre-shared-key {
                ckn 2222;
                cak "{$9}"; ## SECRET-DATA
                cak {hex};
            }
        }
    }
    certificates {
        local {
            C {
                "-----BEGIN RSA PRIVATE KEY-----\n{base64}\n-----END RSA PRIVATE KEY-----\n"; ## SECRET-DATA
            }
            D {
                "-----BEGIN PRIVATE KEY-----
{base64}
{base64-end}
-----END PRIVATE KEY-----
";
            }
        }
    }
    ssh-known-hosts {
        host 192.0.2.10 {
            rsa-key {base64};
        }
    }
}
access {
    profile A {
        client C {
            chap-secret "{$9}"; ## SECRET-DATA
            pap-password {w};
            firewall-user {
                password "{$9}"; ## SECRET-DATA
            }
        }
        radius-server {
            192.0.2.11 {
                secret {w};
            }
        }
        ldap-server {
            192.0.2.12;
        }
        ldap-options {
            search {
                admin-search {
                    distinguished-name cn=x;
                    password "{$9}"; ## SECRET-DATA
                    password {w};
                }
            }
        }
    }
}
interfaces {
    ge-0/0/0 {
        unit 0 {
            ppp-options {
                chap {
                    default-chap-secret "{$9}"; ## SECRET-DATA
                }
                pap {
                    local-password {w};
                    default-pap-password {q};
                }
            }
        }
    }
    irb {
        unit 10 {
            family inet {
                address 10.0.10.2/24 {
                    vrrp-group 10 {
                        virtual-address 10.0.10.1;
                        authentication-type md5;
                        authentication-key "{$9}"; ## SECRET-DATA
                    }
                    vrrp-group 11 {
                        virtual-address 10.0.10.11;
                        authentication-type simple;
                        authentication-key {8};
                    }
                    vrrp-group 12 { virtual-address 10.0.10.12; authentication-type simple; authentication-key {q}; }
                    vrrp-group 13 { authentication-key {8}; virtual-address 10.0.10.13; }
                    vrrp-group 14 {
                        virtual-address 10.0.10.14;
                        authetication-key {8};
                        authentcation "{in}";
                    }
                }
            }
        }
    }
}
forwarding-options {
    dhcp-relay {
        server-group {
            PXE {
                10.9.9.5;
            }
        }
        active-server-group PXE;
        authentication {
            password {w};
            username-include {
                user-prefix x;
            }
        }
        group G {
            interface irb.10;
        }
    }
}
protocols {
    bgp {
        group E {
            authentication-key "{$9}"; ## SECRET-DATA
            neighbor 192.0.2.20 {
                authentication-key {w};
            }
        }
    }
    ospf {
        area 0.0.0.0 {
            interface ge-0/0/0.0 {
                authentication {
                    md5 1 key "{$9}"; ## SECRET-DATA
                    md5 2 key {w};
                    simple-password {8};
                }
            }
        }
    }
    isis {
        level 1 authentication-key "{$9}"; ## SECRET-DATA
        interface ge-0/0/0.0 {
            level 1 {
                hello-authentication-key {w};
            }
        }
    }
    rip {
        authentication-key {w};
    }
    ldp {
        session 192.0.2.21 {
            authentication-key "{$9}"; ## SECRET-DATA
        }
    }
    rsvp {
        interface ge-0/0/0.0 {
            authentication-key {w};
        }
    }
    msdp {
        peer 192.0.2.22 {
            authentication-key {w};
        }
    }
    l2tp {
        tunnel-group T {
            shared-secret {w};
        }
    }
    new-protocol {
        some-new-secret {w};
        some-new-password {q};
        api-token {w};
    }
}
event-options {
    destinations {
        D {
            archive-sites {
                "https://user:{w}@192.0.2.30/x" password "{$9}"; ## SECRET-DATA
            }
        }
    }
}
/* the old password {w} */
/* the password is {w} */
/* password: {w} for {w}
 * secret {w} and {w} */
# key {w}
# the key is {w}
`
export const junosSet = `
set version 21.4R1.12
set system host-name canary-set
set system root-authentication encrypted-password "{$6}"
set system root-authentication ssh-rsa "ssh-rsa {base64} ann@example"
set system login user ann authentication plain-text-password-value {q}
set system radius-server 192.0.2.2 secret {w}
set system radius-server 192.0.2.2 accounting-secret "{$9}"
set groups G system tacplus-server 192.0.2.4 secret {q}
set system archival configuration archive-sites "ftp://user:{odd-url}@192.0.2.5/x" password {w}
set system ntp authentication-key 1 type md5 value {w}
set system ntp authentication-key 2 value {w}
set snmp community {w} authorization read-only
set snmp community {q} clients 192.0.2.8/32
set groups G snmp community {w}
deactivate snmp community {w}
delete snmp community {w}
set logical-systems L snmp community {w}
set snmp rmon event 1 community {w}
set snmp trap-group {w} targets 192.0.2.9
set snmp v3 usm local-engine user u authentication-md5 authentication-password {w}
set snmp v3 usm local-engine user u privacy-des privacy-key "{$9}"
set snmp v3 snmp-community I community-name {w}
set security authentication-key-chains key-chain K key 1 secret {w}
set security ike policy P pre-shared-key ascii-text {q}
set security ike policy P pre-shared-key hexadecimal {hex}
set security ike policy P seeded-pre-shared-key hexadecimal {hex}
set security pki auto-re-enrollment scep certificate-id X challenge-password {w} re-enroll-trigger-time-percentage 10
set security ipsec security-association SA manual direction bidirectional authentication key ascii-text {w}
set security ipsec security-association SA manual direction bidirectional encryption key hexadecimal {hex}
set security macsec connectivity-association CA pre-shared-key cak {hex}
set access profile A client C chap-secret {w}
set access profile A client C firewall-user password {w}
set interfaces ge-0/0/0 unit 0 ppp-options chap default-chap-secret {w}
set interfaces irb unit 10 family inet address 10.0.10.3/24 vrrp-group 10 virtual-address 10.0.10.1
set interfaces irb unit 10 family inet address 10.0.10.3/24 vrrp-group 10 authentication-type md5
set interfaces irb unit 10 family inet address 10.0.10.3/24 vrrp-group 10 authentication-key "{$9}"
set interfaces irb unit 10 family inet address 10.0.10.3/24 vrrp-group 11 authentication-key {8}
set interfaces irb unit 10 family inet address 10.0.10.3/24 vrrp-group 11 authetication-key {8}
set forwarding-options dhcp-relay server-group PXE 10.9.9.5
set forwarding-options dhcp-relay group G active-server-group PXE
set forwarding-options dhcp-relay group G interface irb.10
set forwarding-options dhcp-relay group G authentication password {w}
set protocols bgp group E authentication-key {q}
set protocols bgp group E neighbor 192.0.2.20 authentication-key {w}
set protocols ospf area 0.0.0.0 interface ge-0/0/0.0 authentication md5 1 key {w}
set protocols ospf area 0.0.0.0 interface ge-0/0/0.0 authentication simple-password {8}
set protocols isis level 1 authentication-key {w}
set protocols isis interface ge-0/0/0.0 level 1 hello-authentication-key {w}
set protocols rip authentication-key {w}
set protocols ldp session 192.0.2.21 authentication-key {w}
set protocols new-protocol some-new-secret {w}
set event-options policy P then event-script x arguments token {w}
set event-options policy P then event-script x arguments user-password {w}
annotate system "the password is {in}"
set event-options destinations D archive-sites "https://user:{w}@192.0.2.30/x"
`
