//! A body as commands for a POSIX shell that print it: what repeats by its number, all else by `printf`.

/// A repetition of at least this many bytes is written as a count.
const MIN_REPETITION_BYTES: usize = 40;
/// The longest part that is looked for as repeating, in bytes.
const MAX_PART_BYTES: usize = 32;
/// The longest commands that are a line to paste, in bytes.
const MAX_COMMAND_BYTES: usize = 16 * 1024;

/// Commands that print `bytes`; none if they would be too long.
pub(super) fn printing(bytes: &[u8]) -> Option<String> {
    let mut commands = Vec::new();
    let (mut at, mut length) = (0, 0);
    let mut text = String::new();
    while at < bytes.len() {
        let before = length;
        match repetition(&bytes[at..]) {
            Some((part, times)) => {
                if !text.is_empty() {
                    commands.push(printf(&std::mem::take(&mut text)));
                }
                let command = repeated(part, times);
                length += command.len();
                commands.push(command);
                at += part.len() * times;
            }
            None => {
                let count = character(&bytes[at..]);
                bytes[at..at + count].iter().for_each(|byte| text.push_str(&escaped(*byte)));
                length += 4 * count;
                at += count;
            }
        }
        if length > MAX_COMMAND_BYTES && length > before {
            return None;
        }
    }
    if !text.is_empty() {
        commands.push(printf(&text));
    }
    Some(match commands.as_slice() {
        [single] => single.clone(),
        all => format!("{{ {}; }}", all.join("; ")),
    })
}

/// Commands that print one byte so many times.
pub(super) fn repeated_byte(byte: u8, times: usize) -> String {
    format!("head -c {times} /dev/zero | tr '\\0' '\\{byte:o}'")
}

/// The part that `bytes` start with repeatedly, and how often; the part that reaches farthest.
fn repetition(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let times = |part: &[u8]| bytes.chunks(part.len()).take_while(|chunk| *chunk == part).count();
    let mut best: Option<(&[u8], usize)> = None;
    let mut end = 0;
    while end < MAX_PART_BYTES.min(bytes.len()) {
        end += character(&bytes[end..]);
        let Some(part) = bytes.get(..end) else { break };
        let reaches = part.len() * times(part);
        let farther = best.is_none_or(|(part, times)| reaches > part.len() * times);
        if reaches >= MIN_REPETITION_BYTES && reaches > part.len() && farther {
            best = Some((part, reaches / part.len()));
        }
    }
    best
}

/// The length in bytes of the first character of `bytes`; 1 for a byte that is no character.
fn character(bytes: &[u8]) -> usize {
    let length = match bytes.first() {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => 1,
    };
    let whole = bytes.get(..length).is_some_and(|bytes| std::str::from_utf8(bytes).is_ok());
    if whole { length } else { 1 }
}

fn repeated(part: &[u8], times: usize) -> String {
    if let [byte] = part {
        return repeated_byte(*byte, times);
    }
    if part.contains(&b'\n') || part.contains(&0) {
        // `yes` ends its lines itself, and no argument holds a NUL.
        let text: String = part.iter().map(|byte| escaped(*byte)).collect();
        return format!("for i in $(seq {times}); do {}; done", printf(&text));
    }
    let text: String = part.iter().map(|byte| escaped(*byte)).collect();
    format!("yes \"$({})\" | head -n {times} | tr -d '\\n'", printf(&text))
}

/// `printf` with an escaped text. `--` keeps a text that starts with a hyphen from being an option.
fn printf(text: &str) -> String {
    let text = match text.strip_prefix('-') {
        Some(rest) => format!("\\055{rest}"),
        None => text.to_owned(),
    };
    format!("printf '{}'", text.replace('\'', "\\047"))
}

/// A byte as `printf` takes it.
fn escaped(byte: u8) -> String {
    match byte {
        b'%' => "%%".to_owned(),
        b'\\' => "\\\\".to_owned(),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\{byte:03o}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_are_written_as_a_count() {
        let line = |text: &str| printing(text.as_bytes()).expect("a line");
        assert_eq!(line("ab"), "printf 'ab'");
        assert_eq!(line("-n it's"), "printf '\\055n it\\047s'");
        assert_eq!(
            line(&format!("{{\"{}\"}}", "a".repeat(100))),
            "{ printf '{\"'; head -c 100 /dev/zero | tr '\\0' '\\141'; printf '\"}'; }"
        );
        assert_eq!(
            line(&"\u{e9}".repeat(200)),
            "yes \"$(printf '\\303\\251')\" | head -n 200 | tr -d '\\n'"
        );
        let noise: Vec<u8> =
            (0..100_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert!(printing(&noise).is_none_or(|line| line.len() < 2 * MAX_COMMAND_BYTES));
    }

    #[cfg(unix)]
    #[test]
    fn a_shell_prints_the_same_bytes() {
        let family = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}";
        let bodies = [
            b"\xff%\n\x00 -\\'".to_vec(),
            format!("-{{\"a\": \"{}\", \"b\": \"{}\"}}", family.repeat(201), "x".repeat(5_000))
                .into_bytes(),
            "ab\n".repeat(50).into_bytes(),
            "[".repeat(5_000).into_bytes(),
        ];
        for body in bodies {
            let line = printing(&body).expect("a line");
            assert!(line.len() < 600, "{line}");
            let ran = std::process::Command::new("/bin/sh").args(["-c", &line]).output();
            assert!(ran.expect("a shell").stdout == body, "{line}");
        }
    }
}
