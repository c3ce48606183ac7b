//! One value in a file of the cache folder: magic, checksum, borsh. Derived data (invariant I4): any fault in it, and there is
//! none.

use crate::store;
use borsh::{BorshDeserialize, BorshSerialize};
use std::path::Path;

/// Names what is in the file and its version.
pub(crate) type Magic = [u8; 8];

/// `None` when the file is missing, damaged or of another version.
pub(crate) fn load<T: BorshDeserialize>(file: &Path, magic: &Magic) -> Option<T> {
    parse(&std::fs::read(file).ok()?, magic)
}

fn parse<T: BorshDeserialize>(bytes: &[u8], magic: &Magic) -> Option<T> {
    let (sum, rest) = bytes.strip_prefix(magic)?.split_first_chunk::<4>()?;
    (crc32fast::hash(rest) == u32::from_le_bytes(*sum)).then(|| T::try_from_slice(rest).ok()).flatten()
}

/// Replaces the file. Nothing is lost when that fails: what it is made of is read again.
pub(crate) fn save<T: BorshSerialize>(file: &Path, magic: &Magic, value: &T) {
    let Ok(rest) = borsh::to_vec(value) else { return };
    let head = [magic.as_slice(), &crc32fast::hash(&rest).to_le_bytes()].concat();
    let _ = store::write_atomic_pieces(file, [head.as_slice(), &rest].into_iter());
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAGIC: Magic = *b"prcdxx\x00\x01";

    #[test]
    fn what_is_damaged_or_of_another_version_is_not_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("below/kept");
        let value = vec![("a".to_owned(), 7_u32), ("b".to_owned(), 9)];
        save(&file, &MAGIC, &value);
        assert_eq!(load(&file, &MAGIC), Some(value));
        let read = |bytes: &[u8]| parse::<Vec<(String, u32)>>(bytes, &MAGIC);
        let bytes = std::fs::read(&file).expect("the file");
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x10;
            assert_eq!((read(&damaged), read(&bytes[..at])), (None, None), "byte {at}");
        }
        assert_eq!(load::<Vec<(String, u32)>>(&file, b"prcdxx\x00\x02"), None);
        assert_eq!(load::<u32>(&folder.path().join("missing"), &MAGIC), None);
    }
}
