//! State files, and progress that was exported elsewhere.

use roadmap::progress::Document;
use std::hint::black_box;

/// A state: refused, or exported so that it is the same when it is read again; a merge loses no topic.
pub fn progress(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(document) = Document::import(text) else { return };
    let exported = document.export();
    let again = Document::import(&exported).expect("an export can be imported");
    assert_eq!(again.export(), exported, "an export changes nothing");
    let mut merged = Document::default();
    merged.mark("backend", ["http"]);
    merged.merge(&document);
    for id in document.roadmaps() {
        black_box(document.pick(&id));
        let done = merged.done(&id);
        assert!(document.done(&id).iter().all(|topic| done.contains(topic)), "{id} lost a topic");
        assert!(merged.has_starter(&id) || !document.has_starter(&id));
        assert!(merged.next_hint(&id, "write", 3) <= 3);
    }
    assert!(merged.done("backend").iter().any(|topic| topic == "http"));
    let text = merged.export();
    let mut twice = merged.clone();
    twice.merge(&document);
    assert_eq!(twice.export(), text, "a second merge changes nothing");
}
