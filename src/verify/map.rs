//! Maps in the order of insertion, for keys that are our own: looking them up needs no defence against chosen keys, and there
//! are millions of look-ups.

use std::hash::{BuildHasherDefault, Hasher};

use indexmap::IndexMap;

/// A map in the order of insertion.
pub(super) type Map<K, V> = IndexMap<K, V, BuildHasherDefault<Mixer>>;

/// Multiplies and rotates, word by word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mixer(u64);

/// An odd number without a pattern in its bits: those of the golden ratio.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

impl Mixer {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(26) ^ word).wrapping_mul(FACTOR);
    }
}

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            for (to, from) in word.iter_mut().zip(chunk) {
                *to = *from;
            }
            self.mix(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }

    fn write_u16(&mut self, value: u16) {
        self.mix(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.mix(value);
    }

    fn write_usize(&mut self, value: usize) {
        self.mix(u64::try_from(value).unwrap_or(u64::MAX));
    }

    fn write_i64(&mut self, value: i64) {
        self.mix(u64::from_le_bytes(value.to_le_bytes()));
    }

    fn write_isize(&mut self, value: isize) {
        self.mix(u64::try_from(value).unwrap_or(u64::MAX));
    }

    fn finish(&self) -> u64 {
        // The table looks at the lowest and the highest bits; the lowest are mixed least.
        self.0 ^ (self.0 >> 32)
    }
}
