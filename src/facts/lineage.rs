//! Two questions about a chain that are easily taken for one: who issued it, and whether a Go program accepts it now.
//!
//! Dates never make a CA the wrong one: whoever asks which CA belongs to which certificate asks [`is_issued_by`].

use time::OffsetDateTime;

use crate::x509::{Certificate, Go, Question, Usage, verify};

/// Whether one of the anchors issued a chain, end-entity first: names and signatures lead from its end-entity certificate through
/// the others of the chain to an anchor. Dates, usages and constraints are not asked (RFC 5280 §6.1.3 (a)(1) and (a)(4) alone).
pub fn is_issued_by(chain: &[Certificate], anchors: &[Certificate]) -> bool {
    let Some((mut child, mut rest)) =
        chain.split_first().map(|(leaf, rest)| (leaf, rest.iter().collect::<Vec<_>>()))
    else {
        return false;
    };
    loop {
        let issued = |issuer: &Certificate| {
            child.raw_issuer == issuer.raw_subject && child.signed_by(issuer)
        };
        if anchors.iter().any(issued) {
            return true;
        }
        let Some(at) = rest.iter().position(|issuer| issued(issuer)) else { return false };
        child = rest.remove(at);
    }
}

/// Whether a Go program of that release accepts a chain, end-entity first, for a usage at that time, names apart.
pub fn is_accepted_at(
    chain: &[Certificate],
    anchors: &[Certificate],
    usage: Usage,
    (when, go): (OffsetDateTime, Go),
) -> bool {
    let Some((leaf, intermediates)) = chain.split_first() else { return false };
    let usages = &[usage];
    verify(&Question { leaf, intermediates, anchors, when, host: None, usages, go }).outcome.is_ok()
}
