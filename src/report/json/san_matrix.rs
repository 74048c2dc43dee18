//! The SAN matrix as programs read it.

use std::net::IpAddr;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    facts::Detour,
    message::{Lang, Value},
    report::model::{CellReport, Rule},
};

/// One ordered pair of members.
#[derive(Serialize, JsonSchema)]
pub(super) struct CellView<'r> {
    from: &'r str,
    to: &'r str,
    address: Option<IpAddr>,
    own_address: Option<IpAddr>,
    behind_nat: Option<IpAddr>,
    accepted: Option<bool>,
    rule: Option<Rule>,
    detail: Option<String>,
    resolver: Option<&'r Value>,
}

impl<'r> CellView<'r> {
    pub(super) fn new(cell: &'r CellReport, lang: Lang) -> Self {
        let (own_address, behind_nat) = match cell.detour {
            Some(Detour::SeveralAddresses(own)) => (Some(own), None),
            Some(Detour::Nat(inner)) => (None, Some(inner)),
            None => (None, None),
        };
        Self {
            from: &cell.from,
            to: &cell.to,
            address: cell.address,
            own_address,
            behind_nat,
            accepted: cell.accepted,
            rule: cell.rule,
            detail: cell.detail.as_ref().map(|detail| detail.say(lang)),
            resolver: cell.resolver.as_ref(),
        }
    }
}
