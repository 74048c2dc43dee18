//! What the kubelet of this machine has of etcd, looked at where etcd should listen here and nobody does.

use serde::{Deserialize, Serialize};

/// What the kubelet has of etcd.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct KubeletSeen {
    /// The folder whose manifests it runs; empty where there is no kubelet.
    pub folder: String,
    /// Manifests of etcd that lie elsewhere: the kubelet does not read these.
    #[serde(default)]
    pub elsewhere: Vec<String>,
    /// The images that the container runtime has, by their tags; `None` if it did not tell.
    #[serde(default)]
    pub images: Option<Vec<String>>,
    /// The containers of etcd that it knows, the newest first, such as `etcd Exited attempt 3`; `None` if it did not tell.
    #[serde(default)]
    pub containers: Option<Vec<ContainerSeen>>,
    /// The last lines that etcd's container wrote.
    #[serde(default)]
    pub said: Vec<String>,
}

/// A container of etcd's pod.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerSeen {
    /// Its id.
    pub id: String,
    /// The runtime's word for its state, such as `CONTAINER_EXITED`.
    pub state: String,
    /// The image that it was made of, as its pod names it.
    pub image: String,
    /// How often it was started before.
    pub attempt: u32,
}
