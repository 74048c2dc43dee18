//! Any bytes as a certificate, a revocation list and a name, under the oldest and the newest rules.
#![no_main]

use etcd_tls::x509::{Certificate, Crl, Go, name_display};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for release in ["1.16", "1.24", "1.27.3"] {
        let Some(go) = Go::parse(release) else { continue };
        let Ok(certificate) = Certificate::parse(bytes, go) else { continue };
        let _ = (certificate.subject(), certificate.names_display(), certificate.is_self_signed());
        let _ = certificate.verify_host("etcd-0.example.com", go);
        let _ = certificate.check_signature_from(&certificate, go);
    }
    let _ = Crl::parse(bytes);
    let _ = name_display(bytes);
});
