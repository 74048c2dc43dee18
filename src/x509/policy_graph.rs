//! Certificate policies: `policiesValid` in `crypto/x509/verify.go` (Go 1.24 and later), which is RFC 9618.
//!
//! No policy is asked for, so a chain fails only where a certificate demands an explicit policy and none survives, or
//! where one maps anyPolicy.

use super::certificate::Certificate;
use super::oid::{self, Oid};
use super::policies::Policies;
use std::collections::{HashMap, HashSet};

/// Whether the policies of a chain, leaf first, leave it valid.
pub(super) fn are_valid(chain: &[&Certificate]) -> bool {
    let Some((_, below)) = chain.split_last() else { return true };
    // Without one of these no count can reach zero, and nothing else refuses.
    let can_refuse =
        |policies: &Policies| policies.require_explicit.is_some() || !policies.mappings.is_empty();
    if !below.iter().any(|certificate| can_refuse(&certificate.policies)) {
        return true;
    }
    let free = below.len() as u64 + 1;
    let mut state =
        State { graph: Some(Graph::new()), explicit: free, mapping: free, inhibit_any: free };
    below
        .iter()
        .enumerate()
        .rev()
        .all(|(index, certificate)| state.add(certificate, index, below.len()))
        && state.conclude(below)
}

/// The state variables of RFC 5280 §6.1.2, with RFC 9618's graph in place of the tree.
struct State<'a> {
    graph: Option<Graph<'a>>,
    explicit: u64,
    mapping: u64,
    inhibit_any: u64,
}

impl<'a> State<'a> {
    fn add(&mut self, certificate: &'a Certificate, index: usize, count: usize) -> bool {
        let (policies, self_issued) = (&certificate.policies, certificate.is_self_issued());
        if policies.asserted.is_empty() {
            self.graph = None;
        }
        if self.explicit == 0 && self.graph.is_none() {
            return false;
        }
        let is_leaf = index == 0;
        if let Some(graph) = &mut self.graph {
            let any_counts = self.inhibit_any > 0 || count - index < count && self_issued;
            graph.descend(&policies.asserted, any_counts);
            if !is_leaf && !graph.map(&policies.mappings, self.mapping > 0) {
                return false;
            }
        }
        if !is_leaf {
            let step = u64::from(!self_issued);
            let next = |current: u64, said: Option<u64>| {
                let current = current.saturating_sub(step);
                said.map_or(current, |said| said.min(current))
            };
            self.explicit = next(self.explicit, policies.require_explicit);
            self.mapping = next(self.mapping, policies.inhibit_mapping);
            self.inhibit_any = next(self.inhibit_any, policies.inhibit_any);
        }
        true
    }

    fn conclude(&self, below: &[&Certificate]) -> bool {
        let demanded = below.first().is_some_and(|leaf| leaf.policies.require_explicit == Some(0));
        let explicit = if demanded { 0 } else { self.explicit.saturating_sub(1) };
        explicit > 0 || self.graph.as_ref().is_some_and(Graph::has_valid_policy)
    }
}

type Policy<'a> = &'a [u8];

#[derive(Default)]
struct Node<'a> {
    policy: Policy<'a>,
    expected: Vec<Policy<'a>>,
    parents: HashSet<usize>,
    children: HashSet<usize>,
}

/// The valid policy graph: one stratum of policies for each certificate below the anchor.
struct Graph<'a> {
    nodes: Vec<Node<'a>>,
    strata: Vec<HashMap<Policy<'a>, usize>>,
}

impl<'a> Graph<'a> {
    fn new() -> Self {
        let mut graph = Self { nodes: Vec::new(), strata: vec![HashMap::new()] };
        graph.insert(oid::ANY_POLICY, &[], vec![oid::ANY_POLICY]);
        graph
    }

    fn depth(&self) -> usize {
        self.strata.len() - 1
    }

    fn leaf(&self, policy: Policy<'a>) -> Option<usize> {
        self.strata[self.depth()].get(policy).copied()
    }

