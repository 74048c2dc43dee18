//! How etcd and kube-apiserver are configured: what keeps them from starting, or makes them refuse what is right.
//!
//! What the files contain that a configuration names belongs to `files`, `chain`, `server` and `client`.

mod apiserver_cafile_mismatch;
mod apiserver_client_cert_untrusted;
mod apiserver_endpoint_port;
mod apiserver_endpoint_scheme;
mod auto_tls;
mod ca_pool_stale;
mod cipher_suite;
mod cipher_suite_unknown;
mod cipher_suites_no_http2;
mod client_auth_without_ca;
mod config_conflict;
mod config_file_missing;
mod config_incomplete;
mod config_key_misplaced;
mod config_name_unknown;
mod config_options_exclusive;
mod config_shadowed;
mod config_unreadable;
mod config_value_quoted;
mod data_dir_not_mounted;
mod hostpath_missing;
mod hostpath_wrong;
mod initial_cluster_mismatch;
mod listen_advertise_scheme;
mod listen_https_without_cert;
mod loss;
mod member_address_changed;
mod plaintext_listener;
mod probe_unanswered;
mod tls_files_unused;
mod tls_version_unknown;
mod trusted_ca_mismatch;
mod weak_cipher_suites;

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Severity},
    diagnoses::fix::Edit,
    facts::{Facts, Named, Settings, Subject, show_setting},
    observation::{ConfigFile, ConfigKind, Program, Setting},
};

/// The rooms of this group, in the order of judging.
pub(super) const ROOMS: &[&Diagnosis] = &[
    &config_unreadable::DIAGNOSIS,
    &config_value_quoted::DIAGNOSIS,
    &config_name_unknown::DIAGNOSIS,
    &config_key_misplaced::DIAGNOSIS,
    &config_shadowed::DIAGNOSIS,
    &hostpath_wrong::DIAGNOSIS,
    &config_file_missing::DIAGNOSIS,
    &hostpath_missing::DIAGNOSIS,
    &config_incomplete::DIAGNOSIS,
    &config_conflict::DIAGNOSIS,
    &config_options_exclusive::DIAGNOSIS,
    &initial_cluster_mismatch::DIAGNOSIS,
    &tls_version_unknown::DIAGNOSIS,
    &listen_https_without_cert::DIAGNOSIS,
    &cipher_suite_unknown::DIAGNOSIS,
    &cipher_suites_no_http2::DIAGNOSIS,
    &auto_tls::DIAGNOSIS,
    &client_auth_without_ca::DIAGNOSIS,
    &ca_pool_stale::DIAGNOSIS,
    &trusted_ca_mismatch::DIAGNOSIS,
    &apiserver_cafile_mismatch::DIAGNOSIS,
    &apiserver_client_cert_untrusted::DIAGNOSIS,
    &apiserver_endpoint_port::DIAGNOSIS,
    &apiserver_endpoint_scheme::DIAGNOSIS,
    &listen_advertise_scheme::DIAGNOSIS,
    &member_address_changed::DIAGNOSIS,
    &data_dir_not_mounted::DIAGNOSIS,
    &tls_files_unused::DIAGNOSIS,
    &plaintext_listener::DIAGNOSIS,
    &probe_unanswered::DIAGNOSIS,
    &weak_cipher_suites::DIAGNOSIS,
];

/// A finding about a process: it concerns the endpoints where the process is dialled, or which it dials itself. What would keep etcd from starting is only a
/// warning while it runs; whether kube-apiserver runs shows at no endpoint.
pub(super) fn finding(
    room: &'static Diagnosis,
    process: &Settings<'_>,
    subject: Subject,
    facts: &Facts<'_>,
) -> Finding {
    let runs = process.program != Program::KubeApiserver && facts.is_served(process);
    let severity = if runs { Severity::Warning } else { room.severity };
    let finding = Finding::new(room, subject)
        .severity(severity.min(room.severity))
        .of_client(process.as_configured_client());
    facts
        .endpoints_seen_of(process)
        .fold(finding, |finding, endpoint| finding.also_about(endpoint.subject()))
}

fn file(path: &str) -> Subject {
    Subject::File(path.to_owned())
}

/// A setting, its place, and where its file lies on this machine if that is elsewhere.
pub(super) fn place(named: &Named<'_, '_>) -> String {
    let shown = show_setting(named.config, named.setting);
    match &named.setting.on_disk {
        Some(path) => format!("{shown} -> {path}"),
        None => shown,
    }
}

/// Writes another value into the line of a setting; nothing where there is no other value.
pub(super) fn replaced(config: &ConfigFile, setting: &Setting, value: &str) -> Option<Fix> {
    Fix::edits(Edit::replace(config, setting, value)).pop()
}

/// Starts etcd again, where a unit does that; the kubelet does it by itself for static pods.
pub(super) fn restart(process: &Settings<'_>) -> Option<Fix> {
    let runs_in = |kind: ConfigKind| process.configs().any(|config| config.kind == kind);
    let by_unit = runs_in(ConfigKind::Unit) || runs_in(ConfigKind::Environment);
    (process.program == Program::Etcd && by_unit && !runs_in(ConfigKind::Manifest))
        .then(Fix::restart)
}
