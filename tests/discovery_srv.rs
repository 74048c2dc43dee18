//! `--discovery-srv` with a name server on loopback and real etcd behind its records.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and says aloud what it skips")]

mod support;

use std::{net::UdpSocket, process::Command, thread};

use support::{
    etcd::{Etcd, newest},
    pki::Pki,
    tool::{Run, etcd_tls},
};

const SERVER: &str = "127.0.0.53:53";

#[test]
fn endpoints_come_from_the_records_of_a_domain() {
    let release = newest();
    let may_mount = Command::new("unshare").args(["--mount", "true"]).status();
    let socket = UdpSocket::bind(SERVER);
    let (Ok(socket), true) = (socket, may_mount.is_ok_and(|status| status.success())) else {
        eprintln!("SKIPPED: a name server at {SERVER} needs root");
        return;
    };
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let names = ["127.0.0.1", "localhost", "example.internal"];
    let server = pki.server(&ca, "server").sans(&names).issue();
    let client = pki.client(&ca, "client").issue();
    let etcd = Etcd::tls(&release, &server, Some(&ca));
    let port = etcd.url.rsplit(':').next().unwrap().parse().unwrap();
    thread::spawn(move || serve(&socket, port));
    let config = pki.write("resolv.conf", "nameserver 127.0.0.53\n");
    let check = |arguments: &[&str]| -> Run {
        let mount = "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"";
        etcd_tls(["check", "-o", "json", "--cacert", &ca.cert])
            .args(["--cert", &client.cert, "--key", &client.key])
            .args(arguments)
            .under(&["unshare", "--mount", "sh", "-c", mount, &config])
            .run()
    };
    let run = check(&["--discovery-srv", "example.internal"]);
    run.is_healthy();
    let url = run.json()["endpoints"][0]["url"].clone();
    assert_eq!(url, format!("https://localhost:{port}"), "{run:#?}");
    check(&["-d", "example.internal", "--insecure-discovery=false"]).is_healthy();
    // What etcd serves does not prove that domain, though it proves its own name.
    check(&["-d", "other.internal"]).is_healthy();
    check(&["-d", "other.internal", "--insecure-discovery=false"]).finds("server-san-mismatch");

    let run = check(&["--discovery-srv", "nothing.internal"]);
    assert_eq!(run.code, Some(2), "{run:#?}");
    assert!(run.stderr.contains("--discovery-srv nothing.internal: no SRV record"), "{run:#?}");
}

/// Answers every question for `_etcd-client-ssl` with one record, and knows no other name; nothing of `nothing.internal`.
fn serve(socket: &UdpSocket, port: u16) {
    let mut question = [0; 512];
    while let Ok((length, from)) = socket.recv_from(&mut question) {
        let mut answer = question[..length].to_vec();
        let text = String::from_utf8_lossy(&answer).into_owned();
        let known = text.contains("_etcd-client-ssl") && !text.contains("nothing");
        answer[2..4].copy_from_slice(&[0x81, if known { 0x80 } else { 0x83 }]);
        if known {
            answer[7] = 1;
            answer.extend([0xC0, 12, 0, 33, 0, 1, 0, 0, 0, 9, 0, 17, 0, 1, 0, 1]);
            answer.extend(port.to_be_bytes());
            answer.push(9);
            answer.extend(b"localhost\0");
        }
        socket.send_to(&answer, from).unwrap();
    }
}
