//! Writes objects as one pack with its index (gitformat-pack, versions 2 of both).
//!
//! libgit2 can do that too, but looks for deltas, compresses hard, and reads everything again
//! to index it: four times the work of all the rest of a starter. A new repository of some
//! sixty small files needs none of that; `git gc` packs it again some day.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use sha1::{Digest, Sha1};
use std::io::{self, Write};

/// The kinds of objects, with their numbers in a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ObjectKind {
    Commit = 1,
    Tree = 2,
    Blob = 3,
}

/// An object whose id is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Object<'a> {
    pub id: [u8; 20],
    pub kind: ObjectKind,
    pub bytes: &'a [u8],
}

/// A pack and its index, ready to be written as `pack-NAME.pack` and `pack-NAME.idx`.
#[derive(Debug)]
pub(super) struct Pack {
    /// The pack's checksum in hexadecimal.
    pub name: String,
    pub pack: Vec<u8>,
    pub index: Vec<u8>,
}

/// What the index says of an object.
struct Entry {
    id: [u8; 20],
    crc: u32,
    offset: u32,
}

/// Packs `objects`, each once.
///
/// # Errors
/// More than 2 GiB, for which the index would need another table.
pub(super) fn pack(objects: &[Object<'_>]) -> io::Result<Pack> {
    let too_large = || io::Error::other("a first commit of more than 2 GiB");
    let count = u32::try_from(objects.len()).map_err(|_| too_large())?;
    let mut pack = b"PACK\0\0\0\x02".to_vec();
    pack.extend(count.to_be_bytes());
    let mut entries = Vec::with_capacity(objects.len());
    // One for all objects: its tables are larger than most of them.
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
    for object in objects {
        let start = pack.len();
        let offset = u32::try_from(start).ok().filter(|offset| *offset < 1 << 31);
        header(&mut pack, object);
        zlib.write_all(object.bytes)?;
        pack.extend(zlib.reset(Vec::new())?);
        let mut crc = flate2::Crc::new();
        crc.update(&pack[start..]);
        let offset = offset.ok_or_else(too_large)?;
        entries.push(Entry { id: object.id, crc: crc.sum(), offset });
    }
    let checksum = Sha1::digest(&pack);
    pack.extend(checksum);
    entries.sort_by_key(|entry| entry.id);
    let name = checksum.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Pack { name, pack, index: index(&entries, &checksum) })
}

/// Kind and length: four bits of the length beside the kind, then seven a byte.
fn header(pack: &mut Vec<u8>, object: &Object<'_>) {
    let mut rest = object.bytes.len();
    let mut byte = (object.kind as u8) << 4 | low_bits(rest, 0x0f);
    rest >>= 4;
    while rest > 0 {
        pack.push(byte | 0x80);
        byte = low_bits(rest, 0x7f);
        rest >>= 7;
    }
    pack.push(byte);
}

fn low_bits(number: usize, mask: u8) -> u8 {
    number.to_le_bytes()[0] & mask
}

/// Version 2: how many ids begin with each byte or a lower one, then the ids, checksums and
/// offsets in the order of the ids.
fn index(entries: &[Entry], pack_checksum: &[u8]) -> Vec<u8> {
    let mut index = b"\xfftOc\0\0\0\x02".to_vec();
    for first in 0..=u8::MAX {
        let until = entries.partition_point(|entry| entry.id[0] <= first);
        index.extend(u32::try_from(until).unwrap_or(u32::MAX).to_be_bytes());
    }
    index.extend(entries.iter().flat_map(|entry| entry.id));
    index.extend(entries.iter().flat_map(|entry| entry.crc.to_be_bytes()));
    index.extend(entries.iter().flat_map(|entry| entry.offset.to_be_bytes()));
    index.extend(pack_checksum);
    let checksum = Sha1::digest(&index);
    index.extend(checksum);
    index
}
