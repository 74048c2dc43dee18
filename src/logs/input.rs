//! What a log file is made of: text as it is, UTF-16 as `PowerShell` redirects write it, or something that has to be unpacked first.
//!
//! The first bytes decide. Text is passed on without a copy.

use std::io::{self, Read};

use crate::message::{FileMessage, Message, Value};

/// A reader that gives UTF-8 whatever the file's encoding.
pub struct Input<R> {
    input: R,
    /// Not known before the first bytes came.
    form: Option<Form>,
}

enum Form {
    Utf8,
    Utf16(Utf16),
}

/// First bytes of files that logs are kept in, the archive's kind (none is a journal), and what unpacks them.
const PACKED: [(&[u8], Option<&str>, &str); 6] = [
    (b"\x1f\x8b", Some("gzip"), "zcat FILE"),
    (b"\x28\xb5\x2f\xfd", Some("zstd"), "zstdcat FILE"),
    (b"\xfd7zXZ\0", Some("xz"), "xzcat FILE"),
    (b"BZh", Some("bzip2"), "bzcat FILE"),
    (b"PK\x03\x04", Some("zip"), "unzip -p FILE"),
    (b"LPKSHHRH", None, "journalctl --file FILE"),
];

impl<R: Read> Input<R> {
    /// A reader over a log of any encoding.
    pub fn new(input: R) -> Self {
        Self { input, form: None }
    }

    /// Reads for the first time and looks at what came.
    fn begin(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.input.read(buffer)?;
        let first = &buffer[..got];
        if let Some((_, kind, command)) = PACKED.iter().find(|(start, ..)| first.starts_with(start))
        {
            let command = Value::from(*command);
            return Err(io::Error::other(Message::from(match *kind {
                Some(kind) => FileMessage::Archive { kind: kind.into(), command },
                None => FileMessage::Journal { command },
            })));
        }
        let Some(mut utf16) = Utf16::of(first) else {
            self.form = Some(Form::Utf8);
            return Ok(got);
        };
        utf16.raw.extend_from_slice(first);
        let given = utf16.give(&mut self.input, buffer);
        self.form = Some(Form::Utf16(utf16));
        given
    }
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.form {
            None => self.begin(buffer),
            Some(Form::Utf8) => self.input.read(buffer),
            Some(Form::Utf16(utf16)) => utf16.give(&mut self.input, buffer),
        }
    }
}

/// Turns UTF-16 into UTF-8 on the way.
struct Utf16 {
    unit: fn([u8; 2]) -> u16,
    /// What came and is not decoded yet.
    raw: Vec<u8>,
    /// What is decoded and not given yet.
    text: Vec<u8>,
}

/// How much is read at once.
const CHUNK: usize = 16 * 1024;

impl Utf16 {
    /// The decoder for a file that begins like this. Without a byte order mark, letters with a zero beside them tell.
    fn of(first: &[u8]) -> Option<Self> {
        let little = first.starts_with(b"\xff\xfe")
            || matches!(first, [a, 0, b, 0, ..] if *a != 0 && *b != 0);
        let big = first.starts_with(b"\xfe\xff")
            || matches!(first, [0, a, 0, b, ..] if *a != 0 && *b != 0);
        let unit = match (little, big) {
            (true, _) => u16::from_le_bytes,
            (_, true) => u16::from_be_bytes,
            _ => return None,
        };
        Some(Self { unit, raw: Vec::new(), text: Vec::new() })
    }

    /// Fills the buffer with text, reading on where none is left.
    fn give(&mut self, input: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
        let mut chunk = [0; CHUNK];
        while self.decode() == 0 && self.text.is_empty() {
            let got = input.read(&mut chunk)?;
            if got == 0 {
                return Ok(0);
            }
            self.raw.extend_from_slice(&chunk[..got]);
        }
        let given = self.text.len().min(buffer.len());
        buffer[..given].copy_from_slice(&self.text[..given]);
        self.text.drain(..given);
        Ok(given)
    }

    /// Decodes what is whole and says how many bytes that were; half a character waits for its other half.
    fn decode(&mut self) -> usize {
        let pairs = self.raw.chunks_exact(2).map(|pair| (self.unit)([pair[0], pair[1]]));
        let mut units: Vec<u16> = pairs.collect();
        if units.last().is_some_and(|last| (0xd800..0xdc00).contains(last)) {
            units.pop();
        }
        for decoded in char::decode_utf16(units.iter().copied()) {
            let decoded = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.text.extend_from_slice(decoded.encode_utf8(&mut [0; 4]).as_bytes());
        }
        self.raw.drain(..2 * units.len());
        2 * units.len()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::Input;

    /// Gives one byte a read after the first few.
    struct Slow<'d>(&'d [u8], bool);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let size = if std::mem::replace(&mut self.1, true) { 1 } else { 8 };
            let size = size.min(self.0.len()).min(buffer.len());
            buffer[..size].copy_from_slice(&self.0[..size]);
            self.0 = &self.0[size..];
            Ok(size)
        }
    }

    fn read(bytes: &[u8]) -> std::io::Result<String> {
        let mut text = String::new();
        Input::new(Slow(bytes, false)).read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn both_orders_are_read_with_and_without_a_mark() {
        let said = "拒绝 rejected connection 🔑\r\n";
        let ascii = "rejected connection\r\n";
        for said in [said, ascii] {
            let little: Vec<u8> = said.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = said.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
            for bytes in [marked(b"\xff\xfe", &little), marked(b"\xfe\xff", &big)] {
                assert_eq!(read(&bytes).unwrap(), format!("\u{feff}{said}"));
            }
            if said.is_ascii() {
                assert_eq!(
                    (read(&little).unwrap(), read(&big).unwrap()),
                    (said.into(), said.into())
                );
            }
        }
    }

    #[test]
    fn text_stays_as_it_is() {
        for text in ["", "a", "{\"level\":\"warn\"}\n", "证书\n"] {
            assert_eq!(read(text.as_bytes()).unwrap(), text);
        }
    }

    #[test]
    fn what_is_packed_is_named() {
        let error = read(b"\x1f\x8b\x08\0\0\0\0\0").unwrap_err().to_string();
        assert!(error.contains("gzip") && error.contains("zcat"), "{error}");
    }
}
