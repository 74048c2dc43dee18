//! Saved cases of release 0.1 (`etcd-tls/case/v1`): their reasons were sentences, and become what this release tells apart. A
//! sentence that is not known stays as it is, as the words of another release.

use serde_json::{Value, json};

use super::{
    backup::StreamError,
    config::{ConfigDefect, ConfigProblem},
    endpoint::{
        HandshakeFailure, HttpFailure, IdentityDefect, LookupError, NotTried, UrlDefect,
        VersionRefusal,
    },
    key::KeyDefect,
    refusal::{FileRefusal, SpecialFile, SystemError},
};

/// The schema name that such a case carries.
pub(super) const SCHEMA: &str = "etcd-tls/case/v1";

/// What a sentence becomes.
type Reading = fn(&str) -> Value;

/// Where sentences stand in a case, `*` for each item of a list, and what becomes of them.
const REASONS: &[(&str, Reading)] = &[
    ("/files/*/state/denied/error", |text| json!(system_error(text))),
    ("/files/*/state/failed/error", |text| json!(system_error(text))),
    ("/files/*/state/not-regular/kind", |text| json!(special_file(text))),
    ("/files/*/state/read/blocks/*/item/key/unusable", |text| json!(key_defect(text))),
    ("/configs/*/problem", |text| json!(config_problem(text))),
    ("/endpoints/*/parsed/Err/why", |text| json!(url_defect(text))),
    ("/endpoints/*/lookup/error", |text| json!(lookup_error(text))),
    ("/endpoints/*/connections/*/tcp/unreachable", |text| json!(system_error(text))),
    ("/endpoints/*/connections/*/tcp/failed", |text| json!(system_error(text))),
    ("/endpoints/*/connections/*/tls/end/version", |text| json!(version_refusal(text))),
    ("/endpoints/*/connections/*/tls/end/failed", |text| json!(handshake_failure(text))),
    ("/endpoints/*/connections/*/http/*/error", |text| json!(http_failure(text))),
    ("/endpoints/*/resolver/reverse/Err", |text| json!(lookup_error(text))),
    ("/endpoints/*/resolver/forward/*/1/Err", |text| json!(lookup_error(text))),
    ("/endpoints/*/not_tried/*", |text| json!(not_tried(text))),
    ("/names/*/found/Err", |text| json!(lookup_error(text))),
    ("/diallers/*/resolver/reverse/Err", |text| json!(lookup_error(text))),
    ("/diallers/*/resolver/forward/*/1/Err", |text| json!(lookup_error(text))),
    ("/backup/destination/refused", |text| json!(system_error(text))),
    ("/backup/source/content/unreadable", |text| json!(file_refusal(text))),
];

/// Lists that hold the same as another.
const TWINS: [(&str, &str); 2] = [("/neighbours", "/files"), ("/advertised", "/endpoints")];

/// Turns a case of release 0.1 into one of this release.
pub(super) fn upgrade(case: &mut Value) {
    for (path, retyped) in REASONS {
        retype(case, path, *retyped);
        for (twin, list) in TWINS {
            if let Some(rest) = path.strip_prefix(list) {
                retype(case, &format!("{twin}{rest}"), *retyped);
            }
        }
    }
    if let Some(error) = case.pointer_mut("/backup/stream/opened/Err") {
        let known = error.get("message").and_then(Value::as_str).and_then(stream_error);
        *error = known.map_or_else(|| json!({"grpc": error}), |known| json!(known));
    }
    if let Some(schema) = case.get_mut("schema") {
        *schema = super::SCHEMA.into();
    }
    if let Some(peers) = case.get_mut("peers") {
        upgrade(peers);
    }
}

fn retype(value: &mut Value, path: &str, retyped: fn(&str) -> Value) {
    if let Some((list, rest)) = path.split_once("/*") {
        for item in value.pointer_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            retype(item, rest, retyped);
        }
    } else if let Some(reason) = value.pointer_mut(path)
        && let Some(text) = reason.as_str()
    {
        *reason = retyped(text);
    }
}

/// What stands between the two ends of a sentence.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    text.strip_prefix(before)?.strip_suffix(after)
}

fn system_error(text: &str) -> SystemError {
    const NUMBERS: [(&str, i32); 9] = [
        ("operation not permitted", 1),
        ("no such file or directory", 2),
        ("input/output error", 5),
        ("permission denied", 13),
        ("is not a directory", 20),
        ("too many open files in system", 23),
        ("too many open files", 24),
        ("file name too long", 36),
        ("too many levels of symbolic links", 40),
    ];
    let numbered = text.rsplit_once(" (os error ");
    let number = numbered.and_then(|(_, number)| number.strip_suffix(')')?.parse().ok());
    let named = || NUMBERS.iter().find(|(name, _)| *name == text).map(|(_, number)| *number);
    let number = number.or_else(named);
    number.map_or_else(|| SystemError::Other(text.to_owned()), SystemError::Errno)
}

