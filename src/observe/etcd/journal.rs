//! The last minutes of the journal of those units that run etcd, by `journalctl --output json`.

use std::{
    io::Read,
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};

/// How long the journal may take.
const PATIENCE: Duration = Duration::from_secs(1);
/// No more of it than this is read.
const MOST: u64 = 8 << 20;
/// etcd by itself, and the services that it is a part of.
const UNITS: [&str; 5] = ["etcd*", "k3s*", "rke2-server*", "k0scontroller*", "snap.*etcd*"];

/// The messages, one a line; nothing where there is no journal, or it does not answer in time.
pub(crate) async fn read() -> String {
    let Some((mut child, output)) = start() else { return String::new() };
    let reading = tokio::task::spawn_blocking(move || {
        let mut text = Vec::new();
        // What was read before an error is worth having.
        let _ = output.take(MOST).read_to_end(&mut text);
        text
    });
    let read = tokio::time::timeout(PATIENCE, reading).await;
    // It may have ended by itself; it is waited for in any case.
    let _ = child.kill();
    let _ = child.wait();
    let text = read.ok().and_then(Result::ok).unwrap_or_default();
    messages(&String::from_utf8_lossy(&text))
}

fn start() -> Option<(Child, ChildStdout)> {
    let mut command = Command::new("journalctl");
    command.args(["--since", "-2min", "--output", "json", "--no-pager"]);
    command.args(UNITS.map(|unit| format!("--unit={unit}")));
    let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let output = child.stdout.take()?;
    Some((child, output))
}

/// The `MESSAGE` of each entry (systemd.journal-fields(7)); one with bytes that are no text is a list of numbers.
fn messages(entries: &str) -> String {
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Message {
        Text(String),
        Bytes(Vec<u8>),
    }
    #[derive(serde::Deserialize)]
    struct Entry {
        #[serde(rename = "MESSAGE")]
        message: Message,
    }
    let text = |line: &str| match serde_json::from_str::<Entry>(line).ok()?.message {
        Message::Text(text) => Some(text),
        Message::Bytes(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
    };
    entries.lines().filter_map(text).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::messages;

    #[test]
    fn the_message_of_each_entry_is_taken() {
        let entries = r#"{"__CURSOR":"s=1","_SYSTEMD_UNIT":"etcd.service","PRIORITY":"6","MESSAGE":"rejected \"x\""}
{"MESSAGE":[97,27,98],"PRIORITY":"6"}
{"PRIORITY":"6","MESSAGE":null}
{"MESSAGE":"cut o"#;
        assert_eq!(messages(entries), "rejected \"x\"\na\u{1b}b");
    }
}
