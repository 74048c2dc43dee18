//! Reads DER exactly as strictly as Go does: `golang.org/x/crypto/cryptobyte`, `String` and its `ReadASN1` family.
//!
//! Minimal lengths and integers, definite form, tags below 31; what follows the elements that are read is left alone.

use super::go::Go;
use super::oid::Oid;

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const NULL: &[u8] = &[0x05, 0x00];
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const ENUMERATED: u8 = 0x0a;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// The tag `[number]`, primitive.
pub(super) const fn context(number: u8) -> u8 {
    0x80 | number
}

/// The tag `[number]`, constructed.
pub(super) const fn explicit(number: u8) -> u8 {
    0xa0 | number
}

/// The unread rest of some DER, and where it lies in the whole input.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    pub rest: &'a [u8],
    pub offset: usize,
}

/// One element: its tag, its content, and all its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a> {
    pub tag: u8,
    pub content: Reader<'a>,
    pub whole: Reader<'a>,
}

/// A BIT STRING whose unused bits are zero.
#[derive(Clone, Copy, Debug)]
pub(super) struct BitString<'a> {
    pub bytes: &'a [u8],
    pub unused: u8,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, offset: 0 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn peek(&self, tag: u8) -> bool {
        self.rest.first() == Some(&tag)
    }

    /// The next element, whatever its tag (`ReadAnyASN1`).
    pub(super) fn any(&mut self) -> Option<Element<'a>> {
        let (&tag, &first) = (self.rest.first()?, self.rest.get(1)?);
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (header, length) = if first & 0x80 == 0 {
            (2, usize::from(first))
        } else {
            let count = usize::from(first & 0x7f);
            let digits = self.rest.get(2..2 + count)?;
            if count == 0 || count > 4 || digits.first() == Some(&0) {
                return None;
            }
            let length =
                digits.iter().fold(0_usize, |length, &digit| length << 8 | usize::from(digit));
            if length < 0x80 {
                return None;
            }
            (2 + count, length)
        };
        let whole = self.rest.get(..header.checked_add(length)?)?;
        let element = Element {
            tag,
            content: Self { rest: &whole[header..], offset: self.offset + header },
            whole: Self { rest: whole, offset: self.offset },
        };
        self.rest = &self.rest[whole.len()..];
        self.offset += whole.len();
        Some(element)
    }

    /// The content of the next element, which must carry `tag` (`ReadASN1`).
    pub(super) fn read(&mut self, tag: u8) -> Option<Self> {
        self.any().filter(|element| element.tag == tag).map(|element| element.content)
    }

    /// All bytes of the next element, which must carry `tag` (`ReadASN1Element`).
    pub(super) fn element(&mut self, tag: u8) -> Option<Element<'a>> {
        self.any().filter(|element| element.tag == tag)
    }

    /// The content of the next element if it carries `tag`; `None` only if it does and is malformed.
    #[expect(
        clippy::option_option,
        reason = "malformed, absent and present are three different things"
    )]
    pub(super) fn optional(&mut self, tag: u8) -> Option<Option<Self>> {
        if self.peek(tag) { self.read(tag).map(Some) } else { Some(None) }
    }

    pub(super) fn boolean(&mut self) -> Option<bool> {
        match self.read(BOOLEAN)?.rest {
            [0] => Some(false),
            [0xff] => Some(true),
            _ => None,
        }
    }

    /// The two's complement content of an INTEGER in its only, shortest form.
    pub(super) fn integer(&mut self) -> Option<&'a [u8]> {
        self.integer_tagged(INTEGER)
    }

    pub(super) fn integer_tagged(&mut self, tag: u8) -> Option<&'a [u8]> {
        let bytes = self.read(tag)?.rest;
        match bytes {
            [] => None,
            [0, second, ..] if second & 0x80 == 0 => None,
            [0xff, second, ..] if second & 0x80 != 0 => None,
            _ => Some(bytes),
        }
    }

    pub(super) fn int64(&mut self) -> Option<i64> {
        self.int64_tagged(INTEGER)
    }

    pub(super) fn int64_tagged(&mut self, tag: u8) -> Option<i64> {
        let bytes = self.integer_tagged(tag)?;
        let sign = if bytes[0] & 0x80 == 0 { 0 } else { -1 };
        (bytes.len() <= 8)
            .then(|| bytes.iter().fold(sign, |value: i64, &byte| value << 8 | i64::from(byte)))
    }

    pub(super) fn bit_string(&mut self) -> Option<BitString<'a>> {
        let (&unused, bytes) = self.read(BIT_STRING)?.rest.split_first()?;
        let last = bytes.last().copied();
        let padded = match last {
            None => unused == 0,
            Some(last) => unused < 8 && last & ((1_u8 << unused) - 1) == 0,
        };
        padded.then_some(BitString { bytes, unused })
    }

    pub(super) fn oid(&mut self, go: Go) -> Option<Oid> {
        Oid::decode(self.read(OBJECT_IDENTIFIER)?.rest, go)
    }
}

impl BitString<'_> {
    pub(super) fn bit(&self, index: usize) -> bool {
        self.bytes.get(index / 8).is_some_and(|byte| byte & (0x80 >> (index % 8)) != 0)
    }

    /// The bits as a number's bytes, moved so that the last bit comes last (`asn1.BitString.RightAlign`).
    pub(super) fn right_aligned(&self) -> Vec<u8> {
        if self.unused == 0 {
            return self.bytes.to_vec();
        }
        let mut carry = 0;
        self.bytes
            .iter()
            .map(|&byte| {
                let moved = carry | byte >> self.unused;
                carry = byte << (8 - self.unused);
                moved
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_must_be_minimal_and_definite() {
        for bad in [
            &[0x30, 0x80, 0, 0][..],
            &[0x30, 0x81, 1, 0],
            &[0x30, 0x82, 0, 0x80],
            &[0x1f, 1, 0],
            &[0x30, 2, 0],
        ] {
            assert!(Reader::new(bad).any().is_none(), "{bad:02x?}");
        }
        assert!(Reader::new(&[0x30, 0xff]).any().is_none());
    }

    #[test]
    fn integers_must_be_minimal() {
        assert_eq!(Reader::new(&[2, 2, 0, 0x80]).int64(), Some(128));
        assert_eq!(Reader::new(&[2, 1, 0xff]).int64(), Some(-1));
        assert_eq!(Reader::new(&[2, 2, 0, 1]).int64(), None);
        assert_eq!(Reader::new(&[2, 2, 0xff, 0x80]).int64(), None);
        assert_eq!(Reader::new(&[2, 0]).int64(), None);
    }

    #[test]
    fn bits_move_to_the_right() {
        let bits = Reader::new(&[3, 3, 4, 0x12, 0x30]).bit_string().unwrap();
        assert_eq!(bits.right_aligned(), [0x01, 0x23]);
        assert!(bits.bit(3) && !bits.bit(0));
        assert!(Reader::new(&[3, 2, 4, 0x0f]).bit_string().is_none());
    }
}
