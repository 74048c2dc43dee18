//! The certificates and keys of a kubeconfig: `clusters[].cluster` and `users[].user` of Kubernetes'
//! `client-go/tools/clientcmd/api/v1/types.go`, embedded as base64 or named as files.
//!
//! Read as a stream of events, so that nesting costs no stack; tokens and passwords are passed over.

use data_encoding::BASE64;
use saphyr_parser::{Event, Parser};
use zeroize::Zeroizing;

use super::form;
use crate::observation::tree::{Embedded, Kubeconfig, Referenced};

const FIELDS: [&str; 3] = ["certificate-authority", "client-certificate", "client-key"];

/// What a text holds if it is a kubeconfig.
pub(crate) fn read(bytes: &[u8]) -> Option<Kubeconfig> {
    let text = std::str::from_utf8(bytes).ok()?;
    if !FIELDS.iter().any(|field| text.contains(field)) {
        return None;
    }
    let mut found = Kubeconfig::default();
    let mut key: Option<String> = None;
    let mut events = Parser::new_from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    while let Some(Ok((event, span))) = events.next_event() {
        let Event::Scalar(value, ..) = event else {
            key = None;
            continue;
        };
        match key.take() {
            Some(field) if field.ends_with("-data") => {
                let blocks = decode(&value);
                found.embedded.push(Embedded { field, line: span.start.line(), blocks });
            }
            Some(field) => found.referenced.push(Referenced { field, path: value.into_owned() }),
            None => {
                let name = value.strip_suffix("-data").unwrap_or(&value);
                key = FIELDS.contains(&name).then(|| value.into_owned());
            }
        }
    }
    (!found.embedded.is_empty() || !found.referenced.is_empty()).then_some(found)
}

fn decode(base64: &str) -> Vec<crate::observation::file::Block> {
    let symbols: Zeroizing<Vec<u8>> =
        base64.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect::<Vec<_>>().into();
    let decoded = BASE64.decode(&symbols).map(Zeroizing::new);
    decoded.map(|bytes| form::recognise(&bytes, false).blocks).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::file::Item;

    #[test]
    fn embedded_and_named_material_is_found_and_tokens_are_not() {
        let pair = rcgen::KeyPair::generate().unwrap();
        let certificate = rcgen::CertificateParams::default().self_signed(&pair).unwrap();
        let data = |pem: String| BASE64.encode(pem.as_bytes());
        let text = format!(
            "kind: Config\nclusters:\n- name: k\n  cluster:\n    certificate-authority-data: {}\n\
             users:\n- name: u\n  user:\n    client-key-data: {}\n    client-certificate: u.crt\n    token: secret\n",
            data(certificate.pem()),
            data(pair.serialize_pem()),
        );
        let found = read(text.as_bytes()).unwrap();
        let [ca, key] = found.embedded.as_slice() else { panic!("{found:?}") };
        assert_eq!((ca.line, ca.field.as_str()), (5, "certificate-authority-data"));
        assert!(matches!(ca.blocks[0].item, Item::Certificate(_)));
        assert!(matches!(&key.blocks[0].item, Item::Key(key) if key.spki.is_some()));
        assert_eq!(found.referenced[0].path, "u.crt");
        assert!(!format!("{found:?}").contains("secret"));
        assert!(read(b"kind: Config\nclusters: []\n").is_none());
    }
}
