//! The key belongs to a certificate of the file that is not the first.
//!
//! TLS wants the end-entity certificate first (RFC 8446 §4.4.2), and Go compares the key with the first one only.

use super::pair::Pair;
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::{Certificate, Facts},
    message::{Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "bundle-order",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "The certificates in the file are in the wrong order",
            why: "The private key belongs to a certificate further down in the file. Go takes the \
                  first certificate for the client's own, finds that the key does not fit, and says \
                  that the private key does not match.",
            fix: "Put the certificate of the key first, then its issuer, then upwards.",
        },
        ja: Prose {
            title: "ファイル内の証明書の順序が誤っています",
            why: "秘密鍵に対応する証明書は、ファイルの先頭ではなく後ろにあります。Go は先頭の証明書を\
                  クライアント自身のものとみなすため、鍵が一致しないと報告します。",
            fix: "鍵に対応する証明書を先頭に、続けて発行者の証明書を下位から上位の順に並べてください。",
        },
        zh: Prose {
            title: "文件中证书的顺序有误",
            why: "与私钥对应的证书不在文件的第一位。Go 把第一张证书当作客户端自己的证书，发现与私钥\
                  不符，便报告私钥不匹配。",
            fix: "将与私钥对应的证书放在最前面，其后依次是它的颁发者和更上级的证书。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(pair) = Pair::of(facts) else { return Vec::new() };
    let Some(own) = pair.fits_at().filter(|position| *position > 0) else { return Vec::new() };
    let found: Vec<_> = pair.chain.iter().map(Certificate::subject).collect();
    let order = upwards(pair.chain, own);
    let blocks: Vec<_> = order.iter().map(|position| format!("c[{}]", position + 1)).collect();
    let blocks = blocks.join(" ");
    let program = format!(
        "/-----BEGIN CERTIFICATE-----/{{n++}} {{c[n]=c[n] $0 RS}} END{{printf \"%s\", {blocks}}}"
    );
    let ordered = format!("{}.ordered.pem", pair.cert);
    let finding = Finding::new(&DIAGNOSIS, super::file(pair.cert))
        .also_about(super::file(pair.key))
        .evidence(Label::Found, found.join(" → "))
        .evidence(Label::Certificate, format!("{} ({})", found[own], own + 1))
        .fix(Fix::run("awk").value(program).value(pair.cert).into_file(&ordered))
        .fix(Fix::check(facts, &[("--cert", &ordered)]));
    vec![finding]
}

/// The positions in the order that TLS wants: the key's own certificate, its issuer and so on, then what is left.
fn upwards(chain: &[Certificate], own: usize) -> Vec<usize> {
    let mut order = vec![own];
    let mut top = own;
    while let Some(issuer) = (0..chain.len()).find(|position| {
        !order.contains(position) && chain[*position].raw_subject == chain[top].raw_issuer
    }) {
        order.push(issuer);
        top = issuer;
    }
    let rest: Vec<_> = (0..chain.len()).filter(|position| !order.contains(position)).collect();
    order.extend(rest);
    order
}
