//! Fixes carried out: each fault is made with a real etcd, `check` names it, and what it prints is pasted into a shell until etcdctl works
//! again. A row a fault.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{fs, thread};

use support::{
    etcd::releases,
    mending::{Form, Node},
    pki::Usage,
};

/// A fault: what `check` has to find, in which file the settings stand, and how it is made.
type Fault = (&'static str, &'static str, Form, fn(&mut Node));

const CLIENT_FILES: &[Fault] = &[
    ("the wrong CA is given", "wrong-ca-file", Form::Environment, |node| {
        let other = node.pki.authority("kubernetes/ca", "kubernetes");
        node.give("--cacert", &other.cert);
    }),
    ("a name is misspelt", "file-missing", Form::Environment, |node| {
        let wrong = node.ca.cert.replace("ca.crt", "etcd-ca.crt");
        node.give("--cacert", &wrong);
    }),
    ("the client's key is gone", "file-missing", Form::Environment, |node| {
        fs::remove_file(&node.client.key).unwrap();
    }),
    ("the client's certificate is empty", "file-empty", Form::Environment, |node| {
        fs::write(&node.client.cert, "").unwrap();
    }),
    ("certificate and key are swapped", "flags-swapped", Form::Environment, |node| {
        let (cert, key) = (node.client.cert.clone(), node.client.key.clone());
        node.give("--cert", &key);
        node.give("--key", &cert);
    }),
    ("the key is of another certificate", "key-mismatch", Form::Environment, |node| {
        let other = node.pki.client(&node.ca, "pki/other").issue();
        node.give("--key", &other.key);
    }),
    ("no certificate is given", "client-cert-required", Form::Environment, |node| {
        fs::remove_file(&node.client.cert).unwrap();
        node.give("--cert", "");
        node.give("--key", "");
    }),
    (
        "the client's certificate is of another CA",
        "client-cert-untrusted",
        Form::Environment,
        |node| {
            let other = node.pki.authority("kubernetes/ca", "kubernetes");
            let client = node.pki.client(&other, "kubernetes/client").issue();
            fs::remove_file(&node.client.cert).unwrap();
            node.give("--cert", &client.cert);
            node.give("--key", &client.key);
        },
    ),
    ("the client's certificate is for servers", "client-eku-missing", Form::Environment, |node| {
        node.pki.client(&node.ca, "pki/client").usages(&[Usage::ServerAuth]).issue();
    }),
    ("the client's certificate has expired", "cert-expired", Form::Environment, |node| {
        node.pki.client(&node.ca, "pki/client").days(-9, -1).issue();
    }),
];

const SERVER_FILES: &[Fault] = &[
    ("the server's certificate has expired", "cert-expired", Form::Environment, |node| {
        node.pki.server(&node.ca, "pki/server").days(-9, -1).issue();
    }),
    ("the server's certificate lists another address", "server-san-mismatch", Form::Unit, |node| {
        node.pki.server(&node.ca, "pki/server").sans(&["10.0.0.11"]).issue();
    }),
    (
        "the server's certificate was signed by itself",
        "self-signed-leaf",
        Form::Environment,
        |node| {
            node.pki.server(&node.ca, "pki/server").cn("m0").self_signed();
        },
    ),
    ("the server's key lies beside under another name", "key-mismatch", Form::Yaml, |node| {
        let folder = node.pki.folder().join("pki");
        fs::rename(&node.server.key, folder.join("m0.key")).unwrap();
        let other = node.pki.client(&node.ca, "pki/other").issue();
        fs::rename(&other.key, &node.server.key).unwrap();
        fs::remove_file(&other.cert).unwrap();
        node.restart();
    }),
    ("the server's certificate is empty", "file-empty", Form::Unit, |node| {
        fs::write(&node.server.cert, "").unwrap();
        node.restart();
    }),
    ("certificate and key are swapped in the settings", "flags-swapped", Form::Manifest, |node| {
        let (cert, key) = (node.server.cert.clone(), node.server.key.clone());
        node.edit(&cert, "SWAPPED");
        node.edit(&key, &cert);
        node.edit("SWAPPED", &key);
        node.restart();
    }),
    ("certificate and key are both missing", "config-file-missing", Form::Environment, |node| {
        fs::remove_file(&node.server.cert).unwrap();
        fs::remove_file(&node.server.key).unwrap();
        node.restart();
    }),
    (
        "the CA's certificate is lost and its key is not",
        "config-file-missing",
        Form::Manifest,
        |node| {
            fs::remove_file(&node.ca.cert).unwrap();
            node.give("--cacert", "");
            node.restart();
        },
    ),
    ("the certificate's name is misspelt", "config-file-missing", Form::Manifest, |node| {
        node.edit("pki/server.crt", "pki/sever.crt");
        node.restart();
    }),
];

