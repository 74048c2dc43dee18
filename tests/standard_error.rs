//! Mistakes that people make, and what standard error says of them in each language.

mod support;

use std::fs;

use support::{ca::Ca, tool::etcd_tls};

/// Command lines, and the exit code of each.
const MISTAKES: &[(&str, i32)] = &[
    ("check --case missing.json", 3),
    ("check --case ca/ca.crt", 3),
    ("check --endpoints 127.0.0.1:1 --cacert=", 2),
    ("check --endpoint 127.0.0.1:1", 1),
    ("check --root empty --root out --config etcd.env --config etcd.env --config etcd.env", 2),
    ("check --server-log missing.log", 2),
    ("preflight --peer --endpoints 127.0.0.1:1", 2),
    ("preflight --save etcd.db --endpoints 127.0.0.1:1,127.0.0.1:2", 2),
    ("explain server-san-mismach", 1),
    ("explain --log missing.log", 3),
    ("explain --log missing.log -o markdown", 2),
    ("scan missing", 3),
    ("scan --expires-withn 30d", 2),
    ("scan --expires-within soon", 2),
    ("scan --threads 0", 2),
    ("scan -o jsn", 2),
    ("chekc", 2),
    ("ca issue --from etcd.env --count 2 server s", 2),
    ("ca init", 2),
    ("ca init --cn a --cn b", 2),
    ("ca init --cn", 2),
    ("scan --root empty", 2),
    ("inspect missing.crt empty etcd.env http://127.0.0.1:1 https://127.0.0.1:1", 1),
    ("inspect --passphrase-file missing ca/ca.crt", 3),
    ("verify --cacert missing.crt --cert out/s.crt", 3),
    ("verify --cacert etcd.env --cert out/s.crt", 3),
    ("ca init --cn etcd-ca", 1),
    ("ca issue server s --out out", 1),
    ("ca issue peer a/b", 2),
    ("ca issue peer m --san 10.0.0.1:2380", 2),
    ("ca issue peer m --san bücher.example", 2),
    ("ca issue peer m --like etcd.env", 3),
    ("ca issue client c --ca-dir missing", 3),
    ("ca issue client c --ca-key out/s.key", 3),
    ("ca issue client c --ca-cert out/s.crt --ca-key out/s.key", 3),
    ("ca issue --from etcd.env", 3),
    ("ca sign --csr out/s.crt --profile peer", 3),
    ("ca renew ca/ca.crt", 3),
    ("ca renew etcd.env", 3),
    ("ca renew other.crt", 1),
    ("ca revoke 12ab", 1),
    ("ca revoke out/s.crt", 0),
    ("ca revoke out/s.crt", 0),
    ("ca renew out/s.crt", 1),
    ("ca crl --pem", 0),
    ("ca check-rotation --ca-dir missing", 3),
    ("ca missing --root empty", 0),
    ("ca rotate", 0),
    ("ledger show 12ab", 1),
    ("ledger sync", 2),
    ("ledger sync --endpoints https://127.0.0.1:1 --give-up 1ms", 3),
    ("ledger audit --ledger etcd.env", 3),
];

#[test]
fn mistakes_are_told_in_three_languages() {
    for lang in ["en", "ja", "zh"] {
        let ca = Ca::new();
        ca.issue(&["server", "s", "--san", "127.0.0.1"]);
        let other = Ca::new();
        other.issue(&["client", "other"]);
        for file in ["other.crt", "other.key"] {
            fs::copy(other.path("out").join(file), ca.path(file)).unwrap();
        }
        fs::create_dir(ca.path("empty")).unwrap();
        fs::write(ca.path("etcd.env"), "ETCD_NAME=m0\n").unwrap();
        let mut told = String::new();
        for (line, code) in MISTAKES {
            let place = line.starts_with("ca ") || line.starts_with("ledger ");
            let place =
                ["--ca-dir", "ca"].into_iter().filter(|_| place && !line.contains("--ca-dir"));
            let run = etcd_tls(line.split(' ')).args(place).args(["--lang", lang]);
            let run = run.folder(ca.folder()).run();
            assert_eq!(run.code, Some(*code), "{line} {run:#?}");
            told.extend(["$ etcd-tls ", line, "\n", &run.stderr]);
        }
        let folder = ca.folder().canonicalize().unwrap();
        let told = told.replace(folder.to_str().unwrap(), "…");
        let told = told.replace(ca.records()[0]["cert_serial"].as_str().unwrap(), "SERIAL");
        insta::assert_snapshot!(format!("mistakes-{lang}"), told);
    }
}

#[test]
fn the_locale_chooses_the_language() {
    for (locale, begin) in
        [("ja_JP.UTF-8", "エラー: "), ("zh_CN.UTF-8", "错误："), ("C", "error: ")]
    {
        let run = etcd_tls(["scan", "/missing"]).env("LC_ALL", locale).run();
        assert!(run.stderr.starts_with(begin), "{run:#?}");
    }
}
