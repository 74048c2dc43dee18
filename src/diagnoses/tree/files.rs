//! Files that are named like certificates or keys and can't be read as such.

use super::subject;
use crate::{
    diagnoses::engine::{Finding, Fix, Severity},
    diagnoses::files::{cert_malformed, file_empty, pem_malformed},
    facts::tree::{File, Inventory, Kind},
    facts::{Subject, file::Form},
    message::{ConfigMessage, EvidenceMessage, Label, Say, Value},
};

pub(super) fn findings(inventory: &Inventory) -> Vec<Finding> {
    let live = inventory.files.iter().filter(|file| !file.is_archived);
    let broken = live.filter(|file| file.is_meant_for_tls()).filter_map(broken);
    broken.chain(malformed(inventory)).collect()
}

fn broken(file: &File) -> Option<Finding> {
    let about = |room| Finding::new(room, Subject::File(file.path.to_string()));
    if file.kind == Kind::Plain(Form::Empty) {
        return Some(
            about(&file_empty::DIAGNOSIS)
                .evidence(Label::Found, EvidenceMessage::Bytes { bytes: 0_u64.into() }),
        );
    }
    if file.defects.is_empty() {
        return None;
    }
    // Where another block is left, the file still gives something.
    let severity = if file.holds_something() { Severity::Warning } else { Severity::Error };
    let finding = about(&pem_malformed::DIAGNOSIS).severity(severity);
    let defects = file.defects.iter().map(Say::message);
    Some(defects.fold(finding, |finding, defect| finding.evidence(Label::Defect, defect)))
}

fn malformed(inventory: &Inventory) -> impl Iterator<Item = Finding> {
    let live = |place| !inventory.file(place).is_archived;
    let malformed = inventory.malformed.iter().filter(move |one| live(&one.place));
    malformed.map(|one| {
        Finding::new(&cert_malformed::DIAGNOSIS, subject(inventory, &one.place))
            .evidence(Label::GoSays, Value::quoted(&one.error))
            .evidence(Label::Defect, ConfigMessage::Line { line: one.place.line.into() })
            .fix(Fix::run("openssl x509 -noout -text").arg("-in", inventory.path(&one.place)))
    })
}
