//! All metrics of a response.

use super::histogram;
use super::line::{Line, read};
use crate::contract::value::{Difference, quoted};
use std::collections::{BTreeMap, BTreeSet};

/// A series and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    pub name: String,
    pub labels: BTreeMap<String, String>,
    pub value: f64,
}

/// Metrics that are well formed.
#[derive(Debug, Default)]
pub struct Metrics {
    kinds: BTreeMap<String, String>,
    samples: Vec<Sample>,
}

impl Metrics {
    /// Reads a whole text.
    ///
    /// # Errors
    /// The first line that Prometheus would refuse, or a histogram or counter that cannot be true.
    pub fn read(text: &str) -> Result<Self, Difference> {
        if !text.ends_with('\n') {
            let actual = if text.is_empty() { "no body" } else { "a last line without one" };
            return Err(Difference::new("body", "lines that each end with a line break", actual));
        }
        let mut metrics = Self::default();
        // The family of the last line, and those before it.
        let (mut current, mut ended) = (None, BTreeSet::new());
        let mut has_samples = false;
        let mut series = BTreeSet::new();
        for (number, line) in text.lines().enumerate() {
            let wrong = |expected: &str| {
                let place = format!("line {} of the body", number + 1);
                Difference::new(place, expected, quoted(line))
            };
            let Some(read) = read(line).map_err(wrong)? else { continue };
            let family = match &read {
                Line::Help { name } | Line::Type { name, .. } => (*name).to_owned(),
                Line::Sample { name, .. } => metrics.family(name).to_owned(),
            };
            if current.as_ref() != Some(&family) {
                if ended.contains(&family) {
                    return Err(wrong("all lines of a metric together"));
                }
                ended.extend(current.replace(family.clone()));
                has_samples = false;
            }
            match read {
                Line::Help { .. } => {}
                Line::Type { kind, .. } => {
                    if has_samples || metrics.kinds.insert(family, kind.to_owned()).is_some() {
                        return Err(wrong("the type of a metric once, before its values"));
                    }
                }
                Line::Sample { name, labels, value } => {
                    if !series.insert((name.to_owned(), labels.clone())) {
                        return Err(wrong("each name with the same labels once"));
                    }
                    let counter = metrics.kind(name) == Some("counter");
                    if counter && (value.is_nan() || value < 0.0) {
                        return Err(wrong("a counter that is 0 or more"));
                    }
                    has_samples = true;
                    metrics.samples.push(Sample { name: name.to_owned(), labels, value });
                }
            }
        }
        let mut by_name = histogram::ByName::new();
        for Sample { name, labels, value } in &metrics.samples {
            by_name.entry(name).or_default().insert(labels, *value);
        }
        let histograms = metrics.kinds.iter().filter(|(_, kind)| *kind == "histogram");
        for (name, _) in histograms {
            histogram::check(name, &by_name)?;
        }
        Ok(metrics)
    }

