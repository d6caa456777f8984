//! JSON-RPC 2.0, as the Model Context Protocol uses it on standard streams: a message a line.
//!
//! In: a line's bytes. Out: [`Message`]s; and answers as JSON. It knows no method and no tool.

use serde_json::{Map, Value, json};

/// A code of JSON-RPC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// It is no JSON.
    Parse = -32700,
    /// It is JSON, but no request.
    Request = -32600,
    /// There is no such method.
    Method = -32601,
    /// The method does not take these parameters.
    Parameters = -32602,
}

/// Why a request has no result.
#[derive(Debug, PartialEq)]
pub(super) struct Refusal {
    pub(super) code: Code,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// What a client said.
#[derive(Debug, PartialEq)]
pub(super) enum Message {
    /// It waits for an answer with this id, a string or a number.
    Request { id: Value, method: String, params: Map<String, Value> },
    /// It waits for none: a notification, or an answer of its own.
    Silent,
    /// It is wrong; the id where it could be told, else null.
    Wrong { id: Value, refusal: Refusal },
}

/// A line: one message, or the several of a batch.
#[derive(Debug, PartialEq)]
pub(super) enum Line {
    One(Message),
    Batch(Vec<Message>),
}

impl Line {
    pub(super) fn read(bytes: &[u8]) -> Self {
        match serde_json::from_slice(bytes) {
            Ok(Value::Array(messages)) if messages.is_empty() => {
                Self::One(wrong(Value::Null, Code::Request, "an empty batch"))
            }
            Ok(Value::Array(messages)) => Self::Batch(messages.into_iter().map(Message::read).collect()),
            Ok(message) => Self::One(Message::read(message)),
            // The words of the message stay out: they may be anybody's.
            Err(error) => {
                let place = format!("not JSON at column {} of the message", error.column());
                Self::One(wrong(Value::Null, Code::Parse, &place))
            }
        }
    }
}

impl Message {
    fn read(message: Value) -> Self {
        let Value::Object(mut fields) = message else {
            return wrong(Value::Null, Code::Request, "a request is an object");
        };
        let id = fields.remove("id");
        let is_id = id.as_ref().is_none_or(|id| id.is_string() || id.is_i64() || id.is_u64());
        let known = id.clone().filter(|_| is_id).unwrap_or(Value::Null);
        if fields.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
            return wrong(known, Code::Request, "`jsonrpc` is not \"2.0\"");
        }
        let method = match fields.remove("method") {
            Some(Value::String(method)) => method,
            None if fields.contains_key("result") || fields.contains_key("error") => return Self::Silent,
            _ => return wrong(known, Code::Request, "`method` is no string"),
        };
        let params = match fields.remove("params") {
            None => Map::new(),
            Some(Value::Object(params)) => params,
            Some(_) if id.is_none() => return Self::Silent,
            Some(_) => return wrong(known, Code::Parameters, "`params` is no object"),
        };
        match id {
            None => Self::Silent,
            Some(id) if is_id => Self::Request { id, method, params },
            Some(_) => wrong(Value::Null, Code::Request, "`id` is neither a string nor a whole number"),
        }
    }
}

fn wrong(id: Value, code: Code, reason: &str) -> Message {
    Message::Wrong { id, refusal: Refusal::new(code, reason) }
}

/// The answer to a request.
pub(super) fn answer(id: Value, outcome: Result<Value, Refusal>) -> Value {
    match outcome {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(refusal) => json!({
            "jsonrpc": "2.0",
            "id": id,
            "error": { "code": refusal.code as i32, "message": refusal.message },
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(line: &str) -> (Value, Code) {
        match Line::read(line.as_bytes()) {
            Line::One(Message::Wrong { id, refusal }) => (id, refusal.code),
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn requests_notifications_and_answers_are_told_apart() {
        let request = Line::read(br#"{"jsonrpc":"2.0","id":"a","method":"ping","params":{"x":1}}"#);
        let Line::One(Message::Request { id, method, params }) = request else { panic!("{request:?}") };
        assert_eq!((id, method.as_str(), params["x"].as_u64()), (json!("a"), "ping", Some(1)));
        for silent in [
            r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
            r#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":[1]}"#,
            r#"{"jsonrpc":"2.0","id":4,"result":{}}"#,
            r#"{"jsonrpc":"2.0","id":4,"error":{"code":1,"message":"no"}}"#,
        ] {
            assert_eq!(Line::read(silent.as_bytes()), Line::One(Message::Silent), "{silent}");
        }
    }

    #[test]
    fn what_is_no_request_is_refused_with_the_codes_of_the_standard() {
        assert_eq!(refused("{\"jsonrpc\":"), (Value::Null, Code::Parse));
        assert_eq!(refused("\u{feff}nothing"), (Value::Null, Code::Parse));
        assert_eq!(refused(&"[".repeat(100_000)), (Value::Null, Code::Parse));
        for no_request in
            ["7", "[]", "null", r#"{"id":1,"method":"ping"}"#, r#"{"jsonrpc":"2.0","id":null,"method":"p"}"#]
        {
            assert_eq!(refused(no_request).1, Code::Request, "{no_request}");
        }
        assert_eq!(refused(r#"{"jsonrpc":"2.0","id":3,"method":7}"#), (json!(3), Code::Request));
        assert_eq!(refused(r#"{"jsonrpc":"2.0","id":3,"method":"p","params":[1]}"#), (json!(3), Code::Parameters));
    }

    #[test]
    fn a_batch_is_several_messages() {
        let batch = Line::read(br#"[{"jsonrpc":"2.0","id":1,"method":"ping"}, 3]"#);
        let Line::Batch(messages) = batch else { panic!("{batch:?}") };
        assert!(matches!(messages[..], [Message::Request { .. }, Message::Wrong { .. }]), "{messages:?}");
    }
}
