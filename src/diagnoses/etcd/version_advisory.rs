//! The release of etcd has a published flaw in TLS that this configuration is open to.
//!
//! GHSA-3wh4-j44w-pg92: with `--listen-client-http-urls` the gRPC listener did not look at the CRL. GHSA-6vch-q96h-7gc3: a handshake had no
//! deadline; every older release has that, so it is only worth knowing.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::{Facts, Settings, Subject},
    message::{Label, Prose, Text, Value},
    observation::Program,
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "version-advisory",
    severity: Severity::Warning,
    side: Side::Etcd,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "This etcd release has a published flaw in its TLS",
            why: "A security advisory names this release. GHSA-3wh4-j44w-pg92: with \
                  --listen-client-http-urls, revoked certificates are let in on the gRPC \
                  port. GHSA-6vch-q96h-7gc3: a client that never finishes its handshake is \
                  waited for without end.",
            fix: "Upgrade etcd to a release with the fix; until then let nobody reach the \
                  port who need not.",
        },
        ja: Prose {
            title: "この etcd リリースには公表済みの TLS の脆弱性があります",
            why: "セキュリティ勧告がこのリリースを対象としています。GHSA-3wh4-j44w-pg92: --listen-client-http-urls を使うと、失効した証明書が gRPC ポートで受け入れられます。GHSA-6vch-q96h-7gc3: ハンドシェイクを終えないクライアントを際限なく待ち続けます。",
            fix: "修正されたリリースに更新してください。それまでは不要な接続元からポートに到達できないようにしてください。",
        },
        zh: Prose {
            title: "此 etcd 版本存在已公布的 TLS 缺陷",
            why: "有安全公告涉及此版本。GHSA-3wh4-j44w-pg92：使用 --listen-client-http-urls 时，gRPC 端口会放行已吊销的证书。GHSA-6vch-q96h-7gc3：对于始终不完成握手的客户端会无限期等待。",
            fix: "升级到已修复的版本；在此之前，不要让无关的来源访问该端口。",
        },
    },
    detect,
};

/// An advisory, where it is mended, and the options that open etcd to it.
struct Advisory {
    id: &'static str,
    fixed_in: &'static [(u16, u16, u16)],
    needs: &'static [&'static str],
    severity: Severity,
}

const ADVISORIES: [Advisory; 2] = [
    Advisory {
        id: "GHSA-3wh4-j44w-pg92",
        fixed_in: &[(3, 5, 32), (3, 6, 13), (3, 7, 0)],
        needs: &["client-crl-file", "listen-client-http-urls"],
        severity: Severity::Warning,
    },
    Advisory {
        id: "GHSA-6vch-q96h-7gc3",
        fixed_in: &[(3, 5, 33), (3, 6, 14), (3, 7, 1)],
        needs: &["cert-file"],
        severity: Severity::Info,
    },
];

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let etcds = facts.processes().filter(|one| one.program == Program::Etcd);
    etcds
        .flat_map(|process| {
            ADVISORIES.iter().filter_map(|advisory| applies(advisory, process, facts))
        })
        .collect()
}

fn applies(advisory: &Advisory, process: &Settings<'_>, facts: &Facts<'_>) -> Option<Finding> {
    let release = process.release().filter(|release| release.lacks(advisory.fixed_in))?;
    let needed = advisory.needs.iter().map(|option| process.get(option));
    let needed: Option<Vec<_>> = needed.collect();
    let (config, setting) = *needed?.first()?;
    let subject = Subject::Setting { file: config.path.clone(), name: setting.name.clone() };
    let fixed_in: Vec<String> = advisory
        .fixed_in
        .iter()
        .map(|(major, minor, patch)| format!("{major}.{minor}.{patch}"))
        .collect();
    let finding = super::super::config::finding(&DIAGNOSIS, process, subject, facts)
        .severity(advisory.severity)
        .evidence(Label::Advisory, advisory.id)
        .evidence(Label::Release, release.to_string())
        .evidence(Label::FixedIn, Value::list(fixed_in));
    Some(
        advisory.needs.iter().fold(finding, |finding, option| {
            finding.evidence(Label::Setting, process.show(option))
        }),
    )
}
