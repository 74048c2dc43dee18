//! Reading a saved case, of this release or of an earlier one.

use serde::Deserialize;

use super::{Observation, SCHEMA, case_v1};

/// Why a text is not a case that can be judged.
#[derive(Debug)]
pub enum CaseError {
    /// It is not the JSON of a case.
    Json(serde_json::Error),
    /// Its schema, which this release does not read.
    Schema(String),
}

impl Observation {
    /// Reads a saved case.
    pub fn from_case(text: &str) -> Result<Self, CaseError> {
        #[derive(Deserialize)]
        struct Head {
            schema: String,
        }
        let head: Head = serde_json::from_str(text).map_err(CaseError::Json)?;
        match head.schema.as_str() {
            SCHEMA => serde_json::from_str(text),
            case_v1::SCHEMA => serde_json::from_str(text).and_then(|mut case| {
                case_v1::upgrade(&mut case);
                serde_json::from_value(case)
            }),
            _ => return Err(CaseError::Schema(head.schema)),
        }
        .map_err(CaseError::Json)
    }
}
