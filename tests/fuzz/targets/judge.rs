//! What a contract expects, against what a server sent.

use roadmap::contract::client::Response;
use roadmap::contract::format::{Action, parse};
use roadmap::contract::judge::judge as differences;
use roadmap::contract::value::Values;

const CONTRACT: &str = "schema: 1\nproject: p\nversion: 1\nmilestones:\n  - {id: m, title: M, stage: web, about: A, \
    given: true, checks: [{id: c, title: C, steps: [{request: GET /, expect: EXPECT}]}]}\n";

/// The first line is what is expected, as JSON; the second the status; then headers, an empty line, the body.
pub fn judge(data: &[u8]) {
    let mut parts = data.splitn(3, |byte| *byte == b'\n');
    let [Some(expect), Some(status), Some(rest)] = [parts.next(), parts.next(), parts.next()]
    else {
        return;
    };
    let (Ok(expect), Ok(status)) = (std::str::from_utf8(expect), std::str::from_utf8(status))
    else {
        return;
    };
    let Ok(status) = status.parse() else { return };
    let Ok(contract) = parse("contract.yaml", &CONTRACT.replace("EXPECT", expect)) else { return };
    let answer = answer(status, rest);
    let values = Values::new("http://127.0.0.1:8000", 1);
    let checks = contract.milestones.iter().flat_map(|milestone| &milestone.checks);
    for step in checks.flat_map(|check| &check.steps) {
        let Action::Request(request) = &step.action else { continue };
        let judged = differences(&request.expect, &answer, &values);
        for difference in &judged {
            assert!(!difference.expected.is_empty() && !difference.actual.is_empty());
        }
        assert_eq!(differences(&request.expect, &answer, &values), judged, "it judges twice alike");
    }
}

fn answer(status: u16, rest: &[u8]) -> Response {
    let end = rest.windows(2).position(|pair| pair == b"\n\n").unwrap_or(rest.len());
    let (head, body) = rest.split_at(end);
    let head = String::from_utf8_lossy(head);
    let headers = head.lines().filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let body = body.get(2..).unwrap_or_default().to_vec();
    Response { status, headers, body, path: "/".to_owned(), ..Response::default() }
}
