//! The addresses, names and files that a line is about, wherever its program puts them.
//!
//! Log lines are untrusted: what does not look like an address or a path is not taken for one.

use memchr::memmem;

/// What a line names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// Where a connection came from, in the log of whoever was dialled.
    pub remote: Option<String>,
    /// The server name that a client asked for; empty when it dialled an address.
    pub server_name: Option<String>,
    /// The URL or address that was dialled, in the log of whoever dialled.
    pub dialled: Option<String>,
    /// The address and port from which it was dialled.
    pub local: Option<String>,
    /// The host name or address that was looked up or compared with a certificate.
    pub name: Option<String>,
    /// The file.
    pub path: Option<String>,
    /// The etcd user.
    pub user: Option<String>,
}

/// Behind what a value stands; it ends at the first character that cannot belong to it.
const REMOTE: &[&str] = &[
    "remote-addr",
    "rejected connection from ",
    "TLS handshake error from ",
    "security handshake from ",
    "handshake failed from ",
    "client: ",
];
const SERVER_NAME: &[&str] = &["\"server-name\":\"", "\"server-name\": \"", "ServerName \""];
const DIALLED: &[&str] = &[
    "Addr: \"",
    "failed to connect to {",
    "\"address\":\"",
    "\"remote-peer-url\":\"",
    "\"endpoint\":\"",
    "the peerURL(",
    "dial tcp ",
    "ECONNREFUSED ",
    "ECONNRESET ",
    "ETIMEDOUT ",
    "connection to ",
    "connecting to ",
    "upstream: \"",
    "connect to ",
];
const NAMES: &[&str] = &[
    "lookup ",
    "certificate for ",
    "getaddrinfo ENOTFOUND ",
    "getaddrinfo EAI_AGAIN ",
    "resolve host: ",
    "UnknownHostException: ",
    "target host name '",
    "target hostname '",
    "not valid for '",
    "No subject alternative DNS name matching ",
    "No subject alternative names matching IP address ",
    "No name matching ",
    "altnames: Host: ",
    "altnames: IP: ",
    "NotValidForNameContext { expected: DnsName(\"",
    "hostname '",
];
const PATHS: &[&str] = &[
    "open ",
    "read ",
    "stat ",
    "lstat ",
    "cert: ",
    "file: ",
    "load key pair: open ",
    "from file ",
    "file '",
    "CAfile: ",
];

impl Places {
    /// Finds them in the text of a line.
    pub(super) fn of(text: &str) -> Self {
        Self {
            remote: remote(text).map(str::to_owned),
            server_name: server_name(text).map(str::to_owned),
            dialled: dialled(text),
            local: local(text).map(str::to_owned),
            name: value(text, NAMES, is_host).map(str::to_owned).or_else(|| compared(text)),
            path: path(text).map(str::to_owned),
            user: value(text, &["\"user-name\":\""], is_user).map(str::to_owned),
        }
    }

    /// The address without its port.
    pub fn remote_host(&self) -> Option<&str> {
        self.remote.as_deref().map(host)
    }
}

/// The server name that a client asked for; empty when it dialled an address.
pub(super) fn server_name(text: &str) -> Option<&str> {
    SERVER_NAME.iter().find_map(|key| after(text, key, is_host))
}

/// Where a connection came from.
fn remote(text: &str) -> Option<&str> {
    remote_behind(text, remote_key(text)?)
}

/// Behind which words a line says where a connection came from.
pub(super) fn remote_key(text: &str) -> Option<&'static str> {
    REMOTE.iter().copied().find(|key| remote_behind(text, key).is_some())
}

/// The address behind these words, also in a line whose quotes are escaped.
pub(super) fn remote_behind<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let at = memmem::find(text.as_bytes(), key.as_bytes())? + key.len();
    let address = after(text[at..].trim_start_matches(['\\', '"', ':', ' ']), "", is_address)?;
    Some(address.trim_end_matches([':', '.'])).filter(|one| one.contains(['.', ':']))
}

/// An address without its port and brackets.
pub(super) fn host(address: &str) -> &str {
    let bare = match address.rsplit_once(':') {
        Some((host, port))
            if port.bytes().all(|byte| byte.is_ascii_digit())
                && (host.ends_with(']') || !host.contains(':')) =>
        {
            host
        }
        _ => address,
    };
    bare.trim_start_matches('[').trim_end_matches(']')
}

/// The first URL of a server, else the first address behind a word for dialling.
fn dialled(text: &str) -> Option<String> {
    let urls = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme));
    let of_url = urls.min().and_then(|at| {
        let url = &text[at..];
        let authority = url.split_once("://")?.1;
        let end = authority.find(|c: char| !is_address(c)).unwrap_or(authority.len());
        let length = url.len() - authority.len() + end;
        (end > 1 && !authority[..end].ends_with("go.dev"))
            .then(|| url[..length].trim_end_matches(':').to_owned())
    });
    of_url
        .or_else(|| {
            let address = value(text, DIALLED, is_address)?;
            address.contains(['.', ':']).then(|| address.to_owned())
        })
        .or_else(|| {
            // `read tcp OURS->THEIRS: read: connection reset by peer`
            let (_, theirs) = text.split_once("->")?;
            Some(after(theirs, "", is_address)?.trim_end_matches(':').to_owned())
                .filter(|one| one.contains(':'))
        })
}