const SETTINGS: &[Fault] = &[
    ("the CA of clients is another one", "trusted-ca-mismatch", Form::Yaml, |node| {
        let other = node.pki.authority("kubernetes/ca", "kubernetes");
        let ca = node.ca.cert.clone();
        node.edit(&format!("trusted-ca-file: {ca}"), &format!("trusted-ca-file: {}", other.cert));
        node.restart();
    }),
    ("clients are asked and no CA is named", "client-auth-without-ca", Form::Yaml, |node| {
        node.remove("trusted-ca-file");
        node.restart();
    }),
    ("the same in a manifest", "client-auth-without-ca", Form::Manifest, |node| {
        node.remove("trusted-ca-file");
        node.restart();
    }),
    ("the key is not named", "config-incomplete", Form::Unit, |node| {
        node.remove("--key-file");
        node.restart();
    }),
    ("no certificate is named", "listen-https-without-cert", Form::Environment, |node| {
        for name in ["CERT_FILE", "KEY_FILE", "CLIENT_CERT_AUTH", "TRUSTED_CA_FILE"] {
            node.remove(name);
        }
        node.restart();
    }),
    ("http beside certificates", "tls-files-unused", Form::Unit, |node| {
        let url = node.url.clone();
        let plain = url.replace("https", "http");
        node.edit(&format!("--listen-client-urls={url}"), &format!("--listen-client-urls={plain}"));
        node.edit(
            &format!("--advertise-client-urls={url}"),
            &format!("--advertise-client-urls={plain}"),
        );
        node.restart();
    }),
    ("an unknown cipher suite", "cipher-suite-unknown", Form::Environment, |node| {
        node.edit(
            "ETCD_CERT_FILE",
            "ETCD_CIPHER_SUITES=ECDHE-ECDSA-AES128-GCM-SHA256\nETCD_CERT_FILE",
        );
        node.restart();
    }),
];

#[test]
fn files_of_the_client_are_mended_by_what_is_printed() {
    carry_out(CLIENT_FILES);
}

#[test]
fn files_of_the_server_are_mended_by_what_is_printed() {
    carry_out(SERVER_FILES);
}

#[test]
fn settings_are_mended_by_what_is_printed() {
    carry_out(SETTINGS);
}

/// Makes every fault of a table with the oldest and the newest etcd, several at a time, and tells all that are not mended.
fn carry_out(faults: &[Fault]) {
    let releases = releases();
    let tried = [releases.first().unwrap(), releases.last().unwrap()];
    let failed: Vec<String> = tried
        .into_iter()
        .flat_map(|release| faults.iter().map(move |fault| (release, fault)))
        .collect::<Vec<_>>()
        .chunks(4)
        .flat_map(|some| {
            thread::scope(|scope| {
                let running: Vec<_> = some
                    .iter()
                    .map(|(release, (name, finds, form, make))| {
                        let mended = scope.spawn(move || {
                            let mut node = Node::new(release, *form);
                            make(&mut node);
                            node.mend(finds)
                        });
                        (format!("{}: {name}", release.version), mended)
                    })
                    .collect();
                running
                    .into_iter()
                    .filter_map(|(name, mended)| {
                        mended.join().unwrap().err().map(|why| format!("{name}: {why}"))
                    })
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}
