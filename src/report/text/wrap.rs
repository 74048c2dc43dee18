//! Breaks lines by display width: at spaces, and between characters of scripts that write none.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::shell;

/// Characters that never begin a line (JIS X 4051, GB/T 15834).
const NEVER_FIRST: &str = "、。，．,.：:；;？?！!）)」』】〕》〉”’ーっゃゅょッャュョ・";
/// Characters that never end a line.
const NEVER_LAST: &str = "（(「『【〔《〈“‘";

/// Lines of at most `width` columns. A word without a place to break is cut where the line ends.
pub(in crate::report) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(2);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in words(text) {
        let bare = word.trim_end();
        if used > 0 && used + bare.width() > width {
            lines.push(String::new());
            used = 0;
        }
        for c in word.chars() {
            let columns = c.width().unwrap_or(0);
            if used + columns > width {
                if c == ' ' {
                    continue;
                }
                lines.push(String::new());
                used = 0;
            }
            used += columns;
            if let Some(line) = lines.last_mut() {
                line.push(c);
            }
        }
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

/// A shell command over several lines, continued with backslashes between words, never within quotes. A comment behind it
/// becomes the first line: nothing can be continued behind one.
pub(in crate::report) fn wrap_command(command: &str, width: usize) -> Vec<String> {
    let mut words = shell::words(command);
    if let Some(at) = words.iter().position(|word| word.starts_with('#')) {
        let comment = words.split_off(at).join(" ");
        let lines = if at == 0 { Vec::new() } else { wrap_words(&words, width) };
        return std::iter::once(comment).chain(lines).collect();
    }
    if command.width() <= width { vec![command.to_owned()] } else { wrap_words(&words, width) }
}

fn wrap_words(words: &[&str], width: usize) -> Vec<String> {
    let whole = words.join(" ");
    if whole.width() <= width {
        return vec![whole];
    }
    let mut lines: Vec<String> = vec![String::new()];
    for &word in words {
        let room = width.saturating_sub(2);
        let is_flag_value = |line: &str| {
            let last = line.rsplit(' ').next().unwrap_or_default();
            last.starts_with('-') && !last.contains('=') && !word.starts_with('-')
        };
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.width() + 1 + word.width() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            // A flag goes to the next line together with its value.
            Some(line) if is_flag_value(line) => {
                let flag = line.split_off(line.rfind(' ').map_or(0, |space| space + 1));
                line.truncate(line.trim_end().len());
                if line.is_empty() {
                    *line = format!("{flag} {word}");
                } else {
                    lines.push(format!("  {flag} {word}"));
                }
            }
            _ => lines.push(format!("  {word}")),
        }
    }
    let last = lines.len() - 1;
    for line in &mut lines[..last] {
        line.push_str(" \\");
    }
    lines
}

/// Pieces that stay together, each with the spaces behind it.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if at > start && before.is_some_and(|before| may_break(before, c)) {
            words.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    words.push(&text[start..]);
    words
}

fn may_break(before: char, after: char) -> bool {
    let wide = |c: char| c.width() == Some(2);
    if after == ' ' || NEVER_FIRST.contains(after) || NEVER_LAST.contains(before) {
        return false;
    }
    before == ' ' || wide(before) || wide(after)
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::{wrap, wrap_command};

    #[test]
    fn breaks_at_spaces() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("one two", 7), ["one two"]);
        assert_eq!(wrap("", 10), [""]);
    }

    #[test]
    fn cuts_what_has_no_space() {
        assert_eq!(wrap("0123456789ab", 5), ["01234", "56789", "ab"]);
    }

    #[test]
    fn wide_characters_count_two_and_stops_never_begin_a_line() {
        let lines = wrap("証明書の期限が切れています。", 8);
        assert!(lines.iter().all(|line| line.width() <= 8 && !line.starts_with('。')));
        assert_eq!(lines.concat(), "証明書の期限が切れています。");
    }

    #[test]
    fn commands_continue_between_words_only() {
        let command = "etcd-tls check --cacert 'my ca/with a long name.crt' --cert client.crt";
        let lines = wrap_command(command, 40);
        assert_eq!(
            lines,
            [
                "etcd-tls check \\",
                "  --cacert 'my ca/with a long name.crt' \\",
                "  --cert client.crt"
            ]
        );
    }

    #[test]
    fn a_flag_with_its_value_needs_no_other() {
        let lines =
            wrap_command("etcdctl --cert=client.crt --key=a-long-name.key endpoint health", 40);
        assert_eq!(
            lines,
            ["etcdctl --cert=client.crt \\", "  --key=a-long-name.key endpoint \\", "  health"]
        );
    }

    #[test]
    fn a_comment_stands_in_front_of_its_command() {
        let command =
            "etcd-tls check --endpoints https://etcd-1:2379 --cacert 'a #1.crt'  # on 10.0.0.5";
        assert_eq!(
            wrap_command(command, 40),
            [
                "# on 10.0.0.5",
                "etcd-tls check \\",
                "  --endpoints https://etcd-1:2379 \\",
                "  --cacert 'a #1.crt'"
            ]
        );
        assert_eq!(wrap_command("ls a  # here", 40), ["# here", "ls a"]);
    }

    #[test]
    fn a_command_that_fits_stays_as_it_is() {
        assert_eq!(wrap_command("chmod 600 client.key", 40), ["chmod 600 client.key"]);
    }
}
