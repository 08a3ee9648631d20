//! Server-sent events in the text of a stream, as the HTML standard has them (section 9.2.6).

use serde_json::{Map, Value, json};

/// Finds the events in text that comes in pieces.
#[derive(Debug, Default)]
pub(super) struct EventParser {
    /// A line of which the end has not come.
    line: Vec<u8>,
    /// The last byte was a CR, which a LF may follow.
    after_cr: bool,
    fields: Map<String, Value>,
    data: Option<String>,
}

impl EventParser {
    /// The events that `bytes` bring to their end, each as `{"event", "id", "data"}`: `event` is `message` where the
    /// server names none, `id` is left out where the event has none, `data` is JSON where it is JSON, else a text.
    /// Comments, and events without data, are none.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Vec<Value> {
        let mut events = Vec::new();
        for byte in bytes {
            let after_cr = std::mem::replace(&mut self.after_cr, *byte == b'\r');
            match byte {
                b'\n' if after_cr => {}
                b'\n' | b'\r' => {
                    let line = std::mem::take(&mut self.line);
                    events.extend(self.line(&String::from_utf8_lossy(&line)));
                }
                byte => self.line.push(*byte),
            }
        }
        events
    }

    /// How many bytes are stored of an event whose end has not come.
    pub(super) fn pending_bytes(&self) -> usize {
        self.line.len() + self.data.as_ref().map_or(0, String::len)
    }

    /// The event that a line ends, if it ends one.
    fn line(&mut self, line: &str) -> Option<Value> {
        if line.is_empty() {
            let mut event = std::mem::take(&mut self.fields);
            let data = self.data.take()?;
            event.entry("event").or_insert_with(|| json!("message"));
            let parsed = serde_json::from_str(&data).unwrap_or(Value::String(data));
            event.insert("data".to_owned(), parsed);
            return Some(Value::Object(event));
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                none => *none = Some(value.to_owned()),
            },
            "event" | "id" => drop(self.fields.insert(name.to_owned(), json!(value))),
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_whole_however_they_are_cut() {
        let text = b": hello\r\n\r\nevent: created\nid: 7\ndata: {\"id\":\ndata: 1}\n\nid: 8\rdata:  two\r\rretry: 5\n\ndata\n\n";
        let expected = [
            json!({"event": "created", "id": "7", "data": {"id": 1}}),
            json!({"event": "message", "id": "8", "data": " two"}),
            json!({"event": "message", "data": ""}),
        ];
        assert_eq!(EventParser::default().take(text), expected);
        let mut parser = EventParser::default();
        let pieces: Vec<Value> = text.chunks(1).flat_map(|byte| parser.take(byte)).collect();
        assert_eq!(pieces, expected);
        assert_eq!(parser.pending_bytes(), 0);
    }

    #[test]
    fn an_event_without_its_end_is_none() {
        let mut parser = EventParser::default();
        assert!(parser.take(b"event: created\ndata: 1\n").is_empty());
        assert_eq!(parser.pending_bytes(), 1);
        assert_eq!(parser.take(b"\n"), [json!({"event": "created", "data": 1})]);
    }
}
