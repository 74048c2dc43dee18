//! What `verify`, `ca` and `ledger` tell people, in three languages; what they tell programs is the same in each.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;

use etcd_tls::message::{CaWord, FieldWord, Lang, VerifyWord};
use rustls::pki_types::{CertificateDer, pem::PemObject as _};
use support::{ca::Ca, tool::etcd_tls};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use x509_cert::der::pem::{LineEnding, encode_string};

const LANGUAGES: [&str; 3] = ["en", "ja", "zh"];

/// What a reader sees of several commands, in order, with what differs in each run made alike.
struct Transcript<'a> {
    ca: &'a Ca,
    lang: &'static str,
    text: String,
}

impl Transcript<'_> {
    fn run(&mut self, args: &[&str], code: i32) {
        let (command, rest) = args.split_first().unwrap();
        let lang = ["--lang", self.lang];
        let run = if *command == "verify" {
            etcd_tls(args).args(lang).folder(self.ca.folder()).run()
        } else {
            self.ca.tool(&[command], rest).args(lang).run()
        };
        assert_eq!(run.code, Some(code), "{args:?} {run:#?}");
        self.text.extend(["$ etcd-tls ", &args.join(" "), "\n", &same(&run.stdout), "\n"]);
    }
}

/// Serials, digests and times, as many columns wide as before.
fn same(text: &str) -> String {
    let masked = text.split_inclusive(|c: char| !(c.is_ascii_alphanumeric() || "-:".contains(c)));
    let mask = |word: &str| {
        let end = word.find(|c: char| !(c.is_ascii_alphanumeric() || "-:".contains(c)));
        let (bare, rest) = word.split_at(end.unwrap_or(word.len()));
        let is_number =
            [32, 64].contains(&bare.len()) && bare.chars().all(|c| c.is_ascii_hexdigit());
        if is_number {
            format!("{}{rest}", "0".repeat(bare.len()))
        } else if OffsetDateTime::parse(bare, &Rfc3339).is_ok() {
            format!("2026-01-01T00:00:00Z{rest}")
        } else {
            word.to_owned()
        }
    };
    masked.map(mask).collect()
}

#[test]
fn the_ca_and_its_ledger_speak_three_languages() {
    for lang in LANGUAGES {
        let ca = Ca::nowhere();
        let mut told = Transcript { ca: &ca, lang, text: String::new() };
        told.run(&["ca", "init", "--cn", "etcd-sub", "--intermediate", "etcd-ca"], 0);
        told.run(&["ca", "issue", "server", "s", "--san", "10.0.0.1,etcd-0", "--out", "out"], 0);
        told.run(&["ca", "issue", "client", "c", "--count", "2", "--out", "out"], 0);
        told.run(&["ca", "renew", "out/s.crt"], 0);
        told.run(&["ca", "revoke", "out/c-1.crt", "--reason", "keyCompromise"], 0);
        told.run(&["ca", "crl"], 0);
        told.run(&["ca", "list"], 0);
        told.run(&["ca", "check-rotation"], 0);
        told.run(&["ca", "check-rotation", "out", "--expires-within", "100d"], 1);
        fs::create_dir(ca.path("empty")).unwrap();
        told.run(&["ca", "check-rotation", "empty"], 0);
        let [cert, key] = ["crt", "key"].map(|end| ca.text(&format!("new/m0.{end}")));
        let config = format!("ETCD_NAME=m0\nETCD_CERT_FILE={cert}\nETCD_KEY_FILE={key}\n");
        fs::write(ca.path("etcd.env"), config).unwrap();
        told.run(&["ca", "missing", "--config", "etcd.env"], 1);
        told.run(&["ledger", "audit"], 0);
        told.run(&["ledger", "audit", "out", "--ledger", "other.db"], 1);
        let revoked = ca.json(&["list", "--status", "revoked"]).remove(0);
        told.run(&["ledger", "show", revoked["cert_serial"].as_str().unwrap()], 0);
        told.run(&["ca", "rollover"], 0);
        let text = told.text.replace(revoked["cert_serial"].as_str().unwrap(), "SERIAL");
        let text = text.replace(ca.folder().to_str().unwrap(), "…");
        insta::assert_snapshot!(format!("ca-{lang}"), text);
    }
}

