//! Vectors of what was asked, each once.

use std::collections::HashMap;

use ndarray::{Array1, Array2, ArrayView1};

/// The unit-length vector of a wording.
pub type WordingVectors<'v> = dyn Fn(&str) -> Array1<f32> + 'v;

/// The vectors of wordings, one for all that are the same: interviewers repeat themselves.
pub(super) struct DistinctVectors {
    /// `(n_distinct, n_dims)`, unit length.
    pub(super) matrix: Array2<f32>,
    /// For each wording its row.
    pub(super) row_of: Vec<u32>,
}

impl DistinctVectors {
    /// `None` for no wordings.
    pub(super) fn new<'t>(texts: impl Iterator<Item = &'t str>, vector_of: &WordingVectors) -> Option<Self> {
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut vectors: Vec<f32> = Vec::new();
        let mut n_dims = 0;
        let row_of = texts
            .map(|text| {
                let next = known.len() as u32; // fewer wordings than bytes of a gigabyte
                *known.entry(text).or_insert_with(|| {
                    let vector = vector_of(text);
                    n_dims = vector.len();
                    vectors.extend(vector);
                    next
                })
            })
            .collect();
        let matrix = Array2::from_shape_vec((known.len(), n_dims), vectors).ok()?;
        (matrix.nrows() > 0).then_some(Self { matrix, row_of })
    }

    pub(super) fn row(&self, wording: usize) -> ArrayView1<'_, f32> {
        self.matrix.row(self.row_of[wording] as usize)
    }

    /// The cosine of each wording to a vector of unit length.
    pub(super) fn cosines(&self, vector: &ArrayView1<f32>) -> Array1<f32> {
        let of_distinct = self.matrix.dot(vector);
        self.row_of.iter().map(|&row| of_distinct[row as usize]).collect()
    }
}
