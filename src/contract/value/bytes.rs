//! Bytes, written as hexadecimal digits.

/// The bytes that hexadecimal digits name; white space between them is free.
#[must_use]
pub fn bytes(digits: &str) -> Option<Vec<u8>> {
    let digits: Vec<char> = digits.chars().filter(|c| !c.is_whitespace()).collect();
    let pairs = digits.chunks(2).map(|pair| match pair {
        [high, low] => u8::try_from(high.to_digit(16)? * 16 + low.to_digit(16)?).ok(),
        _ => None,
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_digits_are_bytes() {
        assert_eq!(bytes("ff 00\n0a"), Some(vec![255, 0, 10]));
        assert_eq!(bytes("f"), None);
        assert_eq!(bytes("zz"), None);
    }
}
