//! Every complaint that is understood, in the order in which they decide when a line holds several texts: the telling ones first,
//! what only follows from them last.

mod alerts;
mod authority;
mod certificate;
mod connection;
mod etcd;
mod files;
mod handshake;
mod harmless;
mod names;
mod settings;
mod timeouts;

use super::complaint::Complaint;

pub(super) use harmless::STOPPED;

/// All of them, most telling first.
pub(super) static ALL: &[&[&Complaint]] = &[
    harmless::FIRST,
    settings::ALL,
    files::ALL,
    names::ALL,
    certificate::ALL,
    authority::ALL,
    alerts::ALL,
    handshake::ALL,
    etcd::ALL,
    connection::ALL,
    timeouts::ALL,
];
