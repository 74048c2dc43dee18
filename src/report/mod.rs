//! THROWAWAY until branch report lands.
use crate::{facts::Facts, judge::Verdict, lang::Lang};
use std::io::{self, Write};
pub struct Style {
    pub colour: bool,
    pub width: usize,
    pub lang: Lang,
}
pub enum Format {
    Table,
    Simple,
    Json,
    Ndjson,
}
pub fn write(
    out: &mut impl Write,
    _f: Format,
    facts: &Facts<'_>,
    v: &Verdict,
    _s: &Style,
) -> io::Result<()> {
    let finds: Vec<_> = v.findings.iter().map(|j| serde_json::json!({"id": j.finding.diagnosis.id, "severity": j.finding.severity, "subject": j.finding.subject, "side": j.finding.side,
        "message": j.finding.diagnosis.text.en.title, "evidence": j.finding.evidence.iter().map(|e| format!("{}: {}", e.label.in_lang(Lang::En), e.value)).collect::<Vec<_>>(),
        "fix": std::iter::once(j.finding.diagnosis.text.en.fix.to_owned()).chain(j.finding.fixes.iter().map(|f| f.command.clone())).collect::<Vec<_>>(), "caused_by": j.caused_by})).collect();
    let eps: Vec<_> = facts.endpoints.iter().map(|e| serde_json::json!({"url": e.url(), "reach": format!("{:?}", e.reach), "tls": {"alert": e.main().and_then(|m| m.alert()), "seen": e.tls().map(|t| (&t.end, &t.version, &t.alpn, t.ms))}, "after": e.main().map(|m| &m.after), "took": e.seen.took_ms, "conns": e.seen.connections.iter().map(|c| format!("{:?} {:?} {:?}", c.purpose, c.tcp, c.after)).collect::<Vec<_>>()})).collect();
    let root = v.root_cause().map(|r| serde_json::json!({"id": r.finding.diagnosis.id, "subject": r.finding.subject, "side": r.finding.side}));
    serde_json::to_writer(
        &mut *out,
        &serde_json::json!({"verdict": v.level, "root_cause": root, "findings": finds, "endpoints": eps, "took_ms": facts.observation.took_ms}),
    )?;
    writeln!(out)
}
pub mod ndjson {
    use super::*;
    pub fn endpoint(
        _out: &mut impl Write,
        _f: &Facts<'_>,
        _v: &Verdict,
        _s: &Style,
    ) -> io::Result<()> {
        Ok(())
    }
}
