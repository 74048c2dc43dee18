//! The words for severities, sides, levels and steps.

use super::page::Role;
use crate::{
    diagnoses::engine::{Level, Severity, Side},
    message::{Lang, Word},
};

/// The word for a severity.
pub fn severity(severity: Severity) -> Word {
    match severity {
        Severity::Error => Word::SeverityError,
        Severity::Warning => Word::SeverityWarning,
        Severity::Info => Word::SeverityInfo,
    }
}

/// How a severity looks.
pub(super) fn role(severity: Severity) -> Role {
    match severity {
        Severity::Error => Role::Bad,
        Severity::Warning => Role::Warn,
        Severity::Info => Role::Dim,
    }
}

/// The word for the state of an endpoint or of all, and how it looks.
pub(super) fn state(level: Level) -> (Word, Role) {
    match level {
        Level::Ok => (Word::Healthy, Role::Good),
        Level::Warning => (Word::Warnings, Role::Warn),
        Level::Error => (Word::Unhealthy, Role::Bad),
    }
}

/// The heading of a fix, with who has to make it.
pub(super) fn fix(side: Side, lang: Lang) -> String {
    let (word, side) = (Word::Fix.in_lang(lang), self::side(side).in_lang(lang));
    match lang {
        Lang::En => format!("{word} ({side})"),
        Lang::Ja | Lang::Zh => format!("{word}（{side}）"),
    }
}

/// The word for who has to change something.
pub fn side(side: Side) -> Word {
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
