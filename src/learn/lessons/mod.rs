//! The topics, one file each, in the order in which a learner meets them.

mod auth;
mod backup;
mod ca;
mod cacert_cert_key;
mod client_peer_server;
mod crl;
mod eku;
mod env;
mod external_etcd;
mod faq;
mod files;
mod gateway;
mod kubectl_exec;
mod mtls;
mod options;
mod ports;
mod rotation;
mod san;

use super::{
    Here, Lesson, Picture, Table, Topic, answer, name,
    picture::{back, both, branch, forward, last, stage},
    run, say, words,
};

pub(super) const ALL: &[&Topic] = &[
    &mtls::TOPIC,
    &cacert_cert_key::TOPIC,
    &files::TOPIC,
    &client_peer_server::TOPIC,
    &env::TOPIC,
    &ports::TOPIC,
    &san::TOPIC,
    &eku::TOPIC,
    &ca::TOPIC,
    &crl::TOPIC,
    &rotation::TOPIC,
    &options::TOPIC,
    &backup::TOPIC,
    &kubectl_exec::TOPIC,
    &external_etcd::TOPIC,
    &auth::TOPIC,
    &gateway::TOPIC,
    &faq::TOPIC,
];
