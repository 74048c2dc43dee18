//! Exactly one of `--cert` and `--key` is given; etcd's `transport.TLSInfo` wants both or none.

use super::substitute;
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Say, Text},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "key-not-given",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "Only one of --cert and --key is given",
            why: "A client proves who it is with a certificate and the private key that belongs to \
                  it. With one of them alone etcdctl stops before it dials.",
            fix: "Give --cert and --key together, also where the two are in one file.",
        },
        ja: Prose {
            title: "--cert と --key の片方しか指定されていません",
            why: "クライアントは、証明書とそれに対応する秘密鍵の両方で身元を証明します。\
                  片方だけでは etcdctl は接続を始める前に終了します。",
            fix: "両方が 1 つのファイルにある場合も含め、--cert と --key をそろえて指定してください。",
        },
        zh: Prose {
            title: "--cert 和 --key 只指定了一个",
            why: "客户端需要用证书和与之对应的私钥共同证明身份。\
                  只给出其中一个时，etcdctl 在建立连接之前就会退出。",
            fix: "同时指定 --cert 和 --key，即使两者在同一个文件中也是如此。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let target = &facts.observation.target;
    let (given, missing) = match (&target.cert, &target.key) {
        (Some(cert), None) => (cert, "--key"),
        (None, Some(key)) => (key, "--cert"),
        _ => return Vec::new(),
    };
    let partner = substitute::of(missing, &[], facts);
    let finding = Finding::new(&DIAGNOSIS, super::file(&given.value))
        .evidence(Label::Missing, missing)
        .evidence(Label::GivenBy, given.origin.message());
    let finding = match partner {
        Some(path) => {
            finding.evidence(Label::Beside, path).fix(Fix::check(facts, &[(missing, path)]))
        }
        None => finding,
    };
    vec![finding]
}
