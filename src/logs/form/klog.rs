//! klog, as kube-apiserver, kubelet and the controllers write it: `E1122 02:39:55.123456    1 file.go:12] text`.

/// Month, day and time; klog knows no year.
pub(super) fn head(text: &str) -> Option<(String, &str)> {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        bytes.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let level = bytes.first().is_some_and(|level| b"IWEF".contains(level));
    if !(level && digits(1..5) && bytes.get(5) == Some(&b' ') && digits(6..8)) {
        return None;
    }
    let time = text.get(6..)?.split(' ').next()?;
    let rest = text.split_once("] ").map_or(text, |(_, rest)| rest);
    Some((format!("{}-{} {time}", text.get(1..3)?, text.get(3..5)?), rest))
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn the_header_is_cut_off() {
        let line = "W1122 02:39:55.123456       1 logging.go:55] [core] grpc: it failed";
        assert_eq!(
            head(line),
            Some(("11-22 02:39:55.123456".to_owned(), "[core] grpc: it failed"))
        );
        assert_eq!(head("Warning: no klog"), None);
    }
}
