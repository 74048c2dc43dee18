//! Authentication is on, and etcd has no user of this name, or was given no name.
//!
//! `Auth.UserGet` of one's own name is allowed to everybody and answers `user name not found` (etcd
//! `server/etcdserver/apply_auth.go`).

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{AuthFault, Certificate, Endpoint, Facts},
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "auth-user-missing",
    severity: Severity::Error,
    side: Side::Etcd,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "etcd has no user for this client",
            why: "etcd answered, and its own authentication is on. etcd takes the CN of the client \
                  certificate as the user's name, and there is no such user, or no name at all. \
                  `etcdctl endpoint health` calls that healthy.",
            fix: "Create the user with a role as root, use a certificate whose CN is a user, or log \
                  in with --user.",
        },
        ja: Prose {
            title: "このクライアントに対応する etcd ユーザーが存在しません",
            why: "etcd は応答し、etcd 自身の認証が有効です。etcd はクライアント証明書の CN をユー\
                  ザー名とみなしますが、そのユーザーが存在しないか、証明書に名前 (CN) がありません。\
                  `etcdctl endpoint health` では正常と表示されます。",
            fix: "root でユーザーを作成してロールを与えるか、CN がユーザー名になっている証明書を使うか、\
                  --user でログインしてください。",
        },
        zh: Prose {
            title: "etcd 中没有与此客户端对应的用户",
            why: "etcd 已应答，其自身的认证已启用。etcd 把客户端证书的 CN 当作用户名，而该用户不\
                  存在，或证书中根本没有 CN。`etcdctl endpoint health` 仍会报告健康。",
            fix: "以 root 身份创建该用户并授予角色，使用 CN 为现有用户的证书，或用 --user 登录。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    facts.unauthorised(AuthFault::UserMissing).map(|endpoint| unknown(endpoint, facts)).collect()
}

fn unknown(endpoint: &Endpoint<'_>, facts: &Facts<'_>) -> Finding {
    let says = |message: Option<&str>| message.unwrap_or_default().to_owned();
    let name = endpoint.own_user().map(|user| user.name.as_str());
    let asked = endpoint.own_user().and_then(|user| user.roles.as_ref().err());
    let subject = facts.user_giver().unwrap_or_else(|| endpoint.subject());
    let finding = Finding::new(&DIAGNOSIS, subject)
        .also_about(endpoint.subject())
        .evidence(Label::User, name.unwrap_or("-"))
        .evidence(Label::Subject, facts.client.leaf().map(Certificate::subject))
        .evidence(
            Label::Answer,
            Value::quoted(says(endpoint.read_error().map(|error| error.message.as_str()))),
        )
        .evidence(Label::Answer, Value::quoted(says(asked.map(|error| error.message.as_str()))));
    match name {
        Some(name) => finding
            .fix(Fix::etcdctl_as_root(facts, "user add").value(name).plain("--no-password"))
            .fixes(Fix::own_role(facts, name)),
        None => finding.fixes(Fix::another_pair(facts, endpoint)),
    }
}
