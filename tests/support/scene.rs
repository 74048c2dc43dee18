//! Hand-made observations for tests of the report: one healthy cluster and a few ways to break it.

use std::{path::Path, time::Duration};

use etcd_tls::{
    observation::{
        Der, EndpointSeen, FileSeen, Observation, SCHEMA, Target, Viewer,
        endpoint::{
            After, CertificateRequest, Connection, EtcdSeen, HandshakeEnd, IdentityDefect, Lookup,
            NotTried, Parts, Purpose, StatusSeen, Tcp, TlsSeen,
        },
        file::{Block, Content, FileState, Form, Item, KeySeen},
        target::{Given, Origin},
    },
    x509::{Certificate, Go},
};
use time::macros::datetime;

/// A certificate of `fixtures/pki/report`.
pub(crate) fn der(name: &str) -> Der {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pki/report").join(name);
    let pem = std::fs::read_to_string(path).unwrap();
    let base64: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    Der(data_encoding::BASE64.decode(base64.as_bytes()).unwrap())
}

/// A check of some endpoints with `--cacert ca.crt` and a client pair, without any endpoint seen yet.
pub(crate) fn check(client: &str, endpoints: Vec<EndpointSeen>) -> Observation {
    let certificate = der(client);
    let spki = Certificate::parse(&certificate.0, Go::DEFAULT).unwrap().spki;
    let key = KeySeen {
        container: "PKCS#8".to_owned(),
        algorithm: "ECDSA P-256".to_owned(),
        spki: Some(Der(spki)),
        encrypted: false,
        unusable: None,
    };
    Observation {
        schema: SCHEMA.to_owned(),
        recorded_by: "hand: scenes of the report".to_owned(),
        when: datetime!(2026-08-01 12:00 UTC),
        viewer: Viewer::default(),
        target: Target {
            endpoints: endpoints.iter().map(|seen| flag("--endpoints", &seen.url)).collect(),
            client: None,
            peer: false,
            cluster: false,
            server_name: None,
            cacert: Some(flag("--cacert", "/etc/etcd/pki/ca.crt")),
            cert: Some(flag("--cert", "/etc/etcd/pki/client.crt")),
            key: Some(flag("--key", "/etc/etcd/pki/client.key")),
            configs: Vec::new(),
            root: None,
            layouts: Vec::new(),
            server_log: None,
            user: None,
            insecure_skip_tls_verify: false,
            timeout: Duration::from_secs(2),
            expires_within: None,
            go: None,
            expect_spiffe: None,
            situation: etcd_tls::observation::target::Situation::default(),
        },
        files: vec![
            file(
                "/etc/etcd/pki/ca.crt",
                "--cacert",
                0o644,
                "CERTIFICATE",
                Item::Certificate(der("ca.crt")),
            ),
            file(
                "/etc/etcd/pki/client.crt",
                "--cert",
                0o644,
                "CERTIFICATE",
                Item::Certificate(certificate),
            ),
            file("/etc/etcd/pki/client.key", "--key", 0o600, "PRIVATE KEY", Item::Key(key)),
        ],
        neighbours: Vec::new(),
        running: Vec::new(),
        configs: Vec::new(),
        closed: Vec::new(),
        data_dirs: Vec::new(),
        environment: Vec::new(),
        proxies: Vec::new(),
        system_anchors: None,
        endpoints,
        advertised: Vec::new(),
        names: Vec::new(),
        diallers: Vec::new(),
        also: Vec::new(),
        views: Vec::new(),
        kubelet: None,
        backup: None,
        took_ms: 12.3,
    }
}

/// A member that answers everything.
pub(crate) fn healthy(url: &str, host: &str, member: &str) -> EndpointSeen {
    let status = StatusSeen {
        version: "3.5.16".to_owned(),
        member_id: member.to_owned(),
        cluster_id: "cdf818194e3a8c32".to_owned(),
        leader: "8e9e05c52164694d".to_owned(),
        db_size_bytes: 20_480,
        db_size_in_use_bytes: 20_480,
        is_learner: false,
        raft_term: 2,
        raft_index: 4,
        raft_applied_index: 4,
        revision: 1,
        errors: Vec::new(),
    };
    let etcd = EtcdSeen {
        status: Some(Ok(status)),
        alarms: Some(Ok(Vec::new())),
        read: Some(Ok(())),
        members: None,
        login: None,
        own_user: None,
    };
    let after = After::Settings { unasked: true };
    EndpointSeen { etcd: Some(etcd), ..endpoint(url, host, Some(tls()), after) }
}

