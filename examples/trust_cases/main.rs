//! Writes `fixtures/trust/rules.json`: one case or a few for every rule of `trust`, with a live Go's verdict on each.
//!
//! `cargo run --example trust_cases -- ORACLE > fixtures/trust/rules.json`, where ORACLE reads cases in the limbo schema
//! on standard input and prints a verdict a line. Keys are new in every run, verdicts are not.

#![expect(clippy::unwrap_used, reason = "a mint may stop where it stands")]

#[path = "../../tests/support/mint.rs"]
mod mint;
mod names_and_forms;

use mint::{CLIENT_AUTH, Key, SERVER_AUTH, Template};
use serde_json::{Value, json};
use std::io::Write as _;
use std::process::{Command, Stdio};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let oracle = std::env::args().nth(1).ok_or("usage: trust_cases ORACLE")?;
    let cases = Keys::generate().cases();
    let mut running = Command::new(oracle).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let document = json!({ "testcases": cases.clone() }).to_string();
    running.stdin.take().ok_or("no standard input")?.write_all(document.as_bytes())?;
    let verdicts = String::from_utf8(running.wait_with_output()?.stdout)?;
    let mut recorded = cases;
    for (case, line) in recorded.iter_mut().zip(verdicts.lines()) {
        case["go_verdict"] = serde_json::from_str(line)?;
    }
    let document = json!({"version": 1, "recorded_by": recorded[0]["go_verdict"]["go_version"], "testcases": recorded});
    writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&document)?)?;
    Ok(())
}

struct Keys {
    root: Key,
    ca: Key,
    leaf: Key,
    other: Key,
}

/// One case under construction: a leaf below a CA below a root, unless told otherwise.
#[derive(Clone)]
struct Case {
    leaf: Vec<u8>,
    intermediates: Vec<Vec<u8>>,
    anchors: Vec<Vec<u8>>,
    host: Option<&'static str>,
    kind: &'static str,
    when: &'static str,
}

impl Case {
    fn to_json(&self, id: &str) -> Value {
        let pems = |pool: &[Vec<u8>]| pool.iter().map(|der| mint::pem(der)).collect::<Vec<_>>();
        json!({
            "id": id,
            "validation_kind": self.kind,
            "trusted_certs": pems(&self.anchors),
            "untrusted_intermediates": pems(&self.intermediates),
            "peer_certificate": mint::pem(&self.leaf),
            "validation_time": self.when,
            "extended_key_usage": [],
            "expected_peer_name": self.host.map(|host| json!({"kind": "DNS", "value": host})),
        })
    }
}

impl Keys {
    fn generate() -> Self {
        Self {
            root: Key::generate(),
            ca: Key::generate(),
            leaf: Key::generate(),
            other: Key::generate(),
        }
    }

    fn root(&self, change: impl Fn(Template) -> Template) -> Vec<u8> {
        change(Template::ca("root", "root")).sign(&self.root, &self.root)
    }

    fn ca(&self, change: impl Fn(Template) -> Template) -> Vec<u8> {
        change(Template::ca("ca", "root")).sign(&self.ca, &self.root)
    }

    fn leaf(&self, change: impl Fn(Template) -> Template) -> Vec<u8> {
        change(Template::new("etcd-0", "ca").serial(7)).sign(&self.leaf, &self.ca)
    }

    fn sound(&self) -> Case {
        Case {
            leaf: self
                .leaf(|leaf| leaf.with(mint::san(&["DNS:etcd-0.example.com", "IP:10.0.0.1"]))),
            intermediates: vec![self.ca(|ca| ca)],
            anchors: vec![self.root(|root| root)],
            host: None,
            kind: "SERVER",
            when: "2026-06-01T00:00:00Z",
        }
    }

    fn with_leaf(&self, change: impl Fn(Template) -> Template) -> Case {
        Case { leaf: self.leaf(change), ..self.sound() }
    }

    fn with_ca(&self, change: impl Fn(Template) -> Template) -> Case {
        Case { intermediates: vec![self.ca(change)], ..self.sound() }
    }

    fn with_root(&self, change: impl Fn(Template) -> Template) -> Case {
        Case { anchors: vec![self.root(change)], ..self.sound() }
    }

    fn cases(&self) -> Vec<Value> {
        let groups = [
            self.order_and_validity(),
            self.authorities(),
            self.usages(),
            self.paths(),
            self.hosts(),
        ];
        let more = [self.constraints(), self.extensions(), self.encodings(), self.policies()];
        groups.into_iter().chain(more).flatten().map(|(id, case)| case.to_json(&id)).collect()
    }

