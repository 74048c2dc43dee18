//! The words for severities, sides, levels and steps.

use super::page::Role;
use crate::{
    judge::{Level, Severity, Side},
    lang::Word,
};

/// The word for a severity.
pub(crate) fn severity(severity: Severity) -> Word {
    match severity {
        Severity::Error => Word::SeverityError,
        Severity::Warning => Word::SeverityWarning,
        Severity::Info => Word::SeverityInfo,
    }
}

/// How a severity looks.
pub(crate) fn role(severity: Severity) -> Role {
    match severity {
        Severity::Error => Role::Bad,
        Severity::Warning => Role::Warn,
        Severity::Info => Role::Dim,
    }
}

/// The word for the state of an endpoint or of all, and how it looks.
pub(crate) fn state(level: Level) -> (Word, Role) {
    match level {
        Level::Ok => (Word::Healthy, Role::Good),
        Level::Warning => (Word::Warnings, Role::Warn),
        Level::Error => (Word::Unhealthy, Role::Bad),
    }
}

/// The word for who has to change something.
pub(crate) fn side(side: Side) -> Word {
    match side {
        Side::LocalFile => Word::SideLocalFile,
        Side::Client => Word::SideClient,
        Side::Server => Word::SideServer,
        Side::Peer => Word::SidePeer,
        Side::Network => Word::SideNetwork,
        Side::Config => Word::SideConfig,
        Side::Etcd => Word::SideEtcd,
    }
}