/// A member that refuses our certificate after the handshake, as TLS 1.3 has it.
pub(crate) fn refusing(url: &str, host: &str, alert: &str) -> EndpointSeen {
    let after = After::Alert { name: alert.to_owned(), unasked: true };
    endpoint(url, host, Some(tls()), after)
}

/// A server that this client does not trust, so that nothing was sent.
pub(crate) fn untrusted(url: &str, host: &str) -> EndpointSeen {
    let not_tried = vec![NotTried::ClientCertificate(IdentityDefect::Mismatch)];
    EndpointSeen { not_tried, ..endpoint(url, host, Some(tls()), After::HeldBack) }
}

/// The same with another certificate.
pub(crate) fn presenting(seen: EndpointSeen, chain: &[Der]) -> EndpointSeen {
    let connections = seen.connections.into_iter().map(|connection| {
        let tls = connection.tls.map(|tls| TlsSeen { chain: chain.to_vec(), ..tls });
        Connection { tls, ..connection }
    });
    EndpointSeen { connections: connections.collect(), ..seen }
}

/// A port on which nothing listens.
pub(crate) fn refused(url: &str, host: &str) -> EndpointSeen {
    let mut seen = endpoint(url, host, None, After::Nothing);
    seen.connections[0].tcp = Tcp::Refused;
    seen
}

fn flag(name: &str, value: &str) -> Given {
    Given { value: value.to_owned(), origin: Origin::Flag(name.to_owned()) }
}

fn file(path: &str, role: &str, mode: u32, label: &str, item: Item) -> FileSeen {
    let block = Block { label: label.to_owned(), line: 1, item };
    let content = Content {
        size: 600,
        mode,
        uid: 0,
        gid: 0,
        form: Form::Pem,
        blocks: vec![block],
        defects: Vec::new(),
    };
    FileSeen {
        path: path.to_owned(),
        roles: vec![role.to_owned()],
        state: FileState::Read(content),
    }
}

fn endpoint(url: &str, host: &str, tls: Option<TlsSeen>, after: After) -> EndpointSeen {
    let is_address = host.parse::<std::net::IpAddr>().is_ok();
    let lookup = Lookup { addresses: vec!["127.0.0.1".parse().unwrap()], error: None, ms: 0.2 };
    let server_name = (!is_address).then(|| host.to_owned());
    let tls = tls.map(|tls| TlsSeen { server_name, ..tls });
    let address = if is_address { host } else { "127.0.0.1" };
    let main = Connection {
        purpose: Purpose::Main,
        to: format!("{address}:2379"),
        from: Some("127.0.0.1:40000".parse().unwrap()),
        tcp: Tcp::Connected,
        tcp_ms: 0.1,
        tls,
        first_bytes: String::new(),
        bytes_read: 0,
        listener: None,
        after,
        http: Vec::new(),
    };
    let parts =
        Parts { tls: true, scheme_given: true, host: host.to_owned(), port: 2379, unix: false };
    EndpointSeen {
        url: url.to_owned(),
        parsed: Ok(parts),
        lookup: (!is_address).then_some(lookup),
        connections: vec![main],
        etcd: None,
        resolver: None,
        server_said: Vec::new(),
        not_tried: Vec::new(),
        took_ms: 4.2,
    }
}

fn tls() -> TlsSeen {
    let ca = Certificate::parse(&der("ca.crt").0, Go::DEFAULT).unwrap();
    TlsSeen {
        end: HandshakeEnd::Complete,
        ms: 1.7,
        server_name: None,
        version: Some("TLSv1.3".to_owned()),
        cipher_suite: Some("TLS_AES_128_GCM_SHA256".to_owned()),
        group: Some("X25519".to_owned()),
        alpn: Some("h2".to_owned()),
        chain: vec![der("server.crt")],
        bad_signature: None,
        request: Some(CertificateRequest { acceptable_cas: vec![Der(ca.raw_subject)] }),
        certificate_sent: true,
    }
}
