//! Whether a Content-Security-Policy lets no script run but the server's own (CSP 3, sections 6.7 and 6.8).

/// What a page's policy must say.
pub const EXPECTED: &str = "script-src or default-src with 'self', hashes or nonces alone";

/// Keywords that let no foreign script run.
const STRICT_KEYWORDS: [&str; 6] = [
    "'self'",
    "'none'",
    "'strict-dynamic'",
    "'report-sample'",
    "'unsafe-hashes'",
    "'wasm-unsafe-eval'",
];
/// The prefixes of sources that allow a single script each.
const SINGLE_SCRIPT_PREFIXES: [&str; 4] = ["'nonce-", "'sha256-", "'sha384-", "'sha512-"];

/// Whether the header's value holds scripts back. Several policies, with commas between them, hold all at once, so
/// one that does is enough.
#[must_use]
pub fn restricts_scripts(header: &str) -> bool {
    // Names and keywords know no case.
    header.to_ascii_lowercase().split(',').any(is_strict)
}

fn is_strict(policy: &str) -> bool {
    let directives: Vec<(&str, Vec<&str>)> = policy
        .split(';')
        .filter_map(|directive| {
            let mut words = directive.split_ascii_whitespace();
            Some((words.next()?, words.collect()))
        })
        .collect();
    // Of a directive that is there twice the first counts.
    let sources = |name: &str| directives.iter().find(|(own, _)| *own == name).map(|(_, all)| all);
    let effective = |own: &str| {
        sources(own).or_else(|| sources("script-src")).or_else(|| sources("default-src"))
    };
    ["script-src-elem", "script-src-attr"].iter().all(|own| {
        effective(own).is_some_and(|sources| sources.iter().all(|source| is_own(source)))
    })
}

fn is_own(source: &str) -> bool {
    STRICT_KEYWORDS.contains(&source)
        || SINGLE_SCRIPT_PREFIXES.iter().any(|start| source.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_names_the_servers_own_scripts_alone() {
        for good in [
            "default-src 'self'",
            "default-src 'none'; script-src 'SELF'; style-src 'self' 'unsafe-inline'",
            "script-src 'nonce-abc' 'strict-dynamic'; object-src 'none'",
            "script-src 'sha256-abc='",
            "script-src 'self'; script-src *",
            "frame-ancestors 'none', default-src 'self'",
        ] {
            assert!(restricts_scripts(good), "{good}");
        }
        for bad in [
            "",
            "frame-ancestors 'none'",
            "default-src *",
            "default-src 'self' https:",
            "script-src 'self' https://cdn.example",
            "script-src 'self' data:",
            "script-src 'self' 'Unsafe-Inline'",
            "default-src 'self'; script-src-attr 'unsafe-inline'",
            "default-src 'self' 'unsafe-eval'",
            "style-src 'self'; img-src 'self'",
        ] {
            assert!(!restricts_scripts(bad), "{bad}");
        }
    }
}
