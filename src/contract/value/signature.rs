//! Signatures of messages, as webhooks have them.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The HMAC-SHA256 (RFC 2104) of `message` under `secret`, in lower-case hexadecimal.
#[must_use]
pub fn hmac_sha256(secret: &str, message: &str) -> String {
    // A key of HMAC has any length, so this never fails.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(message.as_bytes());
    HEXLOWER.encode(&mac.finalize().into_bytes())
}
