//! Many endpoints at once: those that are silent keep nobody waiting, and no report grows with the square of their number.

mod support;

use std::net::TcpListener;

use serde_json::Value;
use support::{
    etcd::{Etcd, newest},
    pki::{Pki, mtls},
    server::{Act, After, Server, Setup},
    tool::check,
};

#[test]
fn six_hundred_silent_endpoints_cost_one_timeout_and_hide_no_healthy_one() {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let etcd = Etcd::tls(&release, &pki.server(&ca, "server").issue(), Some(&ca));
    // Bound and never accepted from, as a frozen etcd is.
    let silent: Vec<TcpListener> =
        (0..600).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
    let addresses = silent.iter().map(|listener| listener.local_addr().unwrap());
    let mut urls: Vec<String> = addresses.map(|address| format!("https://{address}")).collect();
    urls.push(etcd.url.clone());

    let client = pki.client(&ca, "client").issue();
    let flags = mtls(&ca, &client);
    // One timeout for all of them, not one for each or for every sixty: a run that adds them up is killed.
    let run = check(&urls.join(","), &[&flags[..], &["--timeout", "10s"]].concat());
    run.finds("tls-stalled");
    let report = run.json();
    let endpoints = report["endpoints"].as_array().unwrap();
    assert_eq!(endpoints.len(), urls.len());
    let steps = endpoints.last().unwrap()["steps"].as_array().unwrap().iter();
    let statuses: Vec<&Value> = steps.map(|step| &step["status"]).collect();
    assert_eq!(
        statuses,
        ["not-carried-out", "ok", "ok", "ok", "ok", "ok"],
        "{:?}",
        endpoints.last()
    );
}

#[test]
fn the_fix_for_many_endpoints_names_one() {
    let pki = Pki::new();
    let (right, wrong) = (pki.authority("right", "etcd-ca"), pki.authority("ca", "kubernetes"));
    let server = pki.server(&right, "server").issue();
    let servers: Vec<Server> = (0..17)
        .map(|_| Server::start(Act::Tls(Setup::new(&server).config(), After::Silence)))
        .collect();
    let urls: Vec<String> = servers.iter().map(Server::url).collect();
    let fix = |urls: &[String]| {
        let report = check(&urls.join(","), &["--cacert", &wrong.cert]).json();
        report["findings"][0]["fix"].to_string()
    };
    let all = fix(&urls[..16]);
    assert!(urls[..16].iter().all(|url| all.contains(url)), "{all}");
    let one = fix(&urls);
    assert!(one.contains(&urls[0]) && !one.contains(&urls[1]), "{one}");
}
