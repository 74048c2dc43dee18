//! Certificate policies as a certificate states them, read as Go reads them.

use super::der::{self, Reader};
use super::go::Go;
use super::oid::Oid;
use std::collections::HashSet;

/// What a certificate says about policies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policies {
    pub asserted: Vec<Oid>,
    /// Issuer domain policy, subject domain policy.
    pub mappings: Vec<(Oid, Oid)>,
    pub require_explicit: Option<u64>,
    pub inhibit_mapping: Option<u64>,
    pub inhibit_any: Option<u64>,
}

impl Policies {
    pub(super) fn read_certificate_policies(
        &mut self,
        mut value: Reader<'_>,
        go: Go,
    ) -> Result<(), String> {
        const INVALID: &str = "x509: invalid certificate policies";
        let mut list = value.read(der::SEQUENCE).ok_or(INVALID)?;
        let mut seen = HashSet::new();
        while !list.is_empty() {
            let mut policy = list.read(der::SEQUENCE).ok_or(INVALID)?;
            let content = policy.read(der::OBJECT_IDENTIFIER).ok_or(INVALID)?.rest;
            let id = if go.reads_huge_policy_arcs() {
                Oid::decode_unbounded(content)
            } else {
                Oid::decode(content, go)
            };
            let id = id.ok_or(INVALID)?;
            if !seen.insert(id.clone()) && go.checks_policies() {
                return Err(INVALID.into());
            }
            self.asserted.push(id);
        }
        Ok(())
    }

    pub(super) fn read_mappings(&mut self, mut value: Reader<'_>) -> Result<(), String> {
        const INVALID: &str = "x509: invalid policy mappings extension";
        let mut list = value.read(der::SEQUENCE).ok_or(INVALID)?;
        while !list.is_empty() {
            let mut pair = list.read(der::SEQUENCE).ok_or(INVALID)?;
            let mut next =
                || pair.read(der::OBJECT_IDENTIFIER).map(|id| Oid::raw(id.rest)).ok_or(INVALID);
            self.mappings.push((next()?, next()?));
        }
        Ok(())
    }

    pub(super) fn read_constraints(&mut self, mut value: Reader<'_>) -> Result<(), String> {
        const INVALID: &str = "x509: invalid policy constraints extension";
        let mut fields = value.read(der::SEQUENCE).ok_or(INVALID)?;
        for (tag, skip) in [(0, &mut self.require_explicit), (1, &mut self.inhibit_mapping)] {
            if fields.peek(der::context(tag)) {
                // A negative number counts as unset.
                *skip = u64::try_from(fields.int64_tagged(der::context(tag)).ok_or(INVALID)?).ok();
            }
        }
        Ok(())
    }

    pub(super) fn read_inhibit_any(&mut self, mut value: Reader<'_>) -> Result<(), String> {
        let skip = value.int64().ok_or("x509: invalid inhibit any policy extension")?;
        self.inhibit_any = u64::try_from(skip).ok();
        Ok(())
    }
}