/// `write tcp OURS->THEIRS: write: broken pipe`
fn local(text: &str) -> Option<&str> {
    let (before, _) = text.split_once("->")?;
    let ours = before.rsplit(' ').next()?;
    Some(ours).filter(|ours| ours.contains(':') && ours.chars().all(is_address))
}

/// `x509: certificate is valid for A, B, not C`: the name that was compared is the last.
fn compared(text: &str) -> Option<String> {
    let (_, names) = text.split_once("certificate is valid for ")?;
    let (_, name) = names.split_once("not ")?;
    after(name, "", is_host).filter(|name| !name.is_empty()).map(str::to_owned)
}

fn path(text: &str) -> Option<&str> {
    value(text, PATHS, is_path).filter(|path| path.contains(['/', '.', '\\']))
}

fn value<'t>(text: &'t str, keys: &[&str], belongs: fn(char) -> bool) -> Option<&'t str> {
    let found = keys.iter().filter_map(|key| after(text, key, belongs));
    let mut tidy = found.map(|one| one.trim_end_matches([':', ',', '.']));
    tidy.find(|one| one.len() > 1 && !one.starts_with('-'))
}

fn after<'t>(text: &'t str, key: &str, belongs: fn(char) -> bool) -> Option<&'t str> {
    let start = memmem::find(text.as_bytes(), key.as_bytes())? + key.len();
    let rest = &text[start..];
    let end = rest.find(|c: char| !belongs(c)).unwrap_or(rest.len());
    Some(&rest[..end.min(256)]).filter(|_| rest.is_char_boundary(end.min(256)))
}

fn is_address(c: char) -> bool {
    c.is_ascii_alphanumeric() || ".:-_[]%".contains(c)
}

fn is_host(c: char) -> bool {
    c.is_ascii_alphanumeric() || ".:-_*%".contains(c)
}

fn is_path(c: char) -> bool {
    !c.is_control() && !" \"':,;)]}<>|".contains(c)
}

fn is_user(c: char) -> bool {
    !c.is_control() && c != '"'
}

#[cfg(test)]
mod tests {
    use super::{Places, host};

    #[test]
    fn etcd_names_who_came_and_what_was_asked_for() {
        for text in [
            r#"{"msg":"rejected connection on client endpoint","remote-addr":"10.0.0.5:4711","server-name":"etcd-1","error":"x"}"#,
            r#"embed: rejected connection from "10.0.0.5:4711" (error "x", ServerName "etcd-1")"#,
        ] {
            let places = Places::of(text);
            assert_eq!(places.remote_host(), Some("10.0.0.5"), "{text}");
            assert_eq!(places.server_name.as_deref(), Some("etcd-1"), "{text}");
        }
        let unnamed =
            Places::of(r#"rejected connection from "[::1]:9" (error "x", ServerName "")"#);
        assert_eq!(
            (unnamed.remote_host(), unnamed.server_name.as_deref()),
            (Some("::1"), Some(""))
        );
    }

    #[test]
    fn clients_name_what_they_dialled() {
        let dialled = |text: &str| Places::of(text).dialled.unwrap();
        assert_eq!(dialled("https://10.0.0.1:2379 is unhealthy: failed"), "https://10.0.0.1:2379");
        assert_eq!(
            dialled("Error while dialing: dial tcp 10.0.0.1:2379: connect: refused"),
            "10.0.0.1:2379"
        );
        assert_eq!(
            dialled(r#"connect to {Addr: "10.0.0.1:2379", ServerName: "x", }"#),
            "10.0.0.1:2379"
        );
        assert_eq!(
            dialled("failed to connect to {10.0.0.1:2379 10.0.0.1 <nil> 0 <nil>}"),
            "10.0.0.1:2379"
        );
        assert_eq!(dialled(r#"Get "https://[::1]:2380/version": EOF"#), "https://[::1]:2380");
        assert_eq!(
            dialled("read tcp 10.0.0.9:5->10.0.0.1:2379: read: connection reset"),
            "10.0.0.1:2379"
        );
    }

    #[test]
    fn names_and_files_are_found() {
        assert_eq!(Places::of("x509: certificate is valid for a, b, not c.d").name.unwrap(), "c.d");
        assert_eq!(
            Places::of("lookup etcd-9.x on 10.0.0.2:53: no such host").name.unwrap(),
            "etcd-9.x"
        );
        assert_eq!(
            Places::of("Error: open /pki/ca.crt: no such file or directory").path.unwrap(),
            "/pki/ca.crt"
        );
    }

    #[test]
    fn nothing_that_a_shell_would_take_for_a_flag_is_a_name() {
        assert_eq!(Places::of("lookup -oProxyCommand=x on y: no such host").name, None);
    }

    #[test]
    fn ports_are_cut_off() {
        assert_eq!(
            ["10.0.0.1:1", "[::1]:1", "::1", "etcd"].map(host),
            ["10.0.0.1", "::1", "::1", "etcd"]
        );
    }
}
