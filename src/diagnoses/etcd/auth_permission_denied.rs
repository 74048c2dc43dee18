//! The user exists and has no role at all: it may do nothing.
//!
//! A user with any role is nobody's fault here: rights on some keys only are meant so.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{AuthFault, Endpoint, Facts},
    message::{EvidenceMessage, Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "auth-permission-denied",
    severity: Severity::Warning,
    side: Side::Etcd,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The etcd user of this client has no role, so it may do nothing",
            why: "etcd answered, and it knows the user. It has no role, so that every read and every \
                  write is refused, though `etcdctl endpoint health` calls it healthy.",
            fix: "Grant the user a role as root: a role of its own, or root for everything.",
        },
        ja: Prose {
            title: "このクライアントの etcd ユーザーにロールがなく、何もできません",
            why: "etcd は応答し、このユーザーを知っています。ロールが 1 つもないため、\
                  読み書きはすべて拒否されますが、`etcdctl endpoint health` では正常と表示されます。",
            fix: "root でこのユーザーにロール (専用のロール、または全権限を持つ root) を与えてください。",
        },
        zh: Prose {
            title: "此客户端的 etcd 用户没有任何角色，什么都做不了",
            why: "etcd 已应答，也认识该用户。但它没有角色，因此所有读写都会被拒绝，而 `etcdctl \
                  endpoint health` 仍会报告健康。",
            fix: "以 root 身份为该用户授予角色：专用角色，或拥有全部权限的 root。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    facts.unauthorised(AuthFault::NoRole).map(|endpoint| powerless(endpoint, facts)).collect()
}

fn powerless(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Finding {
    let name = endpoint.own_user().map(|user| user.name.as_str()).unwrap_or_default();
    let says = endpoint.read_error().map(|error| error.message.as_str()).unwrap_or_default();
    let subject = facts.user_giver().unwrap_or_else(|| endpoint.subject());
    Finding::new(&DIAGNOSIS, subject)
        .also_about(endpoint.subject())
        .evidence(Label::User, name)
        .evidence(Label::Answer, Value::quoted(says))
        .evidence(Label::Found, EvidenceMessage::NoRoles)
        .fixes(Fix::own_role(facts, name))
}
