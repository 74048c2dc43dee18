//! Every complaint that is understood, in the order in which they decide when a line holds several texts: the telling ones first,
//! what only follows from them last.

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
mod loading;
mod names;
mod protocol_alerts;
mod settings;
mod timeouts;

use super::complaint::Complaint;

pub(super) use harmless::STOPPED;

/// All of them, most telling first.
pub(super) static ALL: &[&[&Complaint]] = &[
    harmless::FIRST,
    settings::ALL,
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
    closing::BY_RESET,
    connection::ALL,
    closing::ALL,
    handshake::UNSPECIFIC,
    timeouts::ALL,
];
