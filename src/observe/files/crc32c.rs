//! CRC-32C (Castagnoli, RFC 3720 appendix B.4), as `etcdutl snapshot status` computes it with Go's `hash/crc32`.

const TABLE: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut rest = byte;
        let mut bit = 0;
        while bit < 8 {
            rest = if rest & 1 == 1 { (rest >> 1) ^ 0x82F6_3B78 } else { rest >> 1 };
            bit += 1;
        }
        table[byte as usize] = rest;
        byte += 1;
    }
    table
}

/// A checksum in the making.
#[derive(Debug)]
pub(crate) struct Crc32C(u32);

impl Default for Crc32C {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

impl Crc32C {
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.0 = bytes
            .iter()
            .fold(self.0, |sum, byte| TABLE[usize::from(sum.to_le_bytes()[0] ^ byte)] ^ (sum >> 8));
    }

    pub(crate) fn sum(&self) -> u32 {
        !self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Crc32C;

    #[test]
    fn it_is_castagnolis() {
        let mut crc = Crc32C::default();
        crc.update(b"12345");
        crc.update(b"6789");
        assert_eq!(crc.sum(), 0xE306_9283);
    }
}