    fn order_and_validity(&self) -> Vec<(String, Case)> {
        let expired = |template: Template| template.valid("200101000000Z", "210101000000Z");
        let unknown = vec![Template::ca("stranger", "stranger").sign(&self.other, &self.other)];
        let wrong_host = Some("wrong.example.com");
        named([
            ("sound", self.sound()),
            ("expired-before-name", Case { host: wrong_host, ..self.with_leaf(expired) }),
            (
                "name-before-authority",
                Case { host: wrong_host, anchors: unknown.clone(), ..self.sound() },
            ),
            ("unknown-authority", Case { anchors: unknown, ..self.sound() }),
            (
                "critical-before-expiry",
                self.with_leaf(|leaf| expired(leaf).with(mint::extension("1.2.3", true, b""))),
            ),
            ("expired-ca", self.with_ca(expired)),
            ("expired-root", self.with_root(expired)),
            ("not-yet-valid", Case { when: "2019-12-31T23:59:59Z", ..self.sound() }),
            ("first-second", Case { when: "2020-01-01T00:00:00Z", ..self.sound() }),
            ("last-second", Case { when: "2039-12-31T23:59:59Z", ..self.sound() }),
            ("half-a-second-late", Case { when: "2039-12-31T23:59:59.5Z", ..self.sound() }),
            (
                "offset-in-time",
                self.with_leaf(|leaf| leaf.valid("200101000000+0200", "391231235959Z")),
            ),
            ("no-such-day", self.with_leaf(|leaf| leaf.valid("200230000000Z", "391231235959Z"))),
        ])
    }

    fn authorities(&self) -> Vec<(String, Case)> {
        let pinned = |leaf: Vec<u8>| Case {
            anchors: vec![leaf.clone()],
            leaf,
            intermediates: vec![],
            ..self.sound()
        };
        let plain = |version| {
            let mut root = Template::new("root", "root");
            root.version = version;
            root.sign(&self.root, &self.root)
        };
        let old_ca = |mut ca: Template| {
            ca.extensions.clear();
            ca.version = 1;
            ca
        };
        let forged = Template::new("etcd-0", "ca").sign(&self.leaf, &self.other);
        let bare = |flag, bits| {
            move |ca: Template| {
                Template { extensions: Vec::new(), ..ca }
                    .with(mint::basic_constraints(flag, None))
                    .with(mint::key_usage(bits))
            }
        };
        named([
            ("pinned-leaf", pinned(self.leaf(|leaf| leaf))),
            (
                "pinned-and-expired",
                pinned(self.leaf(|leaf| leaf.valid("200101000000Z", "210101000000Z"))),
            ),
            ("v1-root", Case { anchors: vec![plain(1)], ..self.sound() }),
            ("v3-root-without-constraints", Case { anchors: vec![plain(3)], ..self.sound() }),
            ("v1-intermediate", self.with_ca(old_ca)),
            ("ca-flag-false", self.with_ca(bare(false, "000001"))),
            ("no-key-cert-sign", self.with_ca(bare(true, "1"))),
            ("all-zero-key-usage", self.with_ca(bare(true, "0"))),
            (
                "intermediate-as-root",
                Case { anchors: vec![self.ca(|ca| ca)], intermediates: vec![], ..self.sound() },
            ),
            ("bad-signature", Case { leaf: forged, ..self.sound() }),
            (
                "root-of-another-key",
                Case {
                    anchors: vec![Template::ca("root", "root").sign(&self.other, &self.other)],
                    ..self.sound()
                },
            ),
        ])
    }

