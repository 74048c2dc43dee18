//! The server's own words about a connection of ours that it refused: from a file, or from the journal.

mod support;

use std::{fs, os::unix::fs::PermissionsExt};

use support::{
    etcd::{Etcd, newest, tls_flags},
    pki::Pki,
    tool::{Tool, etcd_tls},
};

#[test]
fn the_line_about_our_own_connection_is_shown() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let server = pki.server(&ca, "server").issue();
    let etcd = Etcd::start(&release, "https", &tls_flags(&server, Some(&ca)));
    let stranger = pki.client(&pki.authority("other", "other-ca"), "client").issue();
    let check =
        || {
            etcd_tls(["check", "-o", "json", "--endpoints", &etcd.url, "--cacert", &ca.cert])
                .args(["--cert", &stranger.cert, "--key", &stranger.key])
        };
    let log = etcd.log_path();
    let says = |tool: Tool| {
        let run = tool.run();
        run.finds("client-cert-untrusted");
        let said = run.json()["findings"][0]["evidence"].to_string();
        assert!(said.contains("rejected connection") && said.contains("127.0.0.1:"), "{run:#?}");
    };
    says(check().args(["--server-log", log.to_str().unwrap()]));

    // The journal as `journalctl --output json` prints it, made of the same log.
    let folder = pki.path("bin");
    let quoted =
        r#"s/\\/\\\\/g; s/"/\\"/g; s/^/{"_SYSTEMD_UNIT":"etcd.service","MESSAGE":"/; s/$/"}/"#;
    let stand_in = |script: &str| {
        let path = pki.write("bin/journalctl", format!("#!/bin/sh\n{script}\n"));
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        check().env("PATH", &format!("{folder}:/usr/bin:/bin"))
    };
    says(stand_in(&format!("exec sed '{quoted}' {}", log.display())));

    // A journal that does not answer keeps nobody waiting.
    let run = stand_in("exec sleep 600").run();
    run.finds("client-cert-untrusted");
}

#[test]
fn a_log_that_is_not_there_is_said_before_anybody_is_dialled() {
    let run = etcd_tls(["check", "--server-log", "/no/such/log"]).run();
    assert_eq!(run.code, Some(2), "{run:#?}");
    assert!(run.stderr.contains("--server-log /no/such/log: no such file"), "{run:#?}");
}

#[test]
fn a_user_without_password_needs_a_terminal() {
    let run = etcd_tls(["check", "--user", "root", "--endpoints", "127.0.0.1:1"])
        .under(&["setsid", "--wait"])
        .run();
    assert_eq!(run.code, Some(2), "{run:#?}");
    assert!(run.stderr.contains("no terminal can be asked"), "{run:#?}");
}
