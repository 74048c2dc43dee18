//! The forms that log lines come in: what carried a line (`envelope`), and how programs write the time in front of it.

mod capnslog;
mod envelope;
mod go_log;
mod json;
mod klog;
mod stamp;

pub(super) use envelope::peel;

/// The time that a program wrote itself, and the rest of the line.
pub(super) fn head(text: &str) -> (Option<String>, &str) {
    #[expect(clippy::type_complexity, reason = "one signature, five times")]
    let forms: [fn(&str) -> Option<(String, &str)>; 5] =
        [json::head, klog::head, capnslog::head, go_log::head, stamp::head];
    match forms.iter().find_map(|form| form(text)) {
        Some((time, rest)) => (Some(time), rest),
        None => (None, text),
    }
}