fn special_file(text: &str) -> SpecialFile {
    match text {
        "FIFO" => SpecialFile::Fifo,
        "socket" => SpecialFile::Socket,
        "character device" => SpecialFile::CharacterDevice,
        "block device" => SpecialFile::BlockDevice,
        _ => SpecialFile::Unknown,
    }
}

fn file_refusal(text: &str) -> FileRefusal {
    let too_large = || {
        let (size, limit) = text.strip_prefix("has ")?.split_once(" bytes, more than ")?;
        Some(FileRefusal::TooLarge { size: size.parse().ok()?, limit: limit.parse().ok()? })
    };
    match text {
        "no such file or directory" => FileRefusal::Missing,
        "is a directory" => FileRefusal::Directory,
        "is no regular file" => FileRefusal::NotRegular(SpecialFile::Unknown),
        _ => match (text.strip_prefix("is no regular file but a "), system_error(text)) {
            (Some(kind), _) => FileRefusal::NotRegular(special_file(kind)),
            (None, error @ SystemError::Errno(_)) => FileRefusal::System(error),
            (None, SystemError::Other(text)) => too_large().unwrap_or(FileRefusal::Other(text)),
        },
    }
}

fn key_defect(text: &str) -> KeyDefect {
    match text {
        "a passphrase protects it, and neither etcd nor etcdctl can ask for one" => {
            KeyDefect::Passphrase
        }
        "Go's TLS does not read OpenSSH's container" => KeyDefect::OpenSsh,
        "Go's TLS has no DSA" => KeyDefect::NotForTls("DSA".to_owned()),
        "no PKCS#1, PKCS#8 or SEC1 private key" => KeyDefect::UnknownForm,
        "no RSA private key inside PKCS#8" => KeyDefect::NoRsaInPkcs8,
        "no EC private key inside PKCS#8" => KeyDefect::NoEcInPkcs8,
        "malformed Ed25519 key" => KeyDefect::MalformedEd25519,
        "malformed RSA key" => KeyDefect::MalformedRsa,
        "larger than any TLS peer takes" => KeyDefect::TooLarge,
        "its numbers do not belong together" => KeyDefect::Inconsistent,
        "it does not name its curve" => KeyDefect::NoCurve,
        "its number is out of the curve's range" => KeyDefect::OutOfRange,
        _ => {
            let not_for_tls = text.strip_suffix(" is not for TLS in Go");
            let curve = text.strip_prefix("Go's TLS does not know the curve ");
            match (not_for_tls, curve) {
                (Some(name), _) => KeyDefect::NotForTls(name.to_owned()),
                (None, Some(name)) => KeyDefect::UnknownCurve(name.to_owned()),
                (None, None) => KeyDefect::Other(text.to_owned()),
            }
        }
    }
}

fn config_problem(text: &str) -> ConfigProblem {
    let line = text.strip_prefix("line ").and_then(|rest| {
        let (line, what) = rest.split_once(": ")?;
        Some((line.parse().ok()?, what))
    });
    let Some((line, what)) = line else {
        return ConfigProblem::of_file(match text {
            "neither ETCD_NAME=value lines, a unit, a manifest, nor etcd's YAML" => {
                ConfigDefect::UnknownForm
            }
            _ => ConfigDefect::Unreadable(file_refusal(text)),
        });
    };
    let what = match what {
        "a byte order mark is part of the name" => ConfigDefect::ByteOrderMark,
        "no NAME=value" => ConfigDefect::NoAssignment,
        "a quote is never closed" => ConfigDefect::OpenQuote,
        "a single value instead of names and values" => ConfigDefect::SingleValue,
        "a list instead of names and values" => ConfigDefect::List,
        "a name that is no text instead of names and values" => ConfigDefect::NameNoText,
        other => ConfigDefect::Other(other.to_owned()),
    };
    ConfigProblem::in_line(line, what)
}

