//! Who runs with a configuration, and from where: what decides which file a relative path means, and whether it can be read.

use serde::{Deserialize, Serialize};

/// The process that a configuration starts, or has started. What is not known is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Runner {
    /// The process that runs with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<u32>,
    /// Where relative paths begin, as the process sees it: its working directory, `WorkingDirectory=` of a unit (systemd.exec(5)),
    /// `workingDir` of a container.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub directory: Option<String>,
    /// The user as the unit writes it, `User=`; root where the unit has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The number of the user who reads the files: a process's own, `User=` by the machine's passwd, `runAsUser` of a container.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uid: Option<u32>,
    /// The numbers of that user's groups, `fsGroup` of a pod among them; empty where the user is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gids: Vec<u32>,
}

impl Runner {
    /// The user as the configuration writes it, else the number.
    pub fn name(&self) -> Option<String> {
        self.user.clone().or_else(|| self.uid.map(|uid| uid.to_string()))
    }

    /// Whether nothing of it is known.
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}
