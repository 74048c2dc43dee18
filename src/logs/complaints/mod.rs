//! Every complaint that is understood, in the order in which they decide when a line holds several texts: the telling ones first,
//! what only follows from them last. In the same order the lines of one input are told.

mod agreement;
mod alerts;
mod authority;
mod backup;
mod certificate;
mod clear_text;
mod closing;
mod connection;
mod etcd;
mod extensions;
mod files;
mod handshake;
mod harmless;
mod load;
mod loading;
mod membership;
mod names;
mod outside;
mod protocol_alerts;
mod settings;
mod timeouts;
mod unused;

use super::complaint::Complaint;

pub(super) use etcd::WAITED;
pub(super) use harmless::STOPPED;
pub(super) use load::TIMED_OUT;

/// All of them, most telling first.
pub(super) static ALL: &[&[&Complaint]] = &[
    harmless::FIRST,
    outside::BETWEEN,
    settings::ALL,
    unused::ALL,
    membership::ALL,
    files::ALL,
    loading::ALL,
    names::ALL,
    certificate::ALL,
    extensions::ALL,
    authority::ALL,
    alerts::ALL,
    closing::AFTER_HANDSHAKE,
    protocol_alerts::ALL,
    clear_text::ALL,
    agreement::ALL,
    handshake::ALL,
    backup::ALL,
    etcd::ALL,
    load::ALL,
    outside::APISERVER_DOWN,
    closing::BY_RESET,
    connection::ALL,
    closing::ALL,
    handshake::UNSPECIFIC,
    timeouts::ALL,
];
