//! `inspect`: one file or server in words, as JSON, as PEM.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;

use serde_json::Value;
use support::{
    pki::Pki,
    server::{Act, After, Server, Setup},
    tool::{Run, etcd_tls},
};

fn inspect(pki: &Pki, args: &[&str]) -> Run {
    etcd_tls(["inspect"]).args(args).folder(pki.folder()).run()
}

fn lines(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_kind_is_told_in_words_and_as_json() {
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let pair = pki.server(&ca, "server").cn("node1").issue();
    let key = rcgen::KeyPair::generate().unwrap();
    let request = rcgen::CertificateParams::new(vec!["node1".to_owned()]).unwrap();
    pki.write("node.csr", request.serialize_request(&key).unwrap().pem().unwrap());
    let run = inspect(&pki, &["-o", "ndjson", "server.crt", "server.key", "node.csr"]);
    assert_eq!(run.code, Some(0), "{run:#?}");
    let [certificate, private, request] = lines(&run).try_into().unwrap();
    assert_eq!(certificate["source"], "server.crt");
    assert_eq!(certificate["certificates"][0]["sans"][2], "DNS:localhost");
    assert_eq!(certificate["certificates"][0]["extended_key_usage"][0], "serverAuth");
    assert_eq!(private["keys"][0]["algorithm"], "ECDSA P-256");
    assert_eq!(private["mode"], "0600");
    assert_eq!(request["requests"][0]["signature_valid"], true);
    let words = inspect(&pki, &["server.crt", "server.key", "node.csr"]).stdout;
    for word in [
        "server.crt: certificate (server)",
        "CN=node1",
        "days left: 363",
        "server.key: private key",
        "node.csr: request",
        "DNS:node1",
    ] {
        assert!(words.contains(word), "{word}: {words}");
    }
    let secret = fs::read_to_string(&pair.key).unwrap();
    let secret = secret.lines().nth(1).unwrap();
    assert!(!words.contains(secret) && !run.stdout.contains(secret));
    assert_eq!(
        inspect(&pki, &["--pem", "server.crt"]).stdout,
        fs::read_to_string(&pair.cert).unwrap().replace("\r\n", "\n")
    );
}

#[test]
fn a_keystore_opens_with_its_passphrase_only() {
    let pki = Pki::new();
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/keystores/openssl.p12");
    pki.write("store.p12", fs::read(fixture).unwrap());
    pki.write("pass", "changeit\n");
    pki.write("wrong", "hunter2");
    let run = inspect(&pki, &["-o", "ndjson", "store.p12"]);
    assert_eq!(run.code, Some(0), "{run:#?}");
    assert_eq!(lines(&run)[0]["keystore"]["encrypted"], 1);
    let run = inspect(&pki, &["-o", "ndjson", "store.p12", "--passphrase-file", "pass"]);
    assert_eq!(lines(&run)[0]["certificates"][0]["subject"], "CN=keystore");
    assert_eq!(lines(&run)[0]["keys"][0]["algorithm"], "ECDSA P-256");
    let run = inspect(&pki, &["store.p12", "--passphrase-file", "wrong"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.contains("store.p12: the passphrase does not open it")
            && !run.stderr.contains("hunter2"),
        "{run:#?}"
    );
    let run = inspect(&pki, &["store.p12", "--passphrase-file", "none"]);
    assert_eq!(run.code, Some(3));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_told() {
    let pki = Pki::new();
    pki.authority("ca", "etcd-ca");
    pki.write("notes.txt", "nothing");
    let run = inspect(&pki, &["none.crt", ".", "notes.txt", "ca.crt", "http://127.0.0.1:1"]);
    assert_eq!(run.code, Some(1), "{run:#?}");
    assert!(run.stdout.contains("ca.crt: certificate (root CA)"));
    insta::assert_snapshot!(run.stderr, @r"
    error: none.crt: no such file or directory
    error: .: is a directory
    error: notes.txt: no certificate, key, request or revocation list in it
    error: http://127.0.0.1:1: no TLS is spoken at an http or unix URL
    ");
    assert_eq!(etcd_tls(["inspect"]).run().code, Some(2));
}

#[test]
fn a_server_shows_the_chain_that_it_presents() {
    let pki = Pki::new();
    let root = pki.authority("root", "etcd-ca");
    let between = pki.intermediate(&root, "between", "between");
    let pair = pki.server(&between, "server").issue();
    let server = Server::start(Act::Tls(Setup::new(&pair).config(), After::Silence));
    for name in [server.url(), server.address.to_string()] {
        let run = inspect(&pki, &["-o", "ndjson", &name]);
        assert_eq!(run.code, Some(0), "{run:#?}");
        let told = &lines(&run)[0];
        assert_eq!((&told["source"], &told["kind"]), (&name.clone().into(), &"chain".into()));
        let subjects = [0, 1].map(|at| told["certificates"][at]["subject"].clone());
        assert_eq!(subjects, ["CN=server", "CN=between"]);
        assert_eq!(told["tls"]["version"], "TLSv1.3");
    }
    let silent = Server::start(Act::Silence);
    let run = inspect(&pki, &["--timeout", "300ms", &silent.url(), "127.0.0.1:1"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("no handshake in time"), "{run:#?}");
    assert!(run.stderr.contains("127.0.0.1:1: connection refused"), "{run:#?}");
}
