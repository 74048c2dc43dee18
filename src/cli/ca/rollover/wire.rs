//! What is true on the wire: which members trust the new CA, as clients and as peers see them, and what they serve.

use std::collections::HashSet;
use std::time::Duration;

use etcd_client::Client;
use time::OffsetDateTime;

use super::{Files, RolloverArgs, certificate};
use crate::ca::{self, Authority, Profile, Status};
use crate::cli::Done;
use crate::cli::ca::{chain, shared};
use crate::cli::exit::Refusal;
use crate::connect::{self, Credentials, Given};
use crate::ledger::Embedded;
use crate::x509::{Certificate, Go};

/// The URLs that were looked at.
pub(super) struct Seen {
    clients: Vec<String>,
    peers: Vec<String>,
}

/// What members said of themselves and each other.
#[derive(Default)]
struct Answers {
    refused: Vec<String>,
    /// The ids of the members that answered.
    ids: HashSet<u64>,
    /// Every member's id, name and peer URLs, as the cluster lists them.
    members: Vec<(u64, String, Vec<String>)>,
}

/// Makes sure that every member lets in a client of the new CA and, where the CA issues to peers, a peer.
pub(super) fn trusts(
    args: &RolloverArgs,
    files: &Files,
    new: &Authority,
    ledger: &Embedded,
    now: OffsetDateTime,
) -> Done<Seen> {
    let (mut peer, mut others) = (None, false);
    for stored in ledger.records()? {
        if stored.record.status == Status::Active {
            match stored.record.profile {
                Profile::Peer => peer = peer.or(Some(stored)),
                Profile::Client | Profile::Server => others = true,
            }
        }
    }
    let etcd = &args.shared.etcd;
    let clients = etcd.endpoints().to_vec();
    if clients.is_empty() && (others || args.peer_endpoints.is_empty()) {
        let needed = "--endpoints names every member; without them nothing can be checked";
        return Err(Refusal(needed.to_owned()).into());
    }
    let patience = etcd.timeout();
    let presenting = |profile, subject: &[u8]| -> Done<Credentials> {
        let (cert, key) = new.trial(profile, subject, now)?;
        let cacert = Some(files.bundle.display().to_string());
        let given = Given { cacert, cert: None, key: None, ..etcd.given()? };
        Ok(Credentials::load(&given)?.presenting(&cert, &key)?)
    };
    let nobody = ca::subject("etcd-tls-trial", &[])?;
    let client = presenting(Profile::Client, &nobody)?;
    let mut answers = shared::run(ask_clients(&clients, &client, patience))?;
    let unnamed: Vec<_> = answers
        .members
        .iter()
        .filter(|(id, ..)| answers.refused.is_empty() && !answers.ids.contains(id))
        .map(|(_, name, _)| format!("member {name} is not among --endpoints"))
        .collect();
    answers.refused.extend(unnamed);
    let mut peers = args.peer_endpoints.clone();
    if let Some(peer) = peer {
        if peers.is_empty() {
            let listed = answers.members.iter().flat_map(|(.., urls)| urls.clone());
            peers = listed.filter(|url| url.starts_with("https://")).collect();
        }
        // --peer-cert-allowed-cn wants a name that peers have.
        let own = peer.cert.and_then(|path| certificate(&path).ok()).map(|own| own.raw_subject);
        let peer = presenting(Profile::Peer, &own.unwrap_or(nobody))?;
        for url in &peers {
            let asked = shared::run(connect::ask_peer(url, &peer, patience))?;
            answers.refused.extend(asked.err().map(|error| chain(&error)));
        }
    }
    if answers.refused.is_empty() {
        return Ok(Seen { clients, peers });
    }
    let why = answers.refused.join("; ");
    Err(Refusal(format!("not every endpoint trusts the new CA yet: {why}")).into())
}

async fn ask_clients(urls: &[String], credentials: &Credentials, patience: Duration) -> Answers {
    let mut answers = Answers::default();
    for url in urls {
        let asked = match connect::connect(url, credentials, patience).await {
            Ok(client) => ask(&client, patience, &mut answers).await,
            Err(error) => Err(chain(&error)),
        };
        answers.refused.extend(asked.err().map(|why| format!("{url}: {why}")));
    }
    answers
}

/// Asks a member who it is and whom it knows; in TLS 1.3 only an answer shows that there was no refusal.
async fn ask(client: &Client, patience: Duration, answers: &mut Answers) -> Result<(), String> {
    let asking = async {
        let status = client.maintenance_client().status().await?;
        answers.ids.extend(status.header().map(|header| header.member_id()));
        if answers.members.is_empty() {
            let listed = client.cluster_client().member_list().await?;
            let member = |one: &etcd_client::Member| {
                (one.id(), one.name().to_owned(), one.peer_urls().to_vec())
            };
            answers.members = listed.members().iter().map(member).collect();
        }
        Ok::<_, etcd_client::Error>(())
    };
    let asked = tokio::time::timeout(patience, asking).await;
    asked.map_err(|_| "no answer".to_owned())?.map_err(|error| error.to_string())
}

/// Makes sure that every one of them serves a certificate of the new CA.
pub(super) fn serves(args: &RolloverArgs, new: &Authority, seen: &Seen) -> Done<()> {
    let patience = args.shared.etcd.timeout();
    let mut stale = Vec::new();
    for url in seen.clients.iter().chain(&seen.peers) {
        let chain = shared::run(connect::served(url, patience))?;
        let leaf = chain
            .as_ref()
            .ok()
            .and_then(|chain| Certificate::parse(chain.first()?, Go::DEFAULT).ok());
        match (leaf, chain) {
            (Some(leaf), _) if new.issued(&leaf) => {}
            (Some(leaf), _) => stale.push(format!("{url} still serves {}", leaf.serial_hex())),
            (None, Err(error)) => stale.push(super::super::chain(&error)),
            (None, Ok(_)) => stale.push(format!("{url} presents nothing")),
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    let why = stale.join("; ");
    Err(Refusal(format!("not every endpoint serves the new CA's certificates yet: {why}")).into())
}
