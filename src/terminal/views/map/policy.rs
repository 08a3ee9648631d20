//! The page's Content-Security-Policy: it may run its one script and use its one style, and load
//! nothing.

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

/// The policy of a page with this style and this script.
#[must_use]
pub(super) fn policy(style: &str, script: &str) -> String {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        source(style),
        source(script)
    )
}

/// A text as CSP names it, by its hash.
fn source(text: &str) -> String {
    format!("sha256-{}", BASE64.encode(&Sha256::digest(text.as_bytes())))
}
