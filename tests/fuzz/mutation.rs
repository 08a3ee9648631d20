//! Inputs that differ a little from stored ones.

use roadmap::contract::value::mix;

const MAX_BYTES: usize = 8192;
/// Where numbers, lengths and codes have their edges.
const EDGES: [&[u8]; 20] = [
    b"\0",
    b"\xff",
    b"\x7f",
    b"\x80",
    b"\x7e",
    b"0",
    b"-1",
    b"65536",
    b"4294967296",
    b"18446744073709551616",
    b"1e999",
    b"\r\n",
    b"\n",
    b"\n\n",
    b"\xed\xa0\x80",
    b"\xe2\x80\xae",
    b"${unique}",
    b"null",
    b"\\u0000",
    b"\t",
];

/// The same sequence of inputs for the same corpus and seed.
pub struct Mutator {
    corpus: Vec<Vec<u8>>,
    state: u64,
}

impl Mutator {
    pub fn new(corpus: Vec<Vec<u8>>, seed: u64) -> Self {
        Self { corpus, state: seed }
    }

    /// A stored input with one to eight changes.
    pub fn next_input(&mut self) -> Vec<u8> {
        let mut input = self.stored();
        for _ in 0..=self.below(8) {
            self.change(&mut input);
        }
        input.truncate(MAX_BYTES);
        input
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let (from, to) = self.range(input.len());
        match self.below(7) {
            0 if from < input.len() => input[from] ^= 1 << self.below(8),
            1 => drop(input.drain(from..to)),
            2 => {
                let piece = input[from..to].to_vec();
                input.splice(to..to, piece);
            }
            3 | 4 => {
                let edge = EDGES[self.below(EDGES.len())].iter().copied();
                input.splice(from..from, edge);
            }
            5 => {
                let edge = EDGES[self.below(EDGES.len())].iter().copied();
                input.splice(from..to, edge);
            }
            _ => {
                let other = self.stored();
                let (begin, end) = self.range(other.len());
                input.splice(from..to, other[begin..end].iter().copied());
            }
        }
    }

    fn stored(&mut self) -> Vec<u8> {
        let at = self.below(self.corpus.len());
        self.corpus[at].clone()
    }

    /// A part of so many bytes: mostly a short one.
    fn range(&mut self, length: usize) -> (usize, usize) {
        let from = self.below(length + 1);
        let limit = if self.below(4) == 0 { length } else { length.min(from + 16) };
        (from, from + self.below(limit.saturating_sub(from) + 1))
    }

    fn below(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        usize::try_from(mix(self.state) % limit as u64).expect("below a usize")
    }
}

/// A number for the name of a file.
pub fn hash(input: &[u8]) -> u64 {
    input.iter().fold(0, |state, byte| mix(state ^ u64::from(*byte)))
}
