//! A CA of the chain has expired, while the certificate below it has not.
//!
//! Go checks the dates of every link, the trust anchor included (crypto/x509 `isValid`), and its text does not say
//! which one.

use super::broken::{self, Broken, Flaw};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Certificate, ClientFault, Endpoint, Facts, Subject, file::FileSeen},
    message::{Label, Prose, Text, Value},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "ca-expired",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "A CA certificate has expired",
            why: "The end-entity certificate is still valid, but a CA above it is not, and Go checks \
                  the dates of the whole chain, trust anchor included. Its error text and its alert are \
                  those of an expired end-entity certificate.",
            fix: "Renew the CA with the same key, replace it in --cacert of every client and in \
                  --trusted-ca-file of every member, and restart etcd, which reads that file only at start.",
        },
        ja: Prose {
            title: "CA 証明書の有効期限が切れています",
            why: "末端の証明書はまだ有効ですが、その上位の CA が期限切れです。Go はトラストアンカーを含む\
                  チェーン全体の有効期間を検証します。エラーの文面とアラートは末端の証明書が期限切れの場合と同じです。",
            fix: "CA 証明書を同じ鍵で更新し、全クライアントの --cacert と全メンバーの --trusted-ca-file を\
                  置き換えてください。etcd はこのファイルを起動時にしか読まないため、再起動が必要です。",
        },
        zh: Prose {
            title: "CA 证书已过期",
            why: "终端证书仍在有效期内，但其上级 CA 已经过期。Go 会检查整条证书链的有效期，\
                  信任锚也不例外。报错文字和警报与终端证书过期时完全相同。",
            fix: "用同一私钥为 CA 证书续期，替换每个客户端的 --cacert 和每个成员的 --trusted-ca-file，\
                  并重启 etcd（该文件只在启动时读取）。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let chains = broken::found(facts, Flaw::CaExpired);
    let seen = chains.iter().map(|chain| {
        let finding = chain.go_says(chain.clocks(chain.at_culprit(&DIAGNOSIS)));
        let holders = holders(facts, &chain.culprit);
        let named = holders.iter().map(|(option, path)| format!("{option} {path}"));
        let finding = finding.evidence(Label::OnDisk, Value::list(named));
        finding.fixes(chain.with_better_cacert().into_iter().chain(renewal(chain, &holders)))
    });
    seen.chain(facts.refused_for(ClientFault::ServersCa).filter_map(|at| held(facts, at))).collect()
}

/// The server's file is not at hand, and still it is the CA: ours was renewed with its key after it had issued our certificate.
fn held(facts: &Facts<'_>, endpoint: &Endpoint<'_>) -> Option<Finding> {
    let renewed = facts.client.renewed_issuer(&facts.anchors)?;
    let restart = Fix::restart().on(endpoint.authority());
    let finding = Finding::new(&DIAGNOSIS, endpoint.subject())
        .side(Side::Server)
        .evidence(Label::Alert, endpoint.alert())
        .evidence(Label::Certificate, facts.client.leaf()?.subject())
        .evidence(Label::Issuer, renewed.subject())
        .shows_validity(renewed, facts, Some(endpoint))
        .fix(restart);
    Some(
        facts
            .client
            .cert
            .map(str::to_owned)
            .map(Subject::File)
            .into_iter()
            .fold(finding, Finding::also_about),
    )
}

/// Where an expired CA lies: the options that name its files, client's and servers', each file once.
fn holders(facts: &Facts<'_>, expired: &Certificate) -> Vec<(String, String)> {
    let given = facts.flag("--cacert").map(|given| ("--cacert".to_owned(), given.file));
    let named = facts.named_files().map(|named| (format!("--{}", named.setting.name), named.file));
    let mut holders: Vec<(String, String)> = Vec::new();
    for (option, file) in given.into_iter().chain(named) {
        let is_held = file.certificates().any(|der| der.0 == expired.der);
        if is_held && holders.iter().all(|(_, path)| *path != file.path) {
            holders.push((option, file.path.clone()));
        }
    }
    holders
}

/// The CA with new dates and its old key, put into every file that holds the old one: what it signed stays good. It is at hand, or its
/// key is. Whoever trusts it reads it only at the start.
fn renewal(chain: &Broken<'_, '_>, holders: &[(String, String)]) -> Vec<Fix> {
    let facts = chain.facts;
    let made = || {
        let (path, key) = chain.root_pair()?;
        let old = format!("{path}.expired");
        let kept = Fix::run("cp -p").value(path).value(&old);
        let renew = Fix::run("openssl x509 -days 3650").arg("-in", &old).arg("-signkey", key);
        Some((path, Some(kept.and(renew.arg("-out", path)).changes(path))))
    };
    let at_hand = renewed(facts, &chain.culprit).map(|path| (path, None));
    let Some((source, made)) = at_hand.or_else(made) else { return Vec::new() };
    let elsewhere = holders.iter().filter(|(_, path)| path != source);
    let copies = elsewhere.map(|(_, path)| {
        let kept = Fix::run("cp -p").value(path).value(format!("{path}.expired"));
        let renewed = if holds_one(facts, path) {
            Fix::run("cp").value(source).value(path)
        } else {
            Fix::run("cat").value(source).append_to(path)
        };
        kept.and(renewed).changes(path)
    });
    made.into_iter().chain(copies).chain(Fix::restart_members(facts)).collect()
}

/// Whether a file holds a single certificate, so that another one may take its place.
fn holds_one(facts: &Facts<'_>, path: &str) -> bool {
    let file = facts.files().find(|file| file.path == path);
    file.is_some_and(|file| file.certificates().count() == 1)
}

/// The file with nothing but a valid certificate of the same CA, by name and key.
fn renewed<'a>(facts: &Facts<'a>, expired: &Certificate) -> Option<&'a str> {
    let is_renewed = |file: &&FileSeen| {
        let mut all = file.certificates().map(|der| Certificate::parse(&der.0, facts.go));
        let (first, more) = (all.next(), all.next());
        let is_same =
            |ca: &Certificate| ca.raw_subject == expired.raw_subject && ca.spki == expired.spki;
        more.is_none()
            && first.and_then(Result::ok).is_some_and(|ca| is_same(&ca) && facts.is_valid_now(&ca))
    };
    facts.files().find(is_renewed).map(|file| file.path.as_str())
}
