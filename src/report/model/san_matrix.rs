//! The SAN matrix between members: what each listener decides about each dialler.

use std::net::IpAddr;

use super::{Item, List};
use crate::{
    facts::{AddressRule, Cell, Detour, Facts, show_answers},
    message::{Message, ReportMessage, Value, Word},
};

/// One ordered pair of members.
#[derive(Debug)]
pub(in crate::report) struct CellReport {
    pub(in crate::report) from: String,
    pub(in crate::report) to: String,
    pub(in crate::report) address: Option<IpAddr>,
    pub(in crate::report) detour: Option<Detour>,
    pub(in crate::report) accepted: Option<bool>,
    pub(in crate::report) rule: Option<Rule>,
    /// Why it is refused, or not known.
    pub(in crate::report) detail: Option<Message>,
    /// What the resolver of this machine says.
    pub(in crate::report) resolver: Option<Value>,
}

/// What admits a dialler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::report) enum Rule {
    NoSan,
    IpSan,
    ReverseName,
    SuffixWildcard,
    ForwardName,
    /// The listener does not compare.
    SwitchedOff,
}

impl CellReport {
    /// All pairs.
    pub(super) fn all(facts: &Facts<'_>) -> Vec<Self> {
        // The rule of addresses admits no certificate that is refused before it is asked.
        let held = |cell: Cell<'_>| {
            let is_valid = facts.is_valid_now(&cell.leaf);
            let report = Self::from(cell);
            Self { accepted: report.accepted.filter(|accepted| !accepted || is_valid), ..report }
        };
        facts.san_matrix().into_iter().map(held).collect()
    }

    /// The line without the member that is dialled: two that are equal are one line.
    fn line(&self, to: impl Into<Value>) -> Message {
        let said: Value = match (self.rule, &self.detail) {
            (Some(rule), _) => rule.name().into(),
            (None, Some(detail)) => detail.clone().into(),
            (None, None) => "".into(),
        };
        let verdict = match &self.resolver {
            Some(answers) => {
                let answers = Message::labelled(Word::ResolverHere, answers.clone());
                ReportMessage::From { value: said, origin: answers.into() }.into()
            }
            None => said,
        };
        let (from, to) = (Value::from(&self.from), to.into());
        let Some(address) = self.address.map(Value::from) else {
            return ReportMessage::Dials { from, to, verdict }.into();
        };
        let remark = match self.detour {
            Some(Detour::SeveralAddresses(own)) => Message::labelled(Word::OwnAddress, own),
            Some(Detour::Nat(inner)) => Message::labelled(Word::BehindNat, inner),
            None => return ReportMessage::DialsFrom { from, address, to, verdict }.into(),
        };
        ReportMessage::DialsFromOther { from, address, remark: remark.into(), to, verdict }.into()
    }
}

/// A line for each member that dials, where all listeners agree, else one for each pair.
pub(super) fn list(cells: &[CellReport]) -> Option<List> {
    let mut items: Vec<Item> = Vec::new();
    for cell in cells {
        let everyone = || Message::from(ReportMessage::EveryOther);
        let line = cell.line(everyone());
        let others = cells.iter().filter(|other| other.from == cell.from && other.to != cell.to);
        let everywhere = others.map(|other| &other.to).all(|to| {
            let mut there =
                cells.iter().filter(|other| (&other.from, &other.to) == (&cell.from, to));
            there.any(|other| other.line(everyone()) == line)
        });
        if everywhere && items.iter().any(|known| known.text == line) {
            continue;
        }
        let text = if everywhere { line } else { cell.line(cell.to.as_str()) };
        items.push(Item { mark: Some(cell.accepted.into()), about: None, text });
    }
    List::new(Word::SanMatrix, items)
}

impl From<Cell<'_>> for CellReport {
    fn from(cell: Cell<'_>) -> Self {
        let (accepted, rule, detail) = match cell.verdict {
            None => (Some(true), Some(Rule::SwitchedOff), None),
            Some(Ok(rule)) => (Some(true), Some(rule.into()), None),
            Some(Err(why)) => {
                let detail = Message::Plain(why);
                (cell.address.is_ok().then_some(false), None, Some(detail))
            }
        };
        let answers = cell.resolver.and_then(show_answers);
        Self {
            from: cell.from,
            to: cell.to,
            address: cell.address.ok(),
            detour: cell.detour,
            accepted,
            rule,
            detail,
            resolver: answers.map(Value::from),
        }
    }
}

impl From<AddressRule> for Rule {
    fn from(rule: AddressRule) -> Self {
        match rule {
            AddressRule::NoSan => Self::NoSan,
            AddressRule::Address => Self::IpSan,
            AddressRule::ReverseName => Self::ReverseName,
            AddressRule::SuffixWildcard => Self::SuffixWildcard,
            AddressRule::ForwardName => Self::ForwardName,
        }
    }
}

impl Rule {
    fn name(self) -> &'static str {
        match self {
            Self::NoSan => "no-san",
            Self::IpSan => "ip-san",
            Self::ReverseName => "reverse-name",
            Self::SuffixWildcard => "suffix-wildcard",
            Self::ForwardName => "forward-name",
            Self::SwitchedOff => "switched-off",
        }
    }
}
