//! `--cacert` holds a CA of something else; the right one lies in a file near by.
//!
//! The classic is kubeadm's `pki/ca.crt` instead of `pki/etcd/ca.crt`.

use super::broken::{self, Broken, Flaw, Presenter};
use crate::{
    diagnoses::engine::{Diagnosis, Finding, Severity, Side},
    facts::Facts,
    message::{Label, Prose, Text},
};

pub(in crate::diagnoses) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "wrong-ca-file",
    severity: Severity::Error,
    side: Side::LocalFile,
    hardening: false,
    causes: &[],
    text: Text {
        en: Prose {
            title: "--cacert names another CA; the right one lies near by",
            why: "The CA in this file did not issue the server's certificate, and a CA in a file \
                  near by did. Kubernetes keeps two: the cluster's own CA and etcd's, in pki/etcd.",
            fix: "Give the file that verifies the server's certificate as --cacert.",
        },
        ja: Prose {
            title: "--cacert の CA が違います (正しい CA は近くにあります)",
            why: "サーバー証明書を発行したのはこのファイルの CA ではなく、近くにある別のファイルの \
                  CA です。Kubernetes には Kubernetes 自身の CA と etcd の CA (pki/etcd) の 2 つがあ\
                  り、取り違えやすくなっています。",
            fix: "サーバー証明書を検証できるファイルを --cacert に指定してください。",
        },
        zh: Prose {
            title: "--cacert 指定了别的 CA，正确的 CA 文件就在附近",
            why: "服务器证书不是由该文件中的 CA 签发的，而是由附近另一个文件中的 CA 签发。\
                  Kubernetes 有两个 CA：集群自身的 CA 和 pki/etcd 下 etcd 的 CA，容易混淆。",
            fix: "将能够验证服务器证书的文件指定为 --cacert。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    broken::found(facts, Flaw::WrongCaFile).iter().map(describe).collect()
}

fn describe(chain: &Broken<'_, '_>) -> Finding {
    let better = match chain.presenter {
        Presenter::Server(presented) => presented.verified_by(chain.facts),
        Presenter::Client(_) => None,
    };
    let finding = chain
        .at_anchors(&DIAGNOSIS)
        .evidence(Label::Issuer, chain.culprit.issuer())
        .evidence(Label::TrustAnchors, broken::anchor_subjects(chain.facts))
        .evidence(Label::Beside, better.map_or("", |near| near.file.path.as_str()));
    chain.go_says(finding).fixes(chain.with_better_cacert())
}
