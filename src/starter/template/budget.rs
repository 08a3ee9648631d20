//! How much output the templates of an unknown author may make: loops in loops, texts that double.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The most bytes that all templates of a starter make, those of slots and blocks again where
/// they are put in.
const MAX_BYTES: u64 = 32 << 20;
/// What an iteration of a loop costs: a starter has some hundred, and 200,000 take a second.
const ITERATION_COST: u64 = MAX_BYTES / 200_000;

/// What is left to the templates of one starter.
#[derive(Debug, Clone)]
pub(super) struct TemplateBudget(Arc<AtomicU64>);

impl TemplateBudget {
    pub(super) const MESSAGE: &str = "the templates make more than 32 MiB or 200,000 iterations";

    pub(super) fn new() -> Self {
        Self(Arc::new(AtomicU64::new(MAX_BYTES)))
    }

    pub(super) fn is_spent(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }

    /// Pays for one iteration of a loop.
    pub(super) fn pay_iteration(&self) -> io::Result<()> {
        self.pay(ITERATION_COST)
    }

    fn pay(&self, cost: u64) -> io::Result<()> {
        let left = self.0.load(Ordering::Relaxed).saturating_sub(cost);
        self.0.store(left, Ordering::Relaxed);
        if left == 0 { Err(io::Error::other(Self::MESSAGE)) } else { Ok(()) }
    }
}

/// A text that grows as far as the budget allows.
pub(super) struct BoundedText {
    budget: TemplateBudget,
    bytes: Vec<u8>,
}

impl BoundedText {
    pub(super) fn new(budget: &TemplateBudget) -> Self {
        Self { budget: budget.clone(), bytes: Vec::new() }
    }

    pub(super) fn text(self) -> String {
        // Only texts are written to it.
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

impl io::Write for &mut BoundedText {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.budget.pay(u64::try_from(bytes.len()).unwrap_or(u64::MAX))?;
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn what_is_spent_stays_spent() {
        let budget = TemplateBudget::new();
        let mut text = BoundedText::new(&budget);
        (&mut text).write_all(b"fine").expect("little");
        let iterations = (0..300_000).take_while(|_| budget.pay_iteration().is_ok()).count();
        assert!((199_000..=201_000).contains(&iterations), "{iterations}");
        assert!(budget.is_spent() && (&mut text).write_all(b"x").is_err());
        assert_eq!(text.text(), "fine");
    }
}
