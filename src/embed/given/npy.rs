//! A matrix in NumPy's own format (`numpy.lib.format`, versions 1.0 to 3.0).
//!
//! In: a `.npy` file. Out: `(n_rows, n_columns)` of `f32`, from 16, 32 or 64 bits a
//! number, either byte order, C or Fortran order. The size that the header promises is held against
//! the file's before anything is allocated.

use std::io::Read;

use half::f16;
use ndarray::{Array2, ShapeBuilder};

/// How a file begins.
const MAGIC: &[u8] = b"\x93NUMPY";
/// Bytes that are read at a time, a multiple of every number's.
const PART: usize = 1 << 20;

/// Reads a matrix from a file of `size` bytes, of which no copy is held.
///
/// # Errors
/// What is wrong with the file, as a phrase.
pub(crate) fn read(mut file: impl Read, size: u64) -> Result<Array2<f32>, String> {
    let (header, begun) = header(&mut file)?;
    let header = std::str::from_utf8(&header).map_err(|_| "the header is not text".to_string())?;
    let (width, decode) = decoder(value_of(header, "descr")?)?;
    let columns_first = match value_of(header, "fortran_order")? {
        "True" => true,
        "False" => false,
        other => return Err(format!("fortran_order is `{other}`")),
    };
    let (rows, columns) = shape(value_of(header, "shape")?)?;
    let promised = rows.checked_mul(columns).and_then(|numbers| numbers.checked_mul(width));
    let follow = size.saturating_sub(begun);
    let Some(mut left) = promised.filter(|&promised| promised as u64 == follow) else {
        return Err(format!(
            "the header promises {rows} rows of {columns} numbers of {width} bytes, and {follow} bytes follow"
        ));
    };
    let mut values: Vec<f32> = Vec::with_capacity(rows * columns);
    let mut some = vec![0; PART.min(left)];
    while left > 0 {
        let some = &mut some[..PART.min(left)];
        file.read_exact(some).map_err(|error| error.to_string())?;
        values.extend(some.chunks_exact(width).map(decode));
        left -= some.len();
    }
    Array2::from_shape_vec((rows, columns).set_f(columns_first), values).map_err(|error| error.to_string())
}

/// The header, and how many bytes it ends behind.
fn header(file: &mut impl Read) -> Result<(Vec<u8>, u64), String> {
    let cut = || "the file ends inside its header".to_string();
    let mut begun = 0;
    let mut next = |length: usize| -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        begun += file.by_ref().take(length as u64).read_to_end(&mut bytes).map_err(|error| error.to_string())? as u64;
        Ok(bytes)
    };
    if next(MAGIC.len())? != MAGIC {
        return Err("it does not begin like a .npy file".into());
    }
    let version = next(2)?;
    let width = match version.as_slice() {
        [1, _] => 2,
        [2 | 3, _] => 4,
        [other, _] => return Err(format!("version {other} of the format is unknown")),
        _ => return Err(cut()),
    };
    let mut length = [0; 4];
    let bytes = next(width)?;
    length.get_mut(..bytes.len()).filter(|_| bytes.len() == width).ok_or_else(cut)?.copy_from_slice(&bytes);
    let length = u32::from_le_bytes(length) as usize;
    let header = next(length)?;
    if header.len() == length { Ok((header, begun)) } else { Err(cut()) }
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

    fn read_all(bytes: &[u8]) -> Result<Array2<f32>, String> {
        read(bytes, bytes.len() as u64)
    }

    #[test]
    fn more_than_is_read_at_a_time_is_read() {
        use ndarray_npy::WriteNpyExt;
        let matrix = Array2::from_shape_fn((PART / 4 / 100, 301), |(row, column)| (row * 7 + column) as f32);
        let mut bytes = Vec::new();
        matrix.write_npy(&mut bytes).unwrap();
        assert!(bytes.len() > 2 * PART);
        assert_eq!(read_all(&bytes).unwrap(), matrix);
        // A file that ends before its size says so.
        assert!(read(&bytes[..bytes.len() - 8], bytes.len() as u64).is_err());
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
                assert_eq!(read_all(&bytes).unwrap(), matrix.mapv(|value| value as f32));
            }
        }
    }

    #[test]
    fn halves_and_the_other_byte_order_are_read() {
        // IEEE 754-2008, binary16: 0x3C00 is 1, 0xC000 is −2.
        let halves = file("{'descr': '<f2', 'fortran_order': False, 'shape': (1, 2), }\n", &[0x00, 0x3C, 0x00, 0xC0]);
        assert_eq!(read_all(&halves).unwrap(), ndarray::arr2(&[[1.0, -2.0]]));
        let big = file("{'descr': '>f4', 'fortran_order': False, 'shape': (1, 1), }\n", &1.5_f32.to_be_bytes());
        assert_eq!(read_all(&big).unwrap(), ndarray::arr2(&[[1.5]]));
    }

    #[test]
    fn what_is_no_matrix_of_numbers_is_refused() {
        let header =
            |descr: &str, shape: &str| format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}\n");
        let refused = |bytes: &[u8]| read_all(bytes).unwrap_err();
        assert!(refused(b"PK\x03\x04").contains("does not begin"));
        assert!(refused(b"\x93NUMPY\x01").contains("inside its header"));
        assert!(refused(&file(&header("<i8", "(1, 1)"), &[0; 8])).contains("<i8"));
        assert!(refused(&file(&header("<f4", "(2,)"), &[0; 8])).contains("(2,)"));
        assert!(refused(&file(&header("<f4", "(2, 2)"), &[0; 8])).contains("8 bytes follow"));
        assert!(refused(&file(&header("<f4", "(18446744073709551615, 2)"), &[])).contains("0 bytes follow"));
        assert!(refused(&file("{}", &[])).contains("descr"));
    }
}
