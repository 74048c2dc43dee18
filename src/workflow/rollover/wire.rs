//! What is true on the wire: which members trust the new CA, as clients and as peers see them, and what they serve.

use std::collections::HashSet;
use std::time::Duration;

use etcd_client::Client;
use time::OffsetDateTime;

use super::RolloverOptions;
use crate::ca::{self, Authority, Profile, Rollover, Status};
use crate::ledger::{CredentialSources, Credentials, Stored};
use crate::message::{CaMessage, LedgerMessage, Message, Say as _, Value};
use crate::observe::{files::named_file, wire::client};
use crate::workflow::Failure;
use crate::x509::{Certificate, Go};

/// The URLs that were looked at.
pub(super) struct Seen {
    clients: Vec<String>,
    peers: Vec<String>,
}

/// What members said of themselves and each other.
#[derive(Default)]
struct Answers {
    refused: Vec<Message>,
    /// The ids of the members that answered.
    ids: HashSet<u64>,
    /// Every member's id, name and peer URLs, as the cluster lists them.
    members: Vec<(u64, String, Vec<String>)>,
}

/// Makes sure that every member accepts a client of the new CA and, where the CA issues to peers, a peer.
pub(super) async fn trusts(
    options: &RolloverOptions,
    files: &Rollover,
    new: &Authority,
    records: &[Stored],
    now: OffsetDateTime,
) -> Result<Seen, Failure> {
    let active = || records.iter().filter(|stored| stored.record.status == Status::Active);
    let peer = active().find(|stored| stored.record.profile == Profile::Peer);
    let has_others = active().any(|stored| stored.record.profile != Profile::Peer);
    let clients = options.endpoints.clone();
    if clients.is_empty() && (has_others || options.peer_endpoints.is_empty()) {
        return Err(Failure::refused(CaMessage::EndpointsNeeded));
    }
    let patience = options.patience;
    let presenting = |profile, subject: &[u8]| -> Result<Credentials, Failure> {
        let (cert, key) = ca::trial(new, profile, subject, now)?;
        let cacert = Some(files.bundle.display().to_string());
        let own =
            CredentialSources { cacert, cert: None, key: None, ..options.credentials.clone() };
        let name = "CN=etcd-tls-trial";
        Ok(Credentials::load(&own)?.presenting(name, cert.as_bytes(), key.as_bytes())?)
    };
    let nobody = ca::subject("etcd-tls-trial", &[])?;
    let client = presenting(Profile::Client, &nobody)?;
    let mut answers = ask_clients(&clients, &client, patience).await;
    let unnamed: Vec<_> = answers
        .members
        .iter()
        .filter(|(id, ..)| answers.refused.is_empty() && !answers.ids.contains(id))
        .map(|(_, name, _)| CaMessage::MemberNotNamed { member: name.into() }.into())
        .collect();
    answers.refused.extend(unnamed);
    let mut peers = options.peer_endpoints.clone();
    if let Some(peer) = peer {
        if peers.is_empty() {
            let listed = answers.members.iter().flat_map(|(.., urls)| urls.clone());
            peers = listed.filter(|url| url.starts_with("https://")).collect();
        }
        // --peer-cert-allowed-cn wants a name that peers have.
        let own = peer.cert.as_ref().and_then(|path| named_file::certificate(path).ok());
        let peer = presenting(Profile::Peer, &own.map_or(nobody, |own| own.raw_subject))?;
        for url in &peers {
            let asked = client::ask_peer(url, &peer, patience).await;
            answers.refused.extend(asked.err().map(|error| error.message()));
        }
    }
    if answers.refused.is_empty() {
        return Ok(Seen { clients, peers });
    }
    let why = Message::All(answers.refused).into();
    Err(Failure::refused(CaMessage::NotYetTrusted { why }))
}

async fn ask_clients(urls: &[String], credentials: &Credentials, patience: Duration) -> Answers {
    let mut answers = Answers::default();
    for url in urls {
        let asked = match client::connect(url, credentials, patience).await {
            Ok(client) => ask(&client, patience, &mut answers).await.map_err(|why| why.about(url)),
            Err(error) => Err(error.message()),
        };
        answers.refused.extend(asked.err());
    }
    answers
}

/// Asks a member who it is and whom it knows; in TLS 1.3 only an answer shows that there was no refusal.
async fn ask(client: &Client, patience: Duration, answers: &mut Answers) -> Result<(), Message> {
    let asking = async {
        let status = client.maintenance_client().status().await?;
        answers.ids.extend(status.header().map(|header| header.member_id()));
        if answers.members.is_empty() {
            let listed = client.cluster_client().member_list().await?;
            let member = |member: &etcd_client::Member| {
                (member.id(), member.name().to_owned(), member.peer_urls().to_vec())
            };
            answers.members = listed.members().iter().map(member).collect();
        }
        Ok::<_, etcd_client::Error>(())
    };
    let asked = tokio::time::timeout(patience, asking).await;
    let asked = asked.map_err(|_| Message::from(LedgerMessage::Silent))?;
    asked.map_err(|error| Message::Plain(Value::quoted(error)))
}

/// Makes sure that every one of them serves a certificate of the new CA.
pub(super) async fn serves(
    options: &RolloverOptions,
    new: &Authority,
    seen: &Seen,
) -> Result<(), Failure> {
    let mut stale: Vec<Message> = Vec::new();
    for url in seen.clients.iter().chain(&seen.peers) {
        let seen = client::presented(url, options.patience).await;
        let leaf = seen
            .as_ref()
            .ok()
            .and_then(|tls| Certificate::parse(&tls.chain.first()?.0, Go::DEFAULT).ok());
        match (leaf, seen) {
            (Some(leaf), _) if new.issued(&leaf) => {}
            (Some(leaf), _) => {
                let (url, serial) = (url.into(), leaf.serial_hex().into());
                stale.push(CaMessage::StillServes { url, serial }.into());
            }
            (None, Err(error)) => stale.push(error.message()),
            (None, Ok(_)) => stale.push(CaMessage::PresentsNothing { url: url.into() }.into()),
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(Failure::refused(CaMessage::NotYetServed { why: Message::All(stale).into() }))
}
