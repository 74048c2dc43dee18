//! A key and a certificate, or many of them.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use time::OffsetDateTime;

use super::super::{Failure, Remarks, certificate_files, note};
use super::shared::{Delivered, SharedLedger};
use super::site::{CaSite, hold, of_flag};
use crate::ca::{self, KeyAlgorithm, Layout, Made, Maker, Order, OrderKey, Profile};
use crate::message::{CaMessage, Message, Say as _, Value};
use crate::observe::{files::named_file, wire::client};
use crate::x509::{Certificate, Go, San, SpiffeId};

/// What is to be issued, and how.
pub struct IssueOptions {
    /// The certificates.
    pub orders: Orders,
    /// Their names, as a user writes them.
    pub sans: Vec<String>,
    /// Their SPIFFE ID, as only URI among the names.
    pub spiffe_id: Option<SpiffeId>,
    /// A file or an endpoint whose certificate gives names and organizations.
    pub like: Option<String>,
    /// How long they are valid.
    pub ttl: Duration,
    /// The kind of key.
    pub algorithm: KeyAlgorithm,
    /// Organizations in the subject.
    pub organizations: Vec<String>,
    /// The installer whose file names and local names are used.
    pub layout: Option<Layout>,
    /// The directory for the files.
    pub out: PathBuf,
    /// How long an endpoint named by `like` may take.
    pub patience: Duration,
}

/// Which certificates are ordered.
pub enum Orders {
    /// By name, all for the same role.
    Named {
        /// The role.
        profile: Profile,
        /// The common names.
        names: Vec<String>,
        /// The machine that will hold them.
        node_id: Option<String>,
        /// The service that will hold them.
        service_name: Option<String>,
    },
    /// By the lines of a file, a JSON object each; `-` is standard input.
    Lines(PathBuf),
}

/// What was issued.
pub struct Issued {
    /// The certificates, also of a run that failed later.
    pub made: Vec<Made>,
    /// What the shared ledger has.
    pub delivered: Delivered,
    /// Why not all were issued.
    pub failure: Option<Failure>,
}

/// One order, as a line of a file has it; what it leaves out comes from the options.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    profile: Profile,
    name: String,
    sans: Option<Vec<String>>,
    spiffe_id: Option<String>,
    ttl: Option<String>,
    org: Option<Vec<String>>,
    key_algorithm: Option<KeyAlgorithm>,
    out: Option<PathBuf>,
    node_id: Option<String>,
    service_name: Option<String>,
}

/// Issues.
pub async fn issue(
    mut options: IssueOptions,
    site: &CaSite,
    shared: &SharedLedger,
    remarks: Remarks<'_>,
) -> Result<Issued, Failure> {
    if let Some(like) = options.like.take() {
        let model = model(&like, options.patience).await;
        let model = model.map_err(|failure| of_flag("--like", failure))?;
        options.sans = model.names_display();
        let subject = model.subject();
        let organizations = subject.split([',', '+']).filter_map(|part| part.strip_prefix("O="));
        options.organizations = organizations.map(str::to_owned).collect();
    }
    let orders = orders(&options)?;
    if let [only] = orders.as_slice()
        && matches!(options.orders, Orders::Named { .. })
        && let Some(why) = only.profile.why_both()
    {
        note(remarks, why);
    }
    make(orders, site, shared, remarks).await
}

/// Makes what was ordered, records it and delivers the records.
pub(in crate::workflow) async fn make(
    orders: Vec<Order>,
    site: &CaSite,
    shared: &SharedLedger,
    remarks: Remarks<'_>,
) -> Result<Issued, Failure> {
    let now = OffsetDateTime::now_utc();
    let authority = site.authority(now)?;
    let mut ledger = site.open_ledger()?;
    let mut guard = hold(&mut ledger, remarks)?;
    let maker = Maker { authority: &authority, cluster_id: &shared.cluster_id, now };
    let mut made: Vec<Made> = Vec::with_capacity(orders.len());
    let outcome = maker.make(orders, &mut guard, |new| made.push(new));
    drop(guard);
    note_shortened(&made, &authority.certificate, remarks);
    let delivered = shared.deliver(&mut ledger, remarks).await?;
    Ok(Issued { made, delivered, failure: outcome.err().map(Failure::from) })
}

/// Remarks that certificates are valid for less time than was asked.
pub(super) fn note_shortened(made: &[Made], authority: &Certificate, remarks: Remarks<'_>) {
    if made.iter().any(|made| made.shortened) {
        let until = Value::time(authority.not_after);
        note(remarks, CaMessage::Shortened { until });
    }
}

/// The certificate that a file holds or an endpoint serves.
async fn model(like: &str, patience: Duration) -> Result<Certificate, Failure> {
    if Path::new(like).is_file() {
        return Ok(named_file::certificate(Path::new(like))?);
    }
    let of_endpoint = |message: Message| Failure::failed(message.about(like));
    let chain = client::presented(like, patience).await?.chain;
    let leaf = chain.first().ok_or_else(|| of_endpoint(CaMessage::NoCertificateServed.into()))?;
    Certificate::parse(&leaf.0, Go::DEFAULT)
        .map_err(|error| of_endpoint(Message::Plain(Value::quoted(error))))
}

