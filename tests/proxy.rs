//! Proxies in the environment: this command's, a unit's, a pod's; held against etcdctl of each release.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    thread,
};

use support::{
    etcd::{free_port, releases},
    member::Member,
    pki::mtls,
    tool::{Run, etcd_tls},
};

/// Answers every request with a status line, for as long as the process runs.
fn proxy(status: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 512];
            let _ = stream.read(&mut request);
            let _ = write!(stream, "HTTP/1.1 {status}\r\n\r\n");
        }
    });
    port
}

#[test]
fn a_proxy_that_clients_of_etcd_would_go_through_is_told() {
    for release in releases() {
        let member = Member::new();
        let _etcd = member.start(&release, &member.arguments());
        // An address of this machine that is no loopback address for Go.
        let url = member.url.replace("127.0.0.1", "0.0.0.0");
        let flags = mtls(&member.ca, &member.client);
        let look = |variables: &[(&str, &str)]| {
            let tool = etcd_tls(["check", "-o", "json", "--endpoints", &url]).args(flags);
            variables.iter().fold(tool, |tool, (name, value)| tool.env(name, value)).run()
        };
        let closed = format!("http://user:secret@127.0.0.1:{}", free_port());
        let run = look(&[("HTTPS_PROXY", &closed)]);
        run.finds("proxy-environment");
        assert!(
            run.stdout.contains("NO_PROXY=0.0.0.0") && !run.stdout.contains("secret"),
            "{run:#?}"
        );
        let refusing = proxy("403 Forbidden").to_string();
        let run =
            look(&[("https_proxy", &format!("127.0.0.1:{refusing}")), ("NO_PROXY", ".example")]);
        run.finds("proxy-environment");
        assert!(
            run.stdout.contains("HTTP 403") && run.stdout.contains(".example,0.0.0.0"),
            "{run:#?}"
        );
        // What is advertised is another address: a warning that stands in every run.
        let is_quiet = |variables: &[(&str, &str)]| {
            let run = look(variables);
            assert_eq!(
                (run.code, run.root_cause().as_str()),
                (Some(0), "advertised-url-unreachable")
            );
            run
        };
        for past in ["0.0.0.0", "0.0.0.0/32", "*"] {
            let run = is_quiet(&[("HTTPS_PROXY", &closed), ("no_proxy", past)]);
            assert!(!run.stdout.contains("proxy-environment"), "{past}");
        }
        is_quiet(&[("HTTP_PROXY", &closed)]);
        let open = format!("http://127.0.0.1:{}", proxy("200 OK"));
        let run = is_quiet(&[("HTTPS_PROXY", &open)]);
        assert!(
            run.stdout.contains("proxy-environment") && run.stdout.contains("HTTP 200"),
            "{run:#?}"
        );
        let tool = etcd_tls(["check", "-o", "json", "--endpoints", &member.url]).args(flags);
        tool.env("HTTPS_PROXY", &closed).run().is_healthy();
        // etcdctl from 3.5 goes there, 3.4 does not.
        let arguments =
            [&["--endpoints", &url, "--command-timeout=2s"], &flags[..], &["get", "x"]].concat();
        let reached = release.etcdctl_in(&arguments, &[("HTTPS_PROXY", &closed)]).status.success();
        assert_eq!(reached, release.number() < [3, 5, 0], "{}", release.version);
    }
}

#[test]
fn a_proxy_in_the_environment_of_a_unit_or_pod_catches_what_these_dial() {
    let root = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let url = format!("https://10.255.0.1:{}", free_port());
    let look = || {
        etcd_tls(["check", "-o", "json", "--timeout", "300ms", "--root"]).args([root.path()]).run()
    };
    let fix_of = |run: &Run, file: &str| {
        let report = run.json();
        let findings = report["findings"].as_array().unwrap();
        let found = findings.iter().find(|one| one["id"] == "proxy-environment");
        let found = found.unwrap_or_else(|| panic!("{run:#?}"));
        assert_eq!(found["subject"], file, "{run:#?}");
        serde_json::to_string(&found["fix"]).unwrap()
    };
    let unit = write(
        "etc/systemd/system/etcd.service",
        &format!(
            "[Service]\nEnvironment=HTTPS_PROXY=http://u:p@10.9.9.9:3128\nExecStart=/usr/bin/etcd --name=a \
             --listen-client-urls={url} --advertise-client-urls={url} \
             --initial-cluster=a=https://10.255.0.1:2380,b=https://10.255.0.2:2380\n"
        ),
    );
    let run = look();
    assert!(fix_of(&run, &unit).contains("NO_PROXY=10.255.0.2"), "{run:#?}");
    assert!(!run.stdout.contains("u:p"), "{run:#?}");
    fs::remove_file(&unit).unwrap();
    let pod = |more: &str| {
        let text = format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: kube-apiserver}}\nspec:\n  containers:\n  - command:\n    \
             - kube-apiserver\n    - --etcd-servers={url}\n    name: kube-apiserver\n    env:\n    \
             - name: HTTPS_PROXY\n      value: http://10.9.9.9:3128\n{more}"
        );
        write("etc/kubernetes/manifests/kube-apiserver.yaml", &text)
    };
    let path = pod("");
    let run = look();
    let edit = fix_of(&run, &path);
    assert!(edit.contains("{name: NO_PROXY, value: "), "{edit}");
    pod("    - {name: NO_PROXY, value: 10.255.0.0/16}\n");
    assert!(!look().stdout.contains("proxy-environment"));
}
