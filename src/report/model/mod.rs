//! The report: what there is to say of one check, built once from facts and verdict, for every format to draw. Values and messages; no
//! language, no drawing, and nothing left to decide but what fits on a page.

mod backup;
mod endpoint;
mod lists;
mod material;
mod san_matrix;
mod settings;
mod verifiers;

use time::OffsetDateTime;

use crate::{
    diagnoses::engine::{Judged, Level, Severity, Verdict},
    facts::{Facts, Quorum, tree::Inventory},
    message::{Message, ReportMessage, Say as _, Word},
    observation::{Observation, endpoint::NotTried, target::Given},
};

pub(super) use backup::Backup;
pub(super) use endpoint::{EndpointReport, EtcdReport, Role, TlsReport};
pub(super) use lists::{Item, List, Mark};
pub(super) use material::{FileKind, MaterialReport};
pub(super) use san_matrix::{CellReport, Rule};
pub(super) use settings::SettingsReport;
pub(super) use verifiers::{GoRules, SecondOpinion};

/// Version of this tool, as every report names it.
pub(super) const TOOL: &str = env!("CARGO_PKG_VERSION");

/// Everything that there is to say of one check.
pub struct Report<'r> {
    /// When the check began.
    pub(super) time: OffsetDateTime,
    /// The name of the cluster, if this machine has several.
    pub(super) cluster_name: Option<&'r str>,
    /// The worst of it.
    pub(super) verdict: Level,
    /// The one thing that is wrong.
    pub(super) root_cause: Option<&'r Judged>,
    /// All findings, the root cause first.
    pub(super) findings: &'r [Judged],
    /// Every endpoint that was visited.
    pub(super) endpoints: Vec<EndpointReport<'r>>,
    /// Which of them the root cause explains; without a cause, the first.
    pub(super) explained: Option<usize>,
    /// The cluster as a whole, if all its voters were looked at.
    pub(super) cluster: Option<ClusterReport<'r>>,
    /// What a backup needs to know, if this is about one.
    pub(super) backup: Option<Backup<'r>>,
    /// What members decide about one another's addresses.
    pub(super) san_matrix: Vec<CellReport>,
    /// What was found without being asked for.
    pub(super) settings: SettingsReport<'r>,
    /// The Go release whose rules decided.
    pub(super) go: GoRules,
    /// Which rules decided, and where another verifier differs.
    pub(super) verifiers: Vec<Message>,
    /// Every option that names a file.
    pub(super) material: Vec<MaterialReport<'r>>,
    /// What was not tried.
    pub(super) not_checked: Vec<NotChecked<'r>>,
    /// Milliseconds from start to end.
    pub(super) took_ms: f64,
    observation: &'r Observation,
}

/// A cluster, and whether enough of its voters serve. A verdict apart from those on endpoints.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClusterReport<'r> {
    pub(super) id: &'r str,
    pub(super) quorum: Quorum,
}

/// Something that was not tried at an endpoint.
#[derive(Debug)]
pub(super) struct NotChecked<'r> {
    pub(super) url: &'r str,
    pub(super) what: Message,
    /// Nothing where the reason is part of what.
    pub(super) why: Option<Message>,
}

/// A part of a report, in the order in which every format has them.
pub(super) enum Section<'s, 'r> {
    /// What is wrong.
    Cause(&'r Judged),
    /// How all is, where no cause stands for it.
    State(Level),
    /// The way to the endpoint that the cause explains.
    Handshake(&'s EndpointReport<'r>),
    /// All endpoints side by side, and the cluster that they make.
    Endpoints(&'s [EndpointReport<'r>], Option<ClusterReport<'r>>),
    /// From where to take a backup, or what was saved.
    Backup(&'s Backup<'r>),
    /// Further findings under a heading.
    Findings(Word, Vec<&'r Judged>),
    /// Lines under a heading.
    List(List),
}

impl<'r> Report<'r> {
    /// The reports on all clusters, the one that is worst off first.
    pub fn all<'a: 'r>(checked: &'r [(Facts<'a>, Verdict)]) -> Vec<Self> {
        let mut all: Vec<_> =
            checked.iter().map(|(facts, verdict)| Self::new(facts, verdict)).collect();
        all.sort_by_key(|report| std::cmp::Reverse(report.verdict));
        all
    }

    /// The verdict on all clusters together: that on the one that is worst off.
    pub(super) fn worst(all: &[Self]) -> Level {
        all.iter().map(|report| report.verdict).max().unwrap_or(Level::Ok)
    }

    /// Milliseconds from start to end of all clusters, which are checked at once.
    pub(super) fn longest(all: &[Self]) -> f64 {
        all.iter().map(|report| report.took_ms).fold(0.0, f64::max)
    }

