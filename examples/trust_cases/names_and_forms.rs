//! Cases about name constraints, extensions, encodings and policies.

use super::mint::{self, Template};
use super::{Case, Keys, named};

impl Keys {
    pub(super) fn constraints(&self) -> Vec<(String, Case)> {
        let wanted: [(&[&str], &[&str], &[&str]); 13] = [
            (&["DNS:example.com"], &[], &["DNS:etcd-0.example.com", "IP:10.0.0.1"]),
            (&["DNS:example.com"], &[], &["DNS:example.org"]),
            (&["DNS:.example.com"], &[], &["DNS:example.com"]),
            (&[], &["DNS:example.com"], &["DNS:EXAMPLE.com"]),
            (&[], &["DNS:etcd-0.example.com"], &["DNS:*.example.com"]),
            (&["range:10.0.0.0/255.0.0.0"], &[], &["IP:10.1.2.3"]),
            (&["range:10.0.0.0/255.0.0.0"], &[], &["IP:11.1.2.3"]),
            (&["range:10.0.0.0/255.0.0.0"], &[], &["IP:::ffff:10.1.2.3"]),
            (&["range:10.0.0.0/255.0.0.0"], &[], &["DNS:.example.com"]),
            (&["range:10.0.0.0/255.0.255.0"], &[], &["IP:10.1.2.3"]),
            (&[], &["URI:example.com"], &["URI:urn:x"]),
            (&["email:root@example.com"], &[], &["email:Root@example.com"]),
            (&["email:example.com"], &[], &["email:no mailbox"]),
        ];
        let mut cases: Vec<(String, Case)> = wanted
            .into_iter()
            .map(|(permitted, excluded, names)| {
                let id = format!(
                    "{} under permitted {permitted:?} excluded {excluded:?}",
                    names.join(" ")
                );
                let ca = self.ca(|ca| ca.with(mint::name_constraints(permitted, excluded)));
                let leaf = self.leaf(|leaf| leaf.with(mint::san(names)));
                (id, Case { leaf, intermediates: vec![ca], ..self.sound() })
            })
            .collect();
        let root = self.root(|root| root.with(mint::name_constraints(&["DNS:example.com"], &[])));
        let ca = self.ca(|ca| ca.with(mint::san(&["DNS:ca.example.org"])));
        let by_root = Case { anchors: vec![root], intermediates: vec![ca], ..self.sound() };
        cases.push(("names of an intermediate under its root".into(), by_root));
        cases
    }

    pub(super) fn extensions(&self) -> Vec<(String, Case)> {
        let other_name = mint::sequence(&[mint::tlv(0x88, &[0x2a, 3])]);
        named([
            (
                "critical-in-root",
                self.with_root(|root| root.with(mint::extension("1.2.3", true, b""))),
            ),
            (
                "uncritical-and-unknown",
                self.with_leaf(|leaf| leaf.with(mint::extension("1.2.3", false, b""))),
            ),
            ("twice", self.with_leaf(|leaf| leaf.with(mint::san(&[])).with(mint::san(&[])))),
            (
                "critical-san-without-a-known-name",
                self.with_leaf(|leaf| leaf.with(mint::extension("2.5.29.17", true, &other_name))),
            ),
            (
                "critical-key-id",
                self.with_leaf(|leaf| {
                    leaf.with(mint::extension("2.5.29.14", true, &mint::tlv(4, b"id")))
                }),
            ),
            (
                "address-of-five-bytes",
                self.with_leaf(|leaf| {
                    leaf.with(mint::extension(
                        "2.5.29.17",
                        false,
                        &mint::sequence(&[mint::tlv(0x87, b"12345")]),
                    ))
                }),
            ),
            ("uri-with-a-space", self.with_leaf(|leaf| leaf.with(mint::san(&["URI:http://a b/"])))),
        ])
    }

    pub(super) fn encodings(&self) -> Vec<(String, Case)> {
        let trailing = [self.leaf(|leaf| leaf), vec![0]].concat();
        let mut nameless = Template::new("x", "ca");
        nameless.subject = mint::sequence(&[mint::tlv(
            0x31,
            &mint::sequence(&[mint::oid("2.5.4.3"), mint::tlv(0x13, b"a@b")]),
        )]);
        let mut lower_case = Template::ca("CA", "root");
        lower_case.subject = mint::name("CA");
        named([
            ("trailing-byte", Case { leaf: trailing, ..self.sound() }),
            ("negative-serial", self.with_leaf(|leaf| leaf.serial(-1))),
            ("zero-serial", self.with_leaf(|leaf| leaf.serial(0))),
            (
                "at-sign-in-printable-string",
                Case { leaf: nameless.sign(&self.leaf, &self.ca), ..self.sound() },
            ),
            (
                "issuer-name-in-other-case",
                Case { intermediates: vec![lower_case.sign(&self.ca, &self.root)], ..self.sound() },
            ),
        ])
    }

    pub(super) fn policies(&self) -> Vec<(String, Case)> {
        let policy = |id: &str| {
            mint::extension(
                "2.5.29.32",
                false,
                &mint::sequence(&[mint::sequence(&[mint::oid(id)])]),
            )
        };
        let explicit =
            mint::extension("2.5.29.36", true, &mint::sequence(&[mint::tlv(0x80, &[0])]));
        let any_mapped =
            mint::sequence(&[mint::sequence(&[mint::oid("2.5.29.32.0"), mint::oid("1.2.3")])]);
        let mapping = mint::extension("2.5.29.33", true, &any_mapped);
        let strict = self.ca(|ca| ca.with(policy("1.2.3")).with(explicit.clone()));
        named([
            (
                "explicit-policy-missing",
                Case { intermediates: vec![strict.clone()], ..self.sound() },
            ),
            (
                "explicit-policy-kept",
                Case {
                    intermediates: vec![strict.clone()],
                    ..self.with_leaf(|leaf| leaf.with(policy("1.2.3")))
                },
            ),
            (
                "explicit-policy-other",
                Case {
                    intermediates: vec![strict],
                    ..self.with_leaf(|leaf| leaf.with(policy("1.2.4")))
                },
            ),
            (
                "any-policy-mapped",
                self.with_ca(|ca| ca.with(policy("1.2.3")).with(mapping.clone())),
            ),
        ])
    }
}
