//! What an ONNX file says of itself: its outputs, and the files its weights lie in.
//!
//! In: the bytes of a `ModelProto`. Out: [`GraphFacts`]. It reads the few fields that are needed
//! (numbers from `onnx.proto`) and steps over the rest; it runs nothing and opens no file.

/// An output of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Output {
    pub(super) name: String,
    /// Number of axes, where stated: 3 is a vector a token, 2 a vector a text.
    pub(super) axes: Option<usize>,
    /// Length of the last axis, where stated as a number.
    pub(super) last: Option<usize>,
}

/// What the program needs to know of a graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct GraphFacts {
    pub(super) outputs: Vec<Output>,
    /// Files with weights outside the graph, relative to its folder, each once.
    pub(super) external: Vec<String>,
}

/// Reads a graph's facts.
///
/// # Errors
/// A phrase that says what is wrong, when the bytes are no ONNX model.
pub(super) fn read(bytes: &[u8]) -> Result<GraphFacts, &'static str> {
    const NO_MODEL: &str = "it is not an ONNX model, or only a part of one";
    let mut facts = GraphFacts::default();
    // ModelProto.graph = 7
    let graph = message(bytes, 7).ok_or(NO_MODEL)?.ok_or(NO_MODEL)?;
    for field in Fields(graph) {
        let (number, value) = field.ok_or(NO_MODEL)?;
        match (number, value) {
            // GraphProto.initializer = 5, .output = 12
            (5, Value::Bytes(tensor)) => {
                if let Some(location) = external_location(tensor).ok_or(NO_MODEL)?
                    && !facts.external.contains(&location)
                {
                    facts.external.push(location);
                }
            }
            (12, Value::Bytes(output)) => facts.outputs.push(output_facts(output).ok_or(NO_MODEL)?),
            _ => {}
        }
    }
    if facts.outputs.is_empty() { Err(NO_MODEL) } else { Ok(facts) }
}

/// `TensorProto.external_data = 13`, entries of `key = 1` and `value = 2`.
fn external_location(tensor: &[u8]) -> Option<Option<String>> {
    for field in Fields(tensor) {
        if let (13, Value::Bytes(entry)) = field?
            && message(entry, 1)? == Some(b"location")
        {
            return Some(message(entry, 2)?.and_then(|name| String::from_utf8(name.to_vec()).ok()));
        }
    }
    Some(None)
}

/// `ValueInfoProto.name = 1, .type = 2`; `TypeProto.tensor_type = 1`; `Tensor.shape = 2`;
/// `TensorShapeProto.dim = 1`; `Dimension.dim_value = 1`.
fn output_facts(output: &[u8]) -> Option<Output> {
    let name = String::from_utf8(message(output, 1)??.to_vec()).ok()?;
    let kind = message(output, 2)?.unwrap_or_default();
    let tensor = message(kind, 1)?.unwrap_or_default();
    let Some(shape) = message(tensor, 2)? else { return Some(Output { name, axes: None, last: None }) };
    let (mut axes, mut last) = (0, None);
    for field in Fields(shape) {
        if let (1, Value::Bytes(dimension)) = field? {
            axes += 1;
            last = None;
            for part in Fields(dimension) {
                if let (1, Value::Number(length)) = part? {
                    last = usize::try_from(length).ok().filter(|&length| length > 0);
                }
            }
        }
    }
    Some(Output { name, axes: Some(axes), last })
}

/// The last field of this number that holds bytes; the outer `None` for malformed bytes.
fn message(bytes: &[u8], wanted: u64) -> Option<Option<&[u8]>> {
    let mut found = None;
    for field in Fields(bytes) {
        if let (number, Value::Bytes(value)) = field?
            && number == wanted
        {
            found = Some(value);
        }
    }
    Some(found)
}

enum Value<'b> {
    Number(u64),
    Bytes(&'b [u8]),
}

/// The fields of a protobuf message: number and value, or `None` where the bytes are malformed.
struct Fields<'b>(&'b [u8]);

impl<'b> Iterator for Fields<'b> {
    type Item = Option<(u64, Value<'b>)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.0 = &[];
        }
        Some(field)
    }
}

impl<'b> Fields<'b> {
    fn field(&mut self) -> Option<(u64, Value<'b>)> {
        let tag = self.varint()?;
        let value = match tag & 7 {
            0 => Value::Number(self.varint()?),
            1 => Value::Bytes(self.take(8)?),
            2 => {
                let length = usize::try_from(self.varint()?).ok()?;
                Value::Bytes(self.take(length)?)
            }
            5 => Value::Bytes(self.take(4)?),
            _ => return None,
        };
        Some((tag >> 3, value))
    }

    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for place in 0..10 {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(byte & 0x7f) << (7 * place);
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(name: &str) -> Vec<u8> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tiny-model");
        std::fs::read(folder.join(name)).unwrap()
    }

    /// What `tests/fixtures/tiny-model/make.py` declared with the Python package `onnx`.
    #[test]
    fn outputs_and_external_files_are_read() {
        let output = Output { name: "last_hidden_state".into(), axes: Some(3), last: Some(384) };
        let facts = read(&fixture("model.onnx")).unwrap();
        assert_eq!(facts, GraphFacts { outputs: vec![output.clone()], external: vec![] });
        let facts = read(&fixture("external/model.onnx")).unwrap();
        assert_eq!(facts, GraphFacts { outputs: vec![output], external: vec!["model.onnx_data".into()] });
    }

    #[test]
    fn a_part_of_a_model_is_none() {
        let whole = fixture("model.onnx");
        for length in [0, 1, 5, 100, whole.len() / 2] {
            assert!(read(&whole[..length]).is_err(), "{length}");
        }
        assert!(read(b"<!DOCTYPE html><html>").is_err());
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
            let _ = read(&bytes);
        }
    }
}
