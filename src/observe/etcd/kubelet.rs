//! What the kubelet has of etcd: by `crictl`, by the logs of pods, and by manifests that lie where it doesn't read them.

use std::{path::Path, time::Duration};

use serde::Deserialize;

use super::{
    program,
    server_log::{POD_LOGS, own_words, pod_logs, tail},
};
use crate::{
    observation::kubelet::{ContainerSeen, KubeletSeen},
    observe::config::{self, Disk},
};

/// How long the container runtime may take.
const PATIENCE: Duration = Duration::from_secs(2);
const MOST_LINES: usize = 3;
const LONGEST: usize = 600;

/// Looks at all that this machine tells of it; `None` where no kubelet reads manifests.
pub(crate) async fn look() -> Option<KubeletSeen> {
    let folder = config::manifest_folder(&Disk::default())?;
    let (images, containers) = tokio::join!(images(), containers());
    Some(KubeletSeen {
        elsewhere: config::manifests_elsewhere(&folder),
        folder,
        images,
        containers,
        said: last_words(),
    })
}

async fn images() -> Option<Vec<String>> {
    #[derive(Deserialize)]
    struct Images {
        images: Vec<Image>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Image {
        #[serde(default)]
        repo_tags: Vec<String>,
    }
    let told: Images = crictl(&["images", "-o", "json"]).await?;
    Some(told.images.into_iter().flat_map(|image| image.repo_tags).collect())
}

async fn containers() -> Option<Vec<ContainerSeen>> {
    #[derive(Deserialize)]
    struct Containers {
        containers: Vec<Container>,
    }
    #[derive(Deserialize)]
    struct Container {
        id: String,
        state: String,
        metadata: Metadata,
        image: Image,
    }
    #[derive(Deserialize)]
    struct Metadata {
        #[serde(default)]
        attempt: u32,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Image {
        #[serde(default)]
        user_specified_image: String,
        image: String,
    }
    let told: Containers = crictl(&["ps", "-a", "--name", "^etcd$", "-o", "json"]).await?;
    let seen = |one: Container| {
        let Image { user_specified_image, image } = one.image;
        let image = Some(user_specified_image).filter(|name| !name.is_empty()).unwrap_or(image);
        ContainerSeen { id: one.id, state: one.state, image, attempt: one.metadata.attempt }
    };
    Some(told.containers.into_iter().map(seen).collect())
}

/// What `crictl` prints, if it is there and may ask the runtime.
async fn crictl<T: serde::de::DeserializeOwned>(arguments: &[&str]) -> Option<T> {
    serde_json::from_slice(&program::ask("crictl", arguments, PATIENCE).await).ok()
}

/// The end of the newest log of etcd's container.
fn last_words() -> Vec<String> {
    let logs = pod_logs(Path::new(POD_LOGS));
    let mut texts = logs.iter().filter_map(|path| tail(path));
    let Some(text) = texts.next_back() else { return Vec::new() };
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let last = lines.iter().skip(lines.len().saturating_sub(MOST_LINES));
    last.map(|line| own_words(line).chars().take(LONGEST).collect()).collect()
}
