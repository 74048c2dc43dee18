//! `ca issue`: a key and a certificate, or many of them.

use std::collections::HashSet;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use serde::Deserialize;
use time::OffsetDateTime;

use super::holder;
use super::made;
use super::place::{self, CaPlace, KeyKind, Output};
use super::shared::{self, SharedLedger};
use crate::ca::{self, Layout, Made, Maker, Order, OrderKey, Profile};
use crate::cli::exit::{Exit, Misuse, note};
use crate::cli::{Done, target::duration};
use crate::connect;
use crate::ledger::Embedded;
use crate::message::Lang;
use crate::x509::{Certificate, Go, San, SpiffeId};

#[derive(Debug, Args)]
pub(super) struct IssueArgs {
    /// What the certificate is for
    #[arg(
        value_enum,
        value_name = "client|server|peer",
        required_unless_present = "from",
        requires = "name"
    )]
    profile: Option<Role>,
    /// Its CN, and the name of its files: NAME.crt and NAME.key
    name: Option<String>,
    #[command(flatten)]
    place: CaPlace,
    /// A DNS name or an IP address; may be given several times [server and peer default: NAME]
    #[arg(long, value_name = "IP-or-DNS", value_delimiter = ',')]
    san: Vec<String>,
    /// Its SPIFFE ID, `spiffe://TRUST-DOMAIN/PATH`, as its only URI SAN
    #[arg(long, value_name = "URI", value_parser = spiffe_id)]
    spiffe_id: Option<SpiffeId>,
    /// Take names, organization and usages from a certificate that exists or is served
    #[arg(long, value_name = "URL|FILE", conflicts_with_all = ["san", "org", "from"])]
    like: Option<String>,
    /// How long it lives; never longer than its CA
    #[arg(long, value_name = "DURATION", default_value = "90d", value_parser = duration)]
    ttl: Duration,
    /// The kind of key to make
    #[arg(long, value_enum, default_value_t = KeyKind::P256, value_name = "KIND")]
    key_algorithm: KeyKind,
    /// Organization in the subject; may be given several times
    #[arg(long, value_name = "NAME")]
    org: Vec<String>,
    /// Name the files, and the server's or peer's own host, as this way of installing etcd does
    #[arg(long = "for", value_enum, value_name = "LAYOUT")]
    layout: Option<LayoutName>,
    /// Folder for the files; made if missing
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// Make NAME-1 to NAME-N
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    count: Option<u32>,
    /// Read one order a line, as JSON objects with profile, name, sans, ttl, org and so on (- = standard input)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["profile", "name", "count", "node_id", "service_name"])]
    from: Option<PathBuf>,
    /// The machine that will hold it [server and peer default: NAME]
    #[arg(long, value_name = "ID", conflicts_with = "service_name")]
    node_id: Option<String>,
    /// The service that will hold it [client default: NAME]
    #[arg(long, value_name = "NAME")]
    service_name: Option<String>,
    #[command(flatten)]
    shared: SharedLedger,
    /// How to print what was made
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

/// A profile on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    Client,
    Server,
    Peer,
}

/// A layout on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LayoutName {
    Kubeadm,
    Kubespray,
    K3s,
}

impl From<LayoutName> for Layout {
    fn from(name: LayoutName) -> Self {
        match name {
            LayoutName::Kubeadm => Self::Kubeadm,
            LayoutName::Kubespray => Self::Kubespray,
            LayoutName::K3s => Self::K3s,
        }
    }
}

impl From<Role> for Profile {
    fn from(role: Role) -> Self {
        match role {
            Role::Client => Self::Client,
            Role::Server => Self::Server,
            Role::Peer => Self::Peer,
        }
    }
}

/// One order, as a line of `--from` has it; what it leaves out comes from the flags.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    profile: Profile,
    name: String,
    sans: Option<Vec<String>>,
    spiffe_id: Option<String>,
    ttl: Option<String>,
    org: Option<Vec<String>>,
    key_algorithm: Option<KeyKind>,
    out: Option<PathBuf>,
    node_id: Option<String>,
    service_name: Option<String>,
}

/// Issues.
pub(super) fn run(mut args: IssueArgs, lang: Lang) -> Done<Exit> {
    if let Some(like) = args.like.take() {
        take_after(&mut args, &like)?;
    }
    let now = OffsetDateTime::now_utc();
    let authority = args.place.load(now)?;
    let orders = orders(&args)?;
    let single = orders.len() == 1;
    if let Some(why) =
        args.profile.map(Profile::from).and_then(Profile::why_both).filter(|_| single)
    {
        note(&format!("note: {why}"));
    }
    let mut ledger = Embedded::open(&args.place.ledger())?;
    let mut held = place::hold(&mut ledger)?;
    let maker = Maker { authority: &authority, cluster_id: &args.shared.cluster_id, now };
    let mut done: Vec<Made> = Vec::with_capacity(orders.len());
    let outcome = maker.make(orders, &mut held, |made| done.push(made));
    drop(held);
    made::note_shortened(&done, &authority.certificate);
    let delivered = args.shared.deliver(&mut ledger)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    made::tell(&mut out, &done, args.output, &delivered, lang)?;
    out.flush()?;
    outcome.map_err(place::refuse)?;
    Ok(Exit::Fine)
}

