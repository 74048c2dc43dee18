//! The names by which Go, and so etcd, knows the cipher suites of TLS 1.2: `crypto/tls`, `CipherSuites` and
//! `InsecureCipherSuites`; etcd `client/pkg/tlsutil/cipher_suites.go`.

/// Suites that Go offers by itself.
const SECURE: [&str; 13] = [
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
];

/// Suites that it knows and calls insecure.
const INSECURE: [&str; 12] = [
    "TLS_RSA_WITH_RC4_128_SHA",
    "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
    "TLS_RSA_WITH_AES_128_CBC_SHA",
    "TLS_RSA_WITH_AES_256_CBC_SHA",
    "TLS_RSA_WITH_AES_128_CBC_SHA256",
    "TLS_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA",
    "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
    "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
];

/// Older names that etcd takes besides, for the suites of the same name with `_SHA256`.
const OLD: [&str; 2] =
    ["TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305"];

/// Whether etcd knows the name.
pub(super) fn is_known(name: &str) -> bool {
    SECURE.contains(&name) || INSECURE.contains(&name) || OLD.contains(&name)
}

/// Whether it stands for RC4, 3DES, CBC with SHA-1, or a key exchange without forward secrecy.
pub(super) fn is_weak(name: &str) -> bool {
    INSECURE.contains(&name) || name.ends_with("_CBC_SHA")
}

/// The name that was probably meant: the same suite in OpenSSL's spelling, or in other letters.
pub(super) fn meant_by(name: &str) -> Option<&'static str> {
    let wanted = plain(name);
    // OpenSSL spells the suites of TLS 1.3 as everyone does.
    let possible = |known: &&str| known.contains("_WITH_") || !name.contains('-');
    SECURE.into_iter().chain(INSECURE).filter(possible).find(|known| plain(known) == wanted)
}

/// A name without what the spellings differ in.
fn plain(name: &str) -> String {
    let upper = name.to_ascii_uppercase().replace("DES-CBC3", "3DES_EDE_CBC");
    let words: Vec<&str> = upper
        .split(['_', '-'])
        .filter(|word| !word.is_empty() && *word != "TLS" && *word != "WITH")
        .collect();
    let joined = words.concat();
    // OpenSSL leaves the key exchange RSA and the mode CBC unsaid, and ends ChaCha20 without its hash.
    let cbc = if joined.contains("GCM") || joined.contains("POLY1305") {
        joined
    } else {
        joined.replace("CBC", "")
    };
    let hashed = if cbc.ends_with("POLY1305") { format!("{cbc}SHA256") } else { cbc };
    match hashed.strip_prefix("RSA") {
        Some(rest) => rest.to_owned(),
        None => hashed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openssls_names_are_recognised() {
        for (openssl, go) in [
            ("ECDHE-RSA-AES128-GCM-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
            ("ECDHE-ECDSA-AES256-GCM-SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
            ("ECDHE-RSA-CHACHA20-POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
            ("ECDHE-RSA-AES128-SHA", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
            ("AES128-GCM-SHA256", "TLS_RSA_WITH_AES_128_GCM_SHA256"),
            ("tls_ecdhe_rsa_with_aes_128_gcm_sha256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
            ("ECDHE-RSA-DES-CBC3-SHA", "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"),
        ] {
            assert_eq!(meant_by(openssl), Some(go), "{openssl}");
            assert!(!is_known(openssl) && is_known(go));
        }
        assert_eq!(meant_by("NULL"), None);
        assert!(
            is_weak("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA") && !is_weak("TLS_AES_128_GCM_SHA256")
        );
    }
}
