//! A matrix in NumPy's own format (`numpy.lib.format`, versions 1.0 to 3.0).
//!
//! In: the bytes of a `.npy` file. Out: `(n_rows, n_columns)` of `f32`, from 16, 32 or 64 bits a
//! number, either byte order, C or Fortran order. The size that the header promises is held against
//! the file's before anything is allocated.

use half::f16;
use ndarray::{Array2, ShapeBuilder};

/// Reads a matrix.
///
/// # Errors
/// What is wrong with the file, as a phrase.
pub(crate) fn read(bytes: &[u8]) -> Result<Array2<f32>, String> {
    let (header, data) = split(bytes)?;
    let header = std::str::from_utf8(header).map_err(|_| "the header is not text".to_string())?;
    let (width, decode) = decoder(value_of(header, "descr")?)?;
    let columns_first = match value_of(header, "fortran_order")? {
        "True" => true,
        "False" => false,
        other => return Err(format!("fortran_order is `{other}`")),
    };
    let (rows, columns) = shape(value_of(header, "shape")?)?;
    let size = rows.checked_mul(columns).and_then(|numbers| numbers.checked_mul(width));
    if size != Some(data.len()) {
        return Err(format!(
            "the header promises {rows} rows of {columns} numbers of {width} bytes, and {} bytes follow",
            data.len()
        ));
    }
    let values: Vec<f32> = data.chunks_exact(width).map(decode).collect();
    Array2::from_shape_vec((rows, columns).set_f(columns_first), values).map_err(|error| error.to_string())
}

/// The header and what follows it.
fn split(bytes: &[u8]) -> Result<(&[u8], &[u8]), String> {
    let cut = || "the file ends inside its header".to_string();
    let rest = bytes.strip_prefix(b"\x93NUMPY").ok_or("it does not begin like a .npy file")?;
    let (version, rest) = rest.split_first_chunk::<2>().ok_or_else(cut)?;
    let (length, rest) = match version[0] {
        1 => rest.split_first_chunk::<2>().map(|(length, rest)| (usize::from(u16::from_le_bytes(*length)), rest)),
        2 | 3 => rest.split_first_chunk::<4>().map(|(length, rest)| (u32::from_le_bytes(*length) as usize, rest)),
        other => return Err(format!("version {other} of the format is unknown")),
    }
    .ok_or_else(cut)?;
    rest.split_at_checked(length).ok_or_else(cut)
}

/// The value of a key in the header, a Python dictionary: `{'descr': '<f4', 'shape': (3, 4), }`.
fn value_of<'h>(header: &'h str, key: &str) -> Result<&'h str, String> {
    let missing = || format!("the header has no `{key}`");
    let at = header.find(&format!("'{key}'")).ok_or_else(missing)?;
    let after = header[at + key.len() + 2..].trim_start().strip_prefix(':').ok_or_else(missing)?.trim_start();
    let end = if after.starts_with('(') { after.find(')').map(|at| at + 1) } else { after.find([',', '}']) };
    end.map(|end| after[..end].trim()).ok_or_else(missing)
}

type Decode = fn(&[u8]) -> f32;

/// Bytes of a number and how they are read.
fn decoder(descr: &str) -> Result<(usize, Decode), String> {
    // Chunks have the width that stands beside the function, so that `from` cannot fail.
    macro_rules! number {
        ($type:ty, $width:literal, $from:ident, $as:expr) => {
            ($width, |bytes| {
                let mut number = [0; $width];
                number.copy_from_slice(bytes);
                $as(<$type>::$from(number))
            })
        };
    }
    Ok(match descr.trim_matches(['\'', '"']) {
        "<f4" | "=f4" => number!(f32, 4, from_le_bytes, std::convert::identity),
        ">f4" => number!(f32, 4, from_be_bytes, std::convert::identity),
        "<f8" | "=f8" => number!(f64, 8, from_le_bytes, |value| value as f32),
        ">f8" => number!(f64, 8, from_be_bytes, |value| value as f32),
        "<f2" | "=f2" => number!(f16, 2, from_le_bytes, f16::to_f32),
        ">f2" => number!(f16, 2, from_be_bytes, f16::to_f32),
        other => return Err(format!("its numbers are of type `{other}`; float32, float64 and float16 are read")),
    })
}

fn shape(text: &str) -> Result<(usize, usize), String> {
    let inside = text.trim_start_matches('(').trim_end_matches(')');
    let lengths: Option<Vec<usize>> =
        inside.split(',').map(str::trim).filter(|part| !part.is_empty()).map(|part| part.parse().ok()).collect();
    match lengths.as_deref() {
        Some(&[rows, columns]) => Ok((rows, columns)),
        _ => Err(format!("its shape is {text}, not (texts, dimensions)")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(header: &str, data: &[u8]) -> Vec<u8> {
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend_from_slice(&(header.len() as u16).to_le_bytes());
        bytes.extend_from_slice(header.as_bytes());
        bytes.extend_from_slice(data);
        bytes
    }

    #[test]
    fn what_ndarray_npy_writes_is_read() {
        use ndarray_npy::WriteNpyExt;
        let wide = ndarray::arr2(&[[1.0_f64, 2.0, 3.0], [4.0, 5.0, 6.0]]);
        for matrix in [wide.clone(), wide.t().as_standard_layout().into_owned()] {
            let (mut doubles, mut singles, mut columns_first) = (Vec::new(), Vec::new(), Vec::new());
            matrix.write_npy(&mut doubles).unwrap();
            matrix.mapv(|value| value as f32).write_npy(&mut singles).unwrap();
            matrix.t().as_standard_layout().into_owned().reversed_axes().write_npy(&mut columns_first).unwrap();
            for bytes in [doubles, singles, columns_first] {
                assert_eq!(read(&bytes).unwrap(), matrix.mapv(|value| value as f32));
            }
        }
    }

    #[test]
    fn halves_and_the_other_byte_order_are_read() {
        // IEEE 754-2008, binary16: 0x3C00 is 1, 0xC000 is −2.
        let halves = file("{'descr': '<f2', 'fortran_order': False, 'shape': (1, 2), }\n", &[0x00, 0x3C, 0x00, 0xC0]);
        assert_eq!(read(&halves).unwrap(), ndarray::arr2(&[[1.0, -2.0]]));
        let big = file("{'descr': '>f4', 'fortran_order': False, 'shape': (1, 1), }\n", &1.5_f32.to_be_bytes());
        assert_eq!(read(&big).unwrap(), ndarray::arr2(&[[1.5]]));
    }

    #[test]
    fn what_is_no_matrix_of_numbers_is_refused() {
        let header =
            |descr: &str, shape: &str| format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}\n");
        let refused = |bytes: &[u8]| read(bytes).unwrap_err();
        assert!(refused(b"PK\x03\x04").contains("does not begin"));
        assert!(refused(b"\x93NUMPY\x01").contains("inside its header"));
        assert!(refused(&file(&header("<i8", "(1, 1)"), &[0; 8])).contains("<i8"));
        assert!(refused(&file(&header("<f4", "(2,)"), &[0; 8])).contains("(2,)"));
        assert!(refused(&file(&header("<f4", "(2, 2)"), &[0; 8])).contains("8 bytes follow"));
        assert!(refused(&file(&header("<f4", "(18446744073709551615, 2)"), &[])).contains("0 bytes follow"));
        assert!(refused(&file("{}", &[])).contains("descr"));
    }
}
