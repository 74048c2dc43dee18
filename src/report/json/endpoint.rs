//! One endpoint as programs read it: how far the way goes, what TLS agreed on, what etcd answered.

use schemars::JsonSchema;
use serde::Serialize;

use super::CertificateView;
use crate::{
    facts::{Step, StepName, StepStatus},
    message::Lang,
    observation::Program,
    report::model::{EndpointReport, EtcdReport, Role, SecondOpinion, TlsReport},
};

/// One endpoint.
#[derive(Serialize, JsonSchema)]
pub(super) struct EndpointView<'r> {
    url: &'r str,
    /// The name of its cluster, if there are several.
    cluster: Option<&'r str>,
    role: Role,
    /// The configured client as which it was dialled, if it was not the check's own way.
    #[serde(skip_serializing_if = "Option::is_none")]
    checked_as: Option<ClientView<'r>>,
    address: Option<&'r str>,
    steps: [StepView; 6],
    tls: Option<TlsView<'r>>,
    etcd: Option<&'r EtcdReport<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct ClientView<'r> {
    program: Program,
    /// The file that configures it.
    config: &'r str,
}

#[derive(Serialize, JsonSchema)]
struct StepView {
    step: StepName,
    status: StepStatus,
    ms: Option<f64>,
    detail: String,
}

#[derive(Serialize, JsonSchema)]
struct TlsView<'r> {
    version: Option<&'r str>,
    cipher_suite: Option<&'r str>,
    group: Option<&'r str>,
    alpn: Option<&'r str>,
    chain: Vec<CertificateView<'static>>,
    client_certificate_requested: Option<bool>,
    acceptable_cas: &'r [String],
    /// The alert read from the wire, by its RFC 8446 name; never inferred.
    alert: Option<&'r str>,
    second_opinion: Option<SecondOpinion<'r>>,
}

impl<'r> EndpointView<'r> {
    pub(super) fn new(
        endpoint: &'r EndpointReport<'_>,
        cluster: Option<&'r str>,
        lang: Lang,
    ) -> Self {
        let step = |step: &Step| StepView {
            step: step.name,
            status: step.status,
            ms: step.ms,
            detail: step.detail.say(lang),
        };
        Self {
            url: endpoint.url,
            cluster,
            role: endpoint.role,
            checked_as: endpoint
                .client
                .map(|client| ClientView { program: client.program, config: &client.config }),
            address: endpoint.address,
            steps: endpoint.steps.each_ref().map(step),
            tls: endpoint.tls.as_ref().map(TlsView::from),
            etcd: endpoint.etcd.as_ref(),
        }
    }
}

impl<'r> From<&'r TlsReport<'_>> for TlsView<'r> {
    fn from(tls: &'r TlsReport<'_>) -> Self {
        Self {
            version: tls.seen.version.as_deref(),
            cipher_suite: tls.seen.cipher_suite.as_deref(),
            group: tls.seen.group.as_deref(),
            alpn: tls.seen.alpn.as_deref(),
            chain: tls.chain.iter().map(CertificateView::from).collect(),
            client_certificate_requested: tls.client_certificate_requested,
            acceptable_cas: &tls.acceptable_cas,
            alert: tls.alert,
            second_opinion: tls.second_opinion,
        }
    }
}