    /// The metric to which a series belongs: `x` for `x_bucket` of a histogram.
    fn family<'n>(&self, name: &'n str) -> &'n str {
        let base = ["_bucket", "_sum", "_count"].iter().find_map(|tail| name.strip_suffix(tail));
        let is_whole = |base: &&str| {
            matches!(self.kinds.get(*base).map(String::as_str), Some("histogram" | "summary"))
        };
        base.filter(is_whole).unwrap_or(name)
    }

    /// The declared type of the metric to which a series of this name belongs.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&str> {
        self.kinds.get(self.family(name)).map(String::as_str)
    }

    /// The series of this name.
    pub fn series<'m>(&'m self, name: &'m str) -> impl Iterator<Item = &'m Sample> {
        self.samples.iter().filter(move |sample| sample.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::Metrics;

    fn wrong(text: &str) -> String {
        let difference = Metrics::read(text).expect_err("something is wrong");
        format!("{}: {}", difference.place, difference.expected)
    }

    #[test]
    fn labels_hold_any_text_and_numbers_any_form() {
        let text = "# a comment\n\n# HELP a Some text.\n# TYPE a counter\n\
                    a{route=\"/x/{id},=\",b=\"\\\"\\\\\\n\",} 1e3 1700000000000\na +Inf\n\tb NaN\n";
        let metrics = Metrics::read(text).expect("sound");
        let first = metrics.series("a").next().expect("a series");
        assert_eq!((first.labels["route"].as_str(), first.value), ("/x/{id},=", 1000.0));
        assert_eq!(first.labels["b"], "\"\\\n");
        assert_eq!((metrics.kind("a"), metrics.kind("b")), (Some("counter"), None));
        assert_eq!(metrics.series("a").count(), 2);
    }

    /// Compared each with each they would take hours.
    #[test]
    fn many_metrics_are_read_once_each() {
        for series in [
            "# TYPE N gauge\nN 1\n",
            "# TYPE N histogram\nN_bucket{le=\"+Inf\"} 1\nN_sum 1\nN_count 1\n",
        ] {
            let text: String =
                (0..30_000).map(|number| series.replace('N', &format!("n{number}"))).collect();
            Metrics::read(&text).expect("sound");
        }
        let buckets = (0..30_000).map(|n| format!("a_bucket{{n=\"{n}\",le=\"+Inf\"}} 1\n"));
        let rest = (0..30_000).map(|n| format!("a_sum{{n=\"{n}\"}} 1\na_count{{n=\"{n}\"}} 1\n"));
        let text: String =
            std::iter::once("# TYPE a histogram\n".to_owned()).chain(buckets).chain(rest).collect();
        assert_eq!(Metrics::read(&text).expect("sound").samples.len(), 90_000);
    }

    #[test]
    fn the_first_bad_line_is_named() {
        assert_eq!(wrong(""), "body: lines that each end with a line break");
        assert_eq!(wrong("a 1"), "body: lines that each end with a line break");
        for (text, place) in [
            ("a 1\n1a 2\n", "line 2"),
            ("a one\n", "line 1"),
            ("a\n", "line 1"),
            ("a 1 now\n", "line 1"),
            ("a{b=c} 1\n", "line 1"),
            ("a{b=\"c\\d\"} 1\n", "line 1"),
            ("a{b=\"c\" d=\"e\"} 1\n", "line 1"),
            ("a{b=\"c\n", "line 1"),
            ("a{b=\"c\",b=\"d\"} 1\n", "line 1"),
            ("a 1\na 1\n", "line 2"),
            ("a 1\nb 1\na{c=\"d\"} 1\n", "line 3"),
            ("a 1\n# TYPE a gauge\n", "line 2"),
            ("# TYPE a gauge\n# TYPE a gauge\n", "line 2"),
            ("# TYPE a number\n", "line 1"),
            ("# TYPE a counter\na -1\n", "line 2"),
            ("{\"status\": \"ok\"}\n", "line 1"),
            ("<html>\n", "line 1"),
        ] {
            assert!(wrong(text).starts_with(&format!("{place} ")), "{text}: {}", wrong(text));
        }
    }

    #[test]
    fn a_histogram_adds_up() {
        let histogram = |text: &str| format!("# TYPE t histogram\n{text}");
        let sound = "t_bucket{le=\"0.5\"} 1\nt_bucket{le=\"+Inf\"} 2\nt_sum 0.7\nt_count 2\n";
        let metrics = Metrics::read(&histogram(sound)).expect("sound");
        assert_eq!(metrics.kind("t_count"), Some("histogram"));
        for broken in [
            "t_bucket{le=\"0.5\"} 3\nt_bucket{le=\"+Inf\"} 2\nt_sum 0.7\nt_count 2\n",
            "t_bucket{le=\"0.5\"} 1\nt_sum 0.7\nt_count 2\n",
            "t_bucket{le=\"+Inf\"} 1\nt_sum 0.7\nt_count 2\n",
            "t_bucket{le=\"+Inf\"} 2\nt_count 2\n",
            "t_bucket{le=\"wide\"} 2\nt_bucket{le=\"+Inf\"} 2\nt_sum 1\nt_count 2\n",
        ] {
            assert!(wrong(&histogram(broken)).starts_with("metric t"), "{broken}");
        }
    }
}
