//! Saved cases: what was observed, in a file, to be judged again.

use std::{io::Write, path::Path};

use super::Failure;
use crate::{
    message::{CliMessage, FileMessage, Message, Say, Value},
    observation::{CaseError, Observation, SCHEMA},
    observe::files::named_file::{self, LARGEST_TEXT},
};

/// Reads a case.
///
/// # Errors
/// The file can't be read, is no case, or one of another release.
pub fn read_case(path: &Path) -> Result<Observation, Failure> {
    let name = || Value::from(path.display());
    let refused = |why: Message| Failure::failed(why.about(format!("--case {}", path.display())));
    let bytes = named_file::bytes(path, LARGEST_TEXT);
    let bytes = bytes.map_err(|error| refused(error.fault.message()))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| refused(FileMessage::NotUtf8.into()))?;
    Observation::from_case(text).map_err(|error| match error {
        CaseError::Json(error) => {
            let malformed = Message::from(CliMessage::NoCase { path: name() });
            Failure::failed(Message::from(&error).about(malformed))
        }
        CaseError::Schema(schema) => {
            let (schema, known) = (schema.into(), SCHEMA.into());
            Failure::failed(CliMessage::CaseSchema { path: name(), schema, known })
        }
    })
}

/// Writes a case of one cluster or several beside its place, synced and renamed, so that there is never half a case.
///
/// # Errors
/// The file can't be written.
pub fn write_case<'o>(
    path: &Path,
    clusters: impl IntoIterator<Item = &'o Observation>,
) -> Result<(), Failure> {
    let mut clusters = clusters.into_iter().cloned();
    let Some(mut case) = clusters.next() else { return Ok(()) };
    case.also.extend(clusters);
    let write = || {
        let folder =
            path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut file, &case)?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error: std::io::Error| {
        Failure::failed(Message::from(&error).about(format!("--save-case {}", path.display())))
    })
}