    fn insert(&mut self, policy: Policy<'a>, parents: &[usize], expected: Vec<Policy<'a>>) {
        let (id, depth) = (self.nodes.len(), self.depth());
        for &parent in parents {
            self.nodes[parent].children.insert(id);
        }
        self.nodes.push(Node {
            policy,
            expected,
            parents: parents.iter().copied().collect(),
            ..Node::default()
        });
        self.strata[depth].insert(policy, id);
    }

    /// RFC 9618 §5.3, step (d): the next stratum from the policies that a certificate asserts.
    fn descend(&mut self, asserted: &'a [Oid], any_counts: bool) {
        let above = self.strata[self.depth()].clone();
        let mut expecting: HashMap<Policy<'a>, Vec<usize>> = HashMap::new();
        for &id in above.values() {
            for &expected in &self.nodes[id].expected {
                expecting.entry(expected).or_default().push(id);
            }
        }
        self.strata.push(HashMap::new());
        for policy in asserted.iter().map(Oid::der).filter(|policy| *policy != oid::ANY_POLICY) {
            let any = || above.get(oid::ANY_POLICY).map(|&id| vec![id]);
            if let Some(parents) = expecting.get(policy).cloned().or_else(any) {
                self.insert(policy, &parents, vec![policy]);
            }
        }
        if any_counts && asserted.iter().any(|policy| policy.der() == oid::ANY_POLICY) {
            for (policy, parents) in expecting {
                if self.leaf(policy).is_none() {
                    self.insert(policy, &parents, vec![policy]);
                }
            }
        }
        self.prune();
    }

    /// RFC 9618 §5.4, step (b): policy mappings; false if one involves anyPolicy.
    fn map(&mut self, mappings: &'a [(Oid, Oid)], allowed: bool) -> bool {
        let mut mapped: HashMap<Policy<'a>, Vec<Policy<'a>>> = HashMap::new();
        for (issuer, subject) in mappings {
            if !allowed {
                self.delete_leaf(issuer.der());
                continue;
            }
            if [issuer.der(), subject.der()].contains(&oid::ANY_POLICY) {
                return false;
            }
            mapped.entry(issuer.der()).or_default().push(subject.der());
        }
        if !allowed && !mappings.is_empty() {
            self.prune();
        }
        for (issuer, subjects) in mapped {
            if let Some(id) = self.leaf(issuer) {
                self.nodes[id].expected = subjects;
            } else if let Some(any) = self.leaf(oid::ANY_POLICY) {
                self.insert(issuer, &[any], subjects);
            }
        }
        true
    }

    fn delete_leaf(&mut self, policy: Policy<'a>) {
        let depth = self.depth();
        if let Some(id) = self.strata[depth].remove(policy) {
            self.forget(id);
        }
    }

    fn forget(&mut self, id: usize) {
        let node = std::mem::take(&mut self.nodes[id]);
        for parent in node.parents {
            self.nodes[parent].children.remove(&id);
        }
        for child in node.children {
            self.nodes[child].parents.remove(&id);
        }
    }

    /// Drops what has no children, from the lowest but one stratum upwards.
    fn prune(&mut self) {
        for depth in (1..self.depth()).rev() {
            let childless: Vec<usize> = self.strata[depth]
                .values()
                .copied()
                .filter(|&id| self.nodes[id].children.is_empty())
                .collect();
            for id in childless {
                let policy = self.nodes[id].policy;
                self.strata[depth].remove(policy);
                self.forget(id);
            }
        }
    }

    /// Whether the authority-constrained policy set is not empty, RFC 9618 §5.5, step (g).
    fn has_valid_policy(&self) -> bool {
        let is_any = |id: usize| self.nodes[id].policy == oid::ANY_POLICY;
        let below_any = |id: usize| {
            let parents = &self.nodes[id].parents;
            !is_any(id) && parents.len() == 1 && parents.iter().all(|&parent| is_any(parent))
        };
        self.leaf(oid::ANY_POLICY).is_some()
            || self.strata.iter().flat_map(HashMap::values).any(|&id| below_any(id))
    }
}
