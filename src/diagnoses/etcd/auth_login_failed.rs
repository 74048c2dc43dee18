//! `--user` was given, and etcd refuses the name or the password.
//!
//! etcd says the same for both (`server/etcdserver/api/v3rpc/rpctypes`, `ErrAuthFailed`).

use super::{auth_permission_denied, auth_user_missing};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{AuthFault, Facts, Subject},
    message::{Label, Prose, Text, Value},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "auth-login-failed",
    severity: Severity::Error,
    side: Side::Client,
    hardening: false,
    causes: &[&auth_user_missing::DIAGNOSIS, &auth_permission_denied::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "etcd refuses the name or the password of --user",
            why: "etcd answered, and its own authentication is on. It was asked to log this user in \
                  and refused; it does not say whether the user is unknown or the password wrong.",
            fix: "Give the right name and password, or set a new one as root with `etcdctl user \
                  passwd`.",
        },
        ja: Prose {
            title: "--user のユーザー名またはパスワードを etcd が拒否しています",
            why: "etcd は応答し、etcd 自身の認証が有効です。このユーザーのログインが拒否されましたが、\
                  ユーザーが存在しないのか、パスワードが違うのかを etcd は区別して返しません。",
            fix: "正しいユーザー名とパスワードを指定するか、root で `etcdctl user passwd` を実行して\
                  新しいパスワードを設定してください。",
        },
        zh: Prose {
            title: "etcd 拒绝了 --user 的用户名或密码",
            why: "etcd 已应答，其自身的认证已启用。它拒绝了该用户的登录，但不会说明是用户不存在\
                  还是密码错误。",
            fix: "给出正确的用户名和密码，或以 root 身份用 `etcdctl user passwd` 设置新密码。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let refused = facts.unauthorised(AuthFault::LoginFailed).map(|endpoint| {
        let says = endpoint.login_error().map(|error| error.message.as_str()).unwrap_or_default();
        let user = facts.observation.target.user.as_deref().unwrap_or_default();
        Finding::new(&DIAGNOSIS, Subject::Flag("--user".to_owned()))
            .also_about(endpoint.subject())
            .evidence(Label::User, user)
            .evidence(Label::Answer, Value::quoted(says))
            .fix(Fix::etcdctl(facts, "user passwd").value(user))
    });
    refused.collect()
}