/// Takes names and organization from another certificate.
fn take_after(args: &mut IssueArgs, like: &str) -> Done<()> {
    let der = if Path::new(like).is_file() {
        CertificateDer::from_pem_file(like)
            .map_err(|error| format!("--like {like}: {error}"))?
            .to_vec()
    } else {
        let chain = shared::run(connect::served(like, args.shared.etcd.timeout()))??;
        chain
            .into_iter()
            .next()
            .ok_or_else(|| format!("--like {like}: it presents no certificate"))?
    };
    let model =
        Certificate::parse(&der, Go::DEFAULT).map_err(|error| format!("--like {like}: {error}"))?;
    args.san = model.names_display();
    let subject = model.subject();
    let organizations = subject.split([',', '+']).filter_map(|part| part.strip_prefix("O="));
    args.org = organizations.map(str::to_owned).collect();
    Ok(())
}

fn orders(args: &IssueArgs) -> Done<Vec<Order>> {
    let lines = match (&args.from, args.profile, &args.name) {
        (Some(from), ..) => read_lines(from)?,
        (None, Some(profile), Some(name)) => {
            let names = match args.count {
                None => vec![name.clone()],
                Some(count) => (1..=count).map(|number| format!("{name}-{number}")).collect(),
            };
            let line = |name| Line {
                profile: profile.into(),
                name,
                sans: None,
                spiffe_id: None,
                ttl: None,
                org: None,
                key_algorithm: None,
                out: None,
                node_id: args.node_id.clone(),
                service_name: args.service_name.clone(),
            };
            names.into_iter().map(line).collect()
        }
        _ => return Err(Misuse("client, server or peer, and a name".to_owned()).into()),
    };
    lines.into_iter().map(|line| order(args, line)).collect()
}

fn order(args: &IssueArgs, line: Line) -> Done<Order> {
    let Line { profile, name, .. } = line;
    check_name(&name)?;
    let mut sans = names(profile, &name, line.sans.as_ref().unwrap_or(&args.san))?;
    if let Some(layout) = args.layout.map(Layout::from).filter(|_| profile.is_dialled()) {
        let local = layout.local_names().into_iter().chain(ca::san(&name).ok());
        let added: Vec<San> = local.filter(|san| !sans.contains(san)).collect();
        sans.extend(added);
    }
    let given = line.spiffe_id.map(|text| spiffe_id(&text)).transpose().map_err(Misuse)?;
    if let Some(id) = given.or_else(|| args.spiffe_id.clone()) {
        sans.push(San::Uri(id.to_string()));
        if sans.iter().filter(|san| matches!(san, San::Uri(_))).count() > 1 {
            let only = "a certificate with a SPIFFE ID has no other URI among its names";
            return Err(Misuse(format!("{name}: {only}")).into());
        }
    }
    let organizations = line.org.as_ref().unwrap_or(&args.org);
    let subject = ca::subject(&name, organizations).map_err(|error| Misuse(error.to_string()))?;
    let ttl = match line.ttl {
        Some(text) => duration(&text).map_err(|why| Misuse(format!("{name}: {why}")))?,
        None => args.ttl,
    };
    let holder = holder(profile, &name, line.node_id, line.service_name)?;
    let out = line.out.as_ref().unwrap_or(&args.out);
    let (cert, key_file) = match args.layout.map(Layout::from) {
        Some(layout) => layout.files(profile, &name),
        None => (format!("{name}.crt"), format!("{name}.key")),
    };
    Ok(Order {
        profile,
        subject,
        sans,
        ttl,
        key: OrderKey::New(line.key_algorithm.unwrap_or(args.key_algorithm).into()),
        holder,
        cert: out.join(cert),
        key_file: out.join(key_file),
        replaces: None,
    })
}

/// A name has to do for a file as well.
pub(super) fn check_name(name: &str) -> Result<(), Misuse> {
    if name.is_empty() || name.contains(['/', '\0']) || name.starts_with('.') {
        return Err(Misuse(format!("{name}: a name that can be a file's is wanted")));
    }
    Ok(())
}

/// The names asked for, each once; its own name where others have to dial it and nothing was asked for.
pub(super) fn names(profile: Profile, name: &str, asked: &[String]) -> Result<Vec<San>, Misuse> {
    let sans: Result<Vec<San>, _> = asked.iter().map(|text| ca::san(text)).collect();
    let mut sans = sans.map_err(|error| Misuse(format!("--san: {error}")))?;
    if sans.is_empty() && profile.is_dialled() {
        let needed = || Misuse(format!("{name}: a {profile} certificate needs --san"));
        sans.push(ca::san(name).map_err(|_| needed())?);
    }
    let mut seen = HashSet::new();
    sans.retain(|san| seen.insert(san.clone()));
    Ok(sans)
}

/// A workload's ID has a path.
fn spiffe_id(text: &str) -> Result<SpiffeId, String> {
    SpiffeId::parse(text).and_then(|id| {
        if id.has_path() {
            Ok(id)
        } else {
            Err("a path is wanted behind the trust domain".to_owned())
        }
    })
}

/// Lines of orders that can't be read.
#[derive(Debug, thiserror::Error)]
enum OrdersError {
    #[error("--from {}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("--from {}, line {line}", path.display())]
    Malformed { path: PathBuf, line: usize, source: serde_json::Error },
}

fn read_lines(path: &Path) -> Result<Vec<Line>, OrdersError> {
    let unreadable = |source| OrdersError::Unreadable { path: path.to_owned(), source };
    let reader: Box<dyn io::Read> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(std::fs::File::open(path).map_err(unreadable)?)
    };
    let mut orders = Vec::new();
    for (index, line) in BufReader::new(reader).lines().enumerate() {
        let line = line.map_err(unreadable)?;
        if !line.trim().is_empty() {
            orders.push(serde_json::from_str(&line).map_err(|source| OrdersError::Malformed {
                path: path.to_owned(),
                line: index + 1,
                source,
            })?);
        }
    }
    Ok(orders)
}