#[test]
fn requests_are_told_in_three_languages() {
    for lang in LANGUAGES {
        let ca = Ca::new();
        let mut told = Transcript { ca: &ca, lang, text: String::new() };
        let request = ["request", "peer", "m0", "--out", "out", "--lang", lang];
        let run = etcd_tls([&["ca"], &request[..]].concat()).folder(ca.folder()).run();
        told.text.push_str(&run.stdout);
        told.run(&["ca", "sign", "--csr", "out/m0.csr", "--profile", "peer", "--out", "out"], 0);
        insta::assert_snapshot!(format!("request-{lang}"), told.text);
    }
}

#[test]
fn verdicts_are_told_in_three_languages() {
    for lang in LANGUAGES {
        let ca = Ca::with(&["--ttl", "9000d"]);
        ca.issue(&["server", "s", "--san", "etcd-0", "--spiffe-id", "spiffe://example.org/m0"]);
        ca.issue(&["client", "c"]);
        let other = Ca::new();
        fs::copy(other.path("ca/ca.crt"), ca.path("other.crt")).unwrap();
        let der = CertificateDer::from_pem_file(ca.path("out/s.crt")).unwrap();
        let mut der = der.to_vec();
        // A version that no certificate has.
        der[12] = 9;
        let bad = encode_string("CERTIFICATE", LineEnding::LF, &der).unwrap();
        fs::write(ca.path("bad.crt"), bad).unwrap();
        let mut told = Transcript { ca: &ca, lang, text: String::new() };
        let mut verify = |rest: &[&str], code| {
            told.run(&[&["verify", "--cacert", "ca/ca.crt", "--cert"], rest].concat(), code);
        };
        verify(&["out/s.crt", "--host", "etcd-0", "--key", "out/s.key"], 0);
        verify(&["out/s.crt", "--host", "etcd-1"], 1);
        verify(&["out/s.crt", "-o", "simple", "--at", "2100-01-01T00:00:00Z"], 1);
        verify(&["out/s.crt", "--at", "2030-01-01T00:00:00Z"], 1);
        verify(&["out/c.crt", "--usage", "server"], 1);
        verify(&["out/c.crt", "--usage", "client", "--key", "out/s.key"], 1);
        verify(&["out/c.crt", "--usage", "client", "--key", "ca/ca.crt"], 1);
        verify(&["out/c.crt", "--usage", "client", "--expect-spiffe", "spiffe://example.org"], 1);
        verify(&["out/s.crt", "--expect-spiffe", "spiffe://example.org/m1"], 1);
        verify(&["bad.crt"], 1);
        told.run(&["verify", "--cacert", "other.crt", "--cert", "out/s.crt"], 1);
        insta::assert_snapshot!(format!("verify-{lang}"), told.text);
    }
}

#[test]
fn programs_are_told_the_same_in_each_language() {
    let ca = Ca::new();
    ca.issue(&["server", "s", "--san", "etcd-0"]);
    let commands: [(&[&str], &[&str]); 4] = [
        (&["ca"], &["list"]),
        (&["ca"], &["check-rotation", "--expires-within", "100d"]),
        (&["ledger"], &["audit", "out", "--ledger", "other.db"]),
        (&["ca"], &["rollover"]),
    ];
    for (command, args) in commands {
        // What a command writes is undone, so that the next one meets the same.
        let told = LANGUAGES.map(|lang| {
            let run = ca.tool(command, args).args(["-o", "json", "--lang", lang]).run();
            let _ = fs::remove_dir_all(ca.path("ca/next"));
            run.stdout
        });
        assert!(told[0].starts_with('{'), "{args:?} {told:?}");
        assert!(told.iter().all(|text| *text == told[0]), "{told:#?}");
    }
    let verify = ["verify", "--cacert", "ca/ca.crt", "--cert", "out/s.crt", "--host", "etcd-1"];
    let told = LANGUAGES.map(|lang| {
        etcd_tls(verify).args(["-o", "json", "--lang", lang]).folder(ca.folder()).run().stdout
    });
    assert!(told[0].contains("name-mismatch") && told.iter().all(|text| *text == told[0]));
}

/// A sentence is about the same number of things in each language; only a name of the field reads the same.
#[test]
fn every_word_is_there_in_three_languages() {
    let ca = CaWord::ALL.iter().map(|word| Lang::ALL.map(|lang| word.in_lang(lang)));
    let verify = VerifyWord::ALL.iter().map(|word| Lang::ALL.map(|lang| word.in_lang(lang)));
    let field = FieldWord::ALL.iter().map(|word| Lang::ALL.map(|lang| word.in_lang(lang)));
    for [en, ja, zh] in ca.chain(verify).chain(field).filter(|words| words[0] != "CA") {
        assert!(![en, ja, zh].contains(&"") && en != ja && en != zh, "{en} {ja} {zh}");
    }
}
