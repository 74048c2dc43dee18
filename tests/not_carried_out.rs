//! What was not carried out: no such endpoint is healthy, and no sentence speaks of a step that was not taken.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path};

use etcd_tls::{
    diagnoses::{
        all,
        engine::{Judged, Level, Verdict, judge},
    },
    facts::{Endpoint, Facts, StepName, StepStatus, Subject},
    message::Lang,
    observation::{
        Observation,
        endpoint::{After, Connection, HandshakeEnd},
    },
};

/// Words of the catalogue that say that a step was carried out, with the step. `None`: they speak of something else.
const CLAIMS: &[(&str, Option<StepName>)] = &[
    ("a path at which etcd answers", None),
    ("The endpoint answered, but", Some(StepName::Http2)),
    ("The endpoint answers, but", Some(StepName::Http2)),
    ("etcd answered, and", Some(StepName::Http2)),
    ("etcd answers, but", Some(StepName::Http2)),
    ("The member answered, and", Some(StepName::Http2)),
    ("Each endpoint answered", Some(StepName::Connect)),
    ("It answers Status", Some(StepName::Http2)),
    ("The server completed the handshake", Some(StepName::Connect)),
    ("The handshake succeeded", Some(StepName::Connect)),
    ("etcd answers over HTTP/2", Some(StepName::Http2)),
    ("The machine answered and refused", None),
    ("The server answered", None),
    ("but etcd answers here without it", None),
    ("yet answers plain HTTP", None),
    ("It answers as etcd's client port", None),
    ("this one answers paths", None),
    ("answers monitoring paths", None),
    ("it never gets an answer here", None),
    ("What answers", None),
    ("Nothing answers", None),
    ("behind which nothing answers", None),
    ("a router answered", None),
    ("It answered the ClientHello", None),
    ("answers bad_certificate", None),
    ("still answers bad_certificate", None),
    ("answers by closing", None),
    ("accepts connections and answers nothing", None),
    ("so the network works", None),
    ("though the member itself looks healthy", None),
    ("localhost may work", None),
    ("a renewed pair works without a restart", None),
];
/// Words that claim something was carried out, wherever they stand.
const CLAIMING: [&str; 10] = [
    " answered",
    " answers",
    " works",
    "is fine",
    "are fine",
    "succeeded",
    "completed the handshake",
    "looks healthy",
    "is trusted",
    " work;",
];

#[test]
fn without_its_steps_no_case_is_healthy() {
    let mut cut_off = 0;
    for (name, case) in cases() {
        for cut in [Cut::Request, Cut::Handshake] {
            let Some(case) = cut.of(&case).filter(|case| !is_auto_tls(case)) else { continue };
            cut_off += 1;
            let level = verdict(&case).level;
            assert!(level >= Level::Incomplete, "{name} without its {cut:?} is {level:?}");
        }
    }
    assert!(cut_off > 50, "{cut_off} cases were cut off");
}

#[test]
fn no_sentence_claims_a_step_that_was_not_carried_out() {
    let mut held = 0;
    for (name, case) in cases() {
        let cut = [Cut::Request, Cut::Handshake].into_iter().filter_map(|cut| cut.of(&case));
        for case in std::iter::once(case.clone()).chain(cut) {
            let facts = Facts::derive(&case);
            for judged in judge(&all(), &facts).findings {
                held += hold(&name, &facts, &judged);
            }
        }
    }
    assert!(held >= 10, "{held} sentences were held against a case");
}

/// A sentence that speaks of what was seen has its place in the table above.
#[test]
fn every_sentence_that_claims_a_step_is_known() {
    let mut unknown = Vec::new();
    for room in all() {
        let prose = room.text.in_lang(Lang::En);
        for text in [prose.title, prose.why] {
            let mut rest = text.to_owned();
            for (words, _) in CLAIMS {
                rest = rest.replace(words, "");
            }
            if CLAIMING.iter().any(|words| rest.contains(words)) {
                unknown.push(format!("{}: {text}", room.id));
            }
        }
    }
    assert!(unknown.is_empty(), "add to CLAIMS what these claim: {unknown:#?}");
}

/// Holds a finding's sentences against the endpoints that it is about. Gives back how many were held.
fn hold(name: &str, facts: &Facts<'_>, judged: &Judged) -> usize {
    let prose = judged.finding.diagnosis.text.in_lang(Lang::En);
    let said = format!("{}. {}", prose.title, prose.why);
    let claimed = CLAIMS.iter().filter(|(words, _)| said.contains(words));
    let steps: Vec<StepName> = claimed.filter_map(|(_, step)| *step).collect();
    let about = |endpoint: &Endpoint<'_>| {
        let subject = Subject::Endpoint(endpoint.url().to_owned());
        judged.finding.is_about(&subject) || judged.places.contains(&subject)
    };
    let id = judged.finding.diagnosis.id;
    for step in &steps {
        let mut concerned = facts.visited().filter(|(_, endpoint)| about(endpoint));
        let carried_out = concerned.any(|(facts, endpoint)| {
            let steps = endpoint.steps(facts);
            steps.iter().any(|one| one.name == *step && one.status == StepStatus::Ok)
        });
        assert!(carried_out, "{name}: {id} claims {step:?}, which no endpoint of it carried out");
    }
    steps.len()
}

/// Where what was seen ends.
#[derive(Debug, Clone, Copy)]
enum Cut {
    /// Behind the handshake.
    Request,
    /// Before its first byte.
    Handshake,
}

impl Cut {
    /// A case with nothing seen beyond the cut; `None` where there was nothing.
    fn of(self, case: &Observation) -> Option<Observation> {
        let mut case = case.clone();
        let mut changed = false;
        for endpoint in &mut case.endpoints {
            endpoint.etcd = None;
            for connection in &mut endpoint.connections {
                changed |= self.cut_off(connection);
            }
        }
        (changed && case.backup.is_none()).then_some(case)
    }

    fn cut_off(self, connection: &mut Connection) -> bool {
        connection.http.clear();
        let was_open = connection.after != After::Nothing;
        connection.after = After::Nothing;
        let Some(tls) = &mut connection.tls else { return was_open };
        if matches!(self, Self::Handshake) {
            tls.end = HandshakeEnd::TimedOut;
            tls.chain.clear();
            (tls.request, tls.version, tls.alpn) = (None, None, None);
        }
        was_open
    }
}

/// Members with `peer-auto-tls` don't verify each other, so that the handshake is all there is.
fn is_auto_tls(case: &Observation) -> bool {
    let facts = Facts::derive(case);
    facts.endpoints.iter().any(|endpoint| endpoint.is_auto_tls(&facts))
}

fn verdict(case: &Observation) -> Verdict {
    judge(&all(), &Facts::derive(case))
}

fn cases() -> Vec<(String, Observation)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases");
    let rooms = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = rooms.flat_map(|room| ["fires.json", "quiet.json"].map(|name| room.join(name)));
    let case = |path: std::path::PathBuf| {
        let text = fs::read_to_string(&path).ok()?;
        let case = Observation::from_case(&text);
        Some((
            path.display().to_string(),
            case.unwrap_or_else(|error| panic!("{}: {error:?}", path.display())),
        ))
    };
    files.filter_map(case).collect()
}
