
    /// A text as it was sent, to show it again in a form.
    pub fn text(&self, name: &str) -> &str {
        let value = self.values.get(name).and_then(Value::as_str);
        value.unwrap_or_default()
    }

    /// Takes what is missing from the JSON of `old`: a merge patch (RFC 7396).
    pub fn merge_into(mut self, old: &impl serde::Serialize) -> Self {
        if let Value::Object(old) = serde_json::json!(old) {
            for (name, value) in old {
                self.values.entry(name).or_insert(value);
            }
        }
        self
    }