fn url_defect(text: &str) -> UrlDefect {
    let first = |quoted: &str| quoted.chars().next();
    let about = || {
        between(text, "the scheme `", "` is none of http, https, unix, unixs")
            .map(|scheme| UrlDefect::Scheme(scheme.to_owned()))
            .or_else(|| {
                let what = between(text, "`", "` follows the address; an endpoint has no path");
                what.and_then(first).map(UrlDefect::Path)
            })
            .or_else(|| {
                let what = between(text, "`", "` can't stand in a host name");
                what.and_then(first).map(UrlDefect::HostCharacter)
            })
            .or_else(|| {
                let host = between(text, "`[", "]` is no IPv6 address");
                host.map(|host| UrlDefect::NotIpv6(host.to_owned()))
            })
            .or_else(|| {
                let port = between(text, "`", "` is no port from 1 to 65535");
                port.map(|port| UrlDefect::Port(port.to_owned()))
            })
    };
    match text {
        "it is empty" => UrlDefect::Empty,
        "it contains white space" => UrlDefect::WhiteSpace,
        "it holds a user name; use --user" => UrlDefect::UserName,
        "`[` is never closed" => UrlDefect::OpenBracket,
        "the port is missing" => UrlDefect::NoPort,
        "an IPv6 address needs brackets" => UrlDefect::NeedsBrackets,
        "the host is missing" => UrlDefect::NoHost,
        _ => about().unwrap_or_else(|| UrlDefect::Other(text.to_owned())),
    }
}

fn lookup_error(text: &str) -> LookupError {
    match text {
        "no answer in time" => LookupError::Timeout,
        "no address" => LookupError::NoAddress,
        _ => LookupError::Other(text.to_owned()),
    }
}

fn version_refusal(text: &str) -> VersionRefusal {
    match text {
        "ServerDoesNotSupportTls12Or13" => VersionRefusal::TooOld,
        "ServerTlsVersionIsDisabledByOurConfig" => VersionRefusal::NotOffered,
        _ => VersionRefusal::Other(text.to_owned()),
    }
}

fn handshake_failure(text: &str) -> HandshakeFailure {
    match system_error(text) {
        error @ SystemError::Errno(_) => HandshakeFailure::System(error),
        SystemError::Other(words) => HandshakeFailure::Tls(words),
    }
}

fn http_failure(text: &str) -> HttpFailure {
    match text {
        "no answer in time" => HttpFailure::Timeout,
        _ => HttpFailure::Other(text.to_owned()),
    }
}

fn not_tried(text: &str) -> NotTried {
    let defect = match text.strip_prefix("presenting the client certificate: ") {
        Some("certificate or key can't be read") => IdentityDefect::Unreadable,
        Some("the key doesn't belong to the certificate") => IdentityDefect::Mismatch,
        Some(why) if why.starts_with("not tried: ") => IdentityDefect::CantSign,
        _ => return NotTried::Other(text.to_owned()),
    };
    NotTried::ClientCertificate(defect)
}

fn stream_error(text: &str) -> Option<StreamError> {
    Some(match text {
        "no answer in time" => StreamError::Timeout,
        "no connection" => StreamError::NoConnection,
        "the TLS handshake failed" => StreamError::Handshake,
        "the server's certificate is not accepted" => StreamError::NotAccepted,
        "the stream ended before its first block" => StreamError::Ended,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_become_what_they_say() {
        assert_eq!(system_error("Network is unreachable (os error 101)"), SystemError::Errno(101));
        assert_eq!(system_error("permission denied"), SystemError::Errno(13));
        let too_large = FileRefusal::TooLarge { size: 9, limit: 4 };
        assert_eq!(file_refusal("has 9 bytes, more than 4"), too_large);
        let fifo = FileRefusal::NotRegular(SpecialFile::Fifo);
        assert_eq!(file_refusal("is no regular file but a FIFO"), fifo);
        let curve = KeyDefect::UnknownCurve("secp256k1".to_owned());
        assert_eq!(key_defect("Go's TLS does not know the curve secp256k1"), curve);
        assert_eq!(
            url_defect("`/` follows the address; an endpoint has no path"),
            UrlDefect::Path('/')
        );
        assert_eq!(
            config_problem("line 3: no NAME=value"),
            ConfigProblem::in_line(3, ConfigDefect::NoAssignment)
        );
        let unreadable = ConfigDefect::Unreadable(FileRefusal::Missing);
        assert_eq!(config_problem("no such file or directory"), ConfigProblem::of_file(unreadable));
    }

    #[test]
    fn other_sentences_are_kept() {
        assert_eq!(lookup_error("a b"), LookupError::Other("a b".to_owned()));
        assert_eq!(not_tried("a: b"), NotTried::Other("a: b".to_owned()));
        let mut case = json!({
            "schema": SCHEMA,
            "backup": {"stream": {"opened": {"Err": {"code": "Unknown", "message": "a b"}}}},
        });
        upgrade(&mut case);
        assert_eq!(case["schema"], crate::observation::SCHEMA);
        let error = &case["backup"]["stream"]["opened"]["Err"];
        assert_eq!(error["grpc"]["message"], "a b");
    }
}
