//! Reading a saved case, of this release or of an earlier one.

use serde::Deserialize;
use serde_json::Value;

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
        let upgrade: fn(&mut Value) = match head.schema.as_str() {
            SCHEMA => |_| {},
            case_v1::SCHEMA => case_v1::upgrade,
            _ => return Err(CaseError::Schema(head.schema)),
        };
        let mut case = serde_json::from_str(text).map_err(CaseError::Json)?;
        upgrade(&mut case);
        take_peers_as_view(&mut case);
        serde_json::from_value(case).map_err(CaseError::Json)
    }
}

/// Before there were several views, that of the members stood by itself.
fn take_peers_as_view(case: &mut Value) {
    if let Some(fields) = case.as_object_mut()
        && let Some(peers) = fields.remove("peers")
    {
        fields.insert("views".to_owned(), Value::Array(vec![peers]));
    }
}

#[cfg(test)]
mod tests {
    use super::Observation;

    #[test]
    fn the_members_of_an_older_case_are_a_view() {
        let case = include_str!("../../fixtures/cases/tcp-refused/fires.json");
        let mut older: serde_json::Value = serde_json::from_str(case).unwrap();
        let mut peers = older.clone();
        peers["target"]["peer"] = true.into();
        older["peers"] = peers;
        let read = Observation::from_case(&older.to_string()).unwrap();
        assert_eq!(read.views.len(), 1);
        assert!(read.views[0].target.peer && !read.target.peer);
    }
}