fn orders(options: &IssueOptions) -> Result<Vec<Order>, Failure> {
    let lines = match &options.orders {
        Orders::Lines(path) => read_lines(path)?,
        Orders::Named { profile, names, node_id, service_name } => {
            let line = |name: &String| Line {
                profile: *profile,
                name: name.clone(),
                sans: None,
                spiffe_id: None,
                ttl: None,
                org: None,
                key_algorithm: None,
                out: None,
                node_id: node_id.clone(),
                service_name: service_name.clone(),
            };
            names.iter().map(line).collect()
        }
    };
    lines.into_iter().map(|line| order(options, line)).collect()
}

fn order(options: &IssueOptions, line: Line) -> Result<Order, Failure> {
    let Line { profile, name, .. } = line;
    let wrong = |message: Message| Failure::misuse(message.about(&name));
    check_name(&name)?;
    let mut sans = names(profile, &name, line.sans.as_ref().unwrap_or(&options.sans))?;
    if let Some(layout) = options.layout.filter(|_| profile.is_dialled()) {
        let local = layout.local_names().into_iter().chain(ca::san(&name).ok());
        let added: Vec<San> = local.filter(|san| !sans.contains(san)).collect();
        sans.extend(added);
    }
    let id = match &line.spiffe_id {
        Some(text) => Some(workload(text).map_err(wrong)?),
        None => options.spiffe_id.clone(),
    };
    if let Some(id) = id {
        sans.push(San::Uri(id.to_string()));
        if sans.iter().filter(|san| matches!(san, San::Uri(_))).count() > 1 {
            return Err(wrong(CaMessage::SpiffeAlone.into()));
        }
    }
    let organizations = line.org.as_ref().unwrap_or(&options.organizations);
    let subject =
        ca::subject(&name, organizations).map_err(|error| Failure::misuse(error.message()))?;
    let ttl = match line.ttl {
        Some(text) => humantime::parse_duration(&text)
            .ok()
            .filter(|ttl| !ttl.is_zero())
            .ok_or_else(|| wrong(CaMessage::DurationWanted.into()))?,
        None => options.ttl,
    };
    let holder = super::holder(profile, &name, line.node_id, line.service_name)?;
    let out = line.out.as_ref().unwrap_or(&options.out);
    let (cert, key_file) = match options.layout {
        Some(layout) => layout.files(profile, &name),
        None => (format!("{name}.crt"), format!("{name}.key")),
    };
    Ok(Order {
        profile,
        subject,
        sans,
        ttl,
        key: OrderKey::New(line.key_algorithm.unwrap_or(options.algorithm)),
        holder,
        cert: out.join(cert),
        key_file: out.join(key_file),
        replaces: None,
    })
}

/// A name has to do for a file as well.
pub(super) fn check_name(name: &str) -> Result<(), Failure> {
    if is_file_name(name) {
        return Ok(());
    }
    Err(Failure::misuse(Message::from(CaMessage::FileNameWanted).about(name)))
}

pub(super) fn is_file_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\0']) && !name.starts_with('.')
}

/// The names asked for, each once; its own name where others have to connect to it and nothing was asked for.
pub(super) fn names(profile: Profile, name: &str, asked: &[String]) -> Result<Vec<San>, Failure> {
    let mut sans = sans(asked)?;
    if sans.is_empty() && profile.is_dialled() {
        let needed = || {
            let message = CaMessage::NeedsSan { profile: profile.to_string().into() };
            Failure::misuse(Message::from(message).about(name))
        };
        sans.push(ca::san(name).map_err(|_| needed())?);
    }
    let mut seen = HashSet::new();
    sans.retain(|san| seen.insert(san.clone()));
    Ok(sans)
}

/// Names as a user writes them.
pub(in crate::workflow) fn sans(texts: &[String]) -> Result<Vec<San>, Failure> {
    let sans = texts.iter().map(|text| ca::san(text)).collect::<Result<_, _>>();
    sans.map_err(|error| Failure::misuse(error.message().about("--san")))
}

/// A workload's ID has a path.
pub fn workload(text: &str) -> Result<SpiffeId, Message> {
    let id = SpiffeId::parse(text).map_err(Message::from)?;
    if id.has_path() { Ok(id) } else { Err(CaMessage::SpiffePathWanted.into()) }
}

fn read_lines(path: &Path) -> Result<Vec<Line>, Failure> {
    let text = certificate_files::read_input(path).map_err(|failure| of_flag("--from", failure))?;
    let text = String::from_utf8_lossy(&text);
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let parsed = lines.map(|(index, line)| {
        serde_json::from_str(line).map_err(|error| {
            let (path, line) = (path.display().into(), (index + 1).into());
            Failure::failed(CaMessage::OrderLine { path, line, why: Value::quoted(error) })
        })
    });
    parsed.collect()
}
