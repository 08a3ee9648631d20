//! The address of a server, out of a URL.

/// Where a server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// A name, or an IP address without brackets.
    pub host: String,
    pub port: u16,
    /// What stands before every path; empty, or with a slash at its start and none at its end.
    pub prefix: String,
}

impl Address {
    /// Reads `http://host:port/prefix`.
    ///
    /// # Errors
    /// Why it is no such address, as a sentence.
    pub fn read(url: &str) -> Result<Self, String> {
        let rest = match url.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => rest,
            Some((scheme, _)) if scheme.eq_ignore_ascii_case("https") => {
                return Err(format!(
                    "{url} is spoken over TLS, and a check speaks plain http alone."
                ));
            }
            _ => return Err(format!("{url} does not begin with http://.")),
        };
        let (authority, prefix) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let wrong = || format!("{url} names no host and port.");
        let (host, port) = match authority.strip_prefix('[') {
            Some(rest) => {
                let (host, port) = rest.split_once(']').ok_or_else(wrong)?;
                if !port.is_empty() && !port.starts_with(':') {
                    return Err(wrong());
                }
                (host, port.strip_prefix(':'))
            }
            None => authority
                .split_once(':')
                .map_or((authority, None), |(host, port)| (host, Some(port))),
        };
        let port = port.map_or(Ok(80), |port| port.parse().map_err(|_| wrong()))?;
        let good = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
        let sound = match authority.starts_with('[') {
            true => host.parse::<std::net::Ipv6Addr>().is_ok(),
            false => !host.is_empty() && host.chars().all(good),
        };
        if !sound || prefix.contains(['?', '#', ' ']) {
            return Err(wrong());
        }
        let prefix = prefix.trim_end_matches('/').to_owned();
        Ok(Self { host: host.to_owned(), port, prefix })
    }

    /// Host and port, as the `Host` header says them.
    #[must_use]
    pub fn authority(&self) -> String {
        let host =
            if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        if self.port == 80 { host } else { format!("{host}:{}", self.port) }
    }

    /// The address as a URL, without a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}", self.authority(), self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_written() {
        for (given, url) in [
            ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
            ("http://localhost/", "http://localhost"),
            ("http://[::1]:80/app/", "http://[::1]/app"),
            ("HTTP://127.0.0.1:1", "http://127.0.0.1:1"),
        ] {
            assert_eq!(Address::read(given).map(|address| address.url()).as_deref(), Ok(url));
        }
        for bad in [
            "https://x",
            "localhost:8000",
            "http://",
            "http://a:b",
            "http://a b",
            "http://a/?q",
            "http://127.0.0.1:65536",
            "http://[::1:80",
            "http://[::1]80",
            "http://[zz]:1",
            "http://a%1:1",
        ] {
            assert!(Address::read(bad).is_err(), "{bad}");
        }
    }
}
