//! `ca issue`: a key and a certificate, or many of them.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::place::{CaPlace, KeyKind};
use super::shared::{self, SharedLedger};
use crate::ca::{Layout, Profile};
use crate::cli::exit::Exit;
use crate::cli::stderr::Stderr;
use crate::cli::{Done, etcd_flags::duration};
use crate::message::{CaMessage, Lang};
use crate::report::records::Output;
use crate::workflow::Failure;
use crate::workflow::ca::{IssueOptions, Orders, issue, workload};
use crate::x509::SpiffeId;

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

/// Issues.
pub(super) fn run(args: IssueArgs, lang: Lang) -> Done<Exit> {
    let stderr = Stderr::new(lang);
    let orders = match (args.from, args.profile, args.name) {
        (Some(from), ..) => Orders::Lines(from),
        (None, Some(profile), Some(name)) => Orders::Named {
            profile: profile.into(),
            names: match args.count {
                None => vec![name],
                Some(count) => (1..=count).map(|number| format!("{name}-{number}")).collect(),
            },
            node_id: args.node_id,
            service_name: args.service_name,
        },
        _ => return Err(Failure::misuse(CaMessage::ProfileAndName).into()),
    };
    let options = IssueOptions {
        orders,
        sans: args.san,
        spiffe_id: args.spiffe_id,
        like: args.like,
        ttl: args.ttl,
        algorithm: args.key_algorithm.into(),
        organizations: args.org,
        layout: args.layout.map(Into::into),
        out: args.out,
        patience: args.shared.etcd.timeout(),
    };
    let (site, ledger) = (args.place.site(stderr), args.shared.open(stderr)?);
    let issued = shared::run(issue(options, &site, &ledger, &mut stderr.remarks()))??;
    super::print_issued(issued, args.output, lang)
}

/// A workload's ID has a path.
fn spiffe_id(text: &str) -> Result<SpiffeId, Failure> {
    workload(text).map_err(Failure::misuse)
}