    /// Builds the report.
    pub fn new<'a: 'r>(facts: &'r Facts<'a>, verdict: &'r Verdict) -> Self {
        let endpoints = EndpointReport::all(facts, verdict);
        let root_cause = verdict.root_cause();
        let explained = endpoint::explained_by(root_cause, facts);
        let cluster = facts.main_cluster().zip(facts.quorum());
        let situation = &facts.observation.target.situation;
        let not_checked = facts.visited().flat_map(|(_, endpoint)| {
            let left = endpoint.seen.not_tried.iter();
            left.map(|what| NotChecked::new(endpoint.url(), what))
        });
        let left_out = situation.left_out.iter().map(NotChecked::left_out);
        Self {
            time: facts.observation.when,
            cluster_name: situation.cluster.as_deref(),
            verdict: verdict.level,
            root_cause,
            findings: &verdict.findings,
            explained,
            cluster: cluster.map(|(id, quorum)| ClusterReport { id, quorum }),
            backup: Backup::new(facts),
            san_matrix: CellReport::all(facts),
            settings: SettingsReport::new(facts),
            go: GoRules::new(facts),
            verifiers: verifiers::remarks(&endpoints, facts, verdict),
            material: MaterialReport::all(facts),
            not_checked: not_checked.chain(left_out).collect(),
            took_ms: facts.observation.took_ms,
            observation: facts.observation,
            endpoints,
        }
    }

    /// The parts that there are, in order.
    pub(super) fn sections(&self) -> Vec<Section<'_, 'r>> {
        let head = match self.root_cause {
            Some(root) => Section::Cause(root),
            None => Section::State(self.verdict),
        };
        let mut sections = vec![head];
        let explained = self.explained.and_then(|index| self.endpoints.get(index));
        sections.extend(explained.filter(|way| !way.ladder.is_empty()).map(Section::Handshake));
        if !self.endpoints.is_empty() {
            sections.push(Section::Endpoints(&self.endpoints, self.cluster_of_several()));
        }
        sections.extend(self.backup.iter().filter(|one| one.has_news()).map(Section::Backup));
        sections.extend(san_matrix::list(&self.san_matrix).map(Section::List));
        let others = &self.findings[self.root_cause.iter().len()..];
        let (remarks, found): (Vec<_>, Vec<_>) =
            others.iter().partition(|other| other.finding.severity == Severity::Info);
        for (title, findings) in [(Word::AlsoFound, found), (Word::Remarks, remarks)] {
            if !findings.is_empty() {
                sections.push(Section::Findings(title, findings));
            }
        }
        let lists = [
            List::new(Word::FoundAndUsed, self.settings.items()),
            List::new(Word::Verifiers, self.verifiers.iter().map(Item::from)),
            List::new(Word::NotChecked, self.not_checked.iter().map(Item::from)),
        ];
        sections.extend(lists.into_iter().flatten().map(Section::List));
        sections
    }

    /// The certificates of all files and servers, as a tree.
    pub(super) fn inventory(&self) -> Inventory {
        Inventory::of_check(self.observation)
    }

    /// A single voter is its own quorum, and nobody asks.
    fn cluster_of_several(&self) -> Option<ClusterReport<'r>> {
        self.cluster.filter(|cluster| cluster.quorum.voters > 1)
    }
}

impl ClusterReport<'_> {
    /// Whether enough voters serve, with the counts.
    pub(super) fn message(&self) -> Message {
        let Quorum { voters, serving, needed } = self.quorum;
        let word = if self.quorum.holds() { Word::QuorumHolds } else { Word::QuorumLost };
        let counts = ReportMessage::Serving {
            serving: serving.into(),
            voters: voters.into(),
            needed: needed.into(),
        };
        Message::labelled(word, counts)
    }
}

impl<'r> NotChecked<'r> {
    fn new(url: &'r str, not_tried: &NotTried) -> Self {
        Self { url, what: not_tried.what(), why: not_tried.why() }
    }

    fn left_out(given: &'r Given) -> Self {
        let by = given.origin.message().into();
        let why = ReportMessage::AdvertisedAlone { by }.into();
        Self { url: &given.value, what: ReportMessage::NotDialled.into(), why: Some(why) }
    }

    /// What, and why.
    pub(super) fn message(&self) -> Message {
        match &self.why {
            Some(why) => why.clone().about(self.what.clone()),
            None => self.what.clone(),
        }
    }
}

impl From<&NotChecked<'_>> for Item {
    fn from(left: &NotChecked<'_>) -> Self {
        Self::from(&left.message().about(left.url))
    }
}
