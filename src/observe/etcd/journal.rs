//! The last minutes of the journal of those units that run etcd, by `journalctl --output json`.

use std::time::Duration;

use super::program;

/// How long the journal may take.
const PATIENCE: Duration = Duration::from_secs(1);
/// etcd by itself, and the services that it is a part of.
const UNITS: [&str; 5] = ["etcd*", "k3s*", "rke2-server*", "k0scontroller*", "snap.*etcd*"];

/// The messages, one a line; nothing where there is no journal, or it does not answer in time.
pub(crate) async fn read() -> String {
    let units = UNITS.map(|unit| format!("--unit={unit}"));
    let mut arguments = vec!["--since", "-2min", "--output", "json", "--no-pager"];
    arguments.extend(units.iter().map(String::as_str));
    let text = program::ask("journalctl", &arguments, PATIENCE).await;
    messages(&String::from_utf8_lossy(&text))
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