    fn usages(&self) -> Vec<(String, Case)> {
        let usage = |list: &'static [&'static str]| {
            move |template: Template| template.with(mint::extended_key_usage(list))
        };
        named([
            ("client-leaf-as-server", self.with_leaf(usage(&[CLIENT_AUTH]))),
            (
                "client-leaf-as-client",
                Case { kind: "CLIENT", ..self.with_leaf(usage(&[CLIENT_AUTH])) },
            ),
            ("any-in-leaf", self.with_leaf(usage(&["2.5.29.37.0"]))),
            ("empty-usage", self.with_leaf(usage(&[]))),
            ("unknown-usage", self.with_leaf(usage(&["1.2.3"]))),
            ("ca-for-clients", self.with_ca(usage(&[CLIENT_AUTH]))),
            ("root-for-clients", self.with_root(usage(&[CLIENT_AUTH]))),
            ("root-for-both", self.with_root(usage(&[CLIENT_AUTH, SERVER_AUTH]))),
        ])
    }

    fn paths(&self) -> Vec<(String, Case)> {
        let limited = |ca: Template, most| {
            Template { extensions: vec![], ..ca }.with(mint::basic_constraints(true, Some(most)))
        };
        let self_issued = Template::ca("ca", "ca").serial(5).sign(&self.ca, &self.ca);
        let twin = Template::ca("ca", "root").serial(6).sign(&self.other, &self.root);
        let below = Template::new("deep", "etcd-0").sign(&self.other, &self.leaf);
        let middle = Template::ca("etcd-0", "ca").sign(&self.leaf, &self.ca);
        let cross = Template::ca("root", "other").sign(&self.root, &self.other);
        let other_root = Template::ca("other", "other").sign(&self.other, &self.other);
        let deep = |change: &dyn Fn(Template) -> Template| Case {
            leaf: below.clone(),
            intermediates: vec![middle.clone(), self.ca(change)],
            ..self.sound()
        };
        let many: Vec<Vec<u8>> = (0..120)
            .map(|serial| {
                Template::ca("ca", "root").serial(100 + serial).sign(&self.other, &self.root)
            })
            .collect();
        named([
            ("path-length-zero-holds", self.with_ca(|ca| limited(ca, 0))),
            ("path-length-zero-exceeded", deep(&|ca| limited(ca, 0))),
            ("path-length-one-holds", deep(&|ca| limited(ca, 1))),
            (
                "root-path-length",
                Case { anchors: vec![self.root(|root| limited(root, 0))], ..self.sound() },
            ),
            ("negative-path-length", self.with_ca(|ca| limited(ca, -1))),
            (
                "self-signed-with-helper",
                Case { intermediates: vec![self_issued, self.ca(|ca| ca)], ..self.sound() },
            ),
            (
                "twin-of-another-key-first",
                Case { intermediates: vec![twin, self.ca(|ca| ca)], ..self.sound() },
            ),
            (
                "cross-signed",
                Case {
                    anchors: vec![other_root],
                    intermediates: vec![self.ca(|ca| ca), cross],
                    ..self.sound()
                },
            ),
            ("budget-spent", Case { intermediates: many, ..self.sound() }),
            (
                "key-ids-differ",
                Case {
                    leaf: self.leaf(|leaf| leaf.with(mint::authority_key_id(b"one"))),
                    ..self.with_ca(|ca| ca.with(mint::subject_key_id(b"two")))
                },
            ),
            (
                "loop",
                Case {
                    anchors: vec![],
                    intermediates: vec![self.ca(|ca| ca), self.root(|root| root)],
                    ..self.sound()
                },
            ),
        ])
    }

    fn hosts(&self) -> Vec<(String, Case)> {
        let wanted: [(&[&str], &'static str); 14] = [
            (&["DNS:etcd-0.example.com"], "ETCD-0.example.com."),
            (&["DNS:*.example.com"], "etcd-0.example.com"),
            (&["DNS:*.example.com"], "a.b.example.com"),
            (&["DNS:*"], "localhost"),
            (&["DNS:etcd-*.example.com"], "etcd-0.example.com"),
            (&["DNS:example.com."], "example.com"),
            (&["IP:10.0.0.1"], "10.0.0.1"),
            (&["IP:10.0.0.1"], "[::ffff:10.0.0.1]"),
            (&["DNS:10.0.0.1"], "10.0.0.1"),
            (&["DNS:10.0.0.1"], "10.0.0.1."),
            (&["IP:::1"], "[::1]"),
            (&["IP:10.0.0.1"], "010.0.0.1"),
            (&["URI:https://etcd-0"], "etcd-0"),
            (&[], "etcd-0"),
        ];
        let mut cases: Vec<(String, Case)> = wanted
            .into_iter()
            .map(|(names, host)| {
                let id = format!("host {host} with {}", names.join(" "));
                (
                    id,
                    Case { host: Some(host), ..self.with_leaf(|leaf| leaf.with(mint::san(names))) },
                )
            })
            .collect();
        cases.push((
            "common-name-only".into(),
            Case { host: Some("etcd-0"), ..self.with_leaf(|leaf| leaf) },
        ));
        cases
    }
}

fn named<const N: usize>(cases: [(&str, Case); N]) -> Vec<(String, Case)> {
    cases.into_iter().map(|(id, case)| (id.to_owned(), case)).collect()
}
