//! Vectors for the tests of this station. Numbers of units, dimensions and groups come in; the same vectors
//! come out on every machine.

use ndarray::Array2;

/// A number between −1 and 1 that looks random (SplitMix64, Steele, Lea & Flood 2014).
pub(super) fn noise(seed: usize) -> f32 {
    let mut z = (seed as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 40) as f32 / (1u64 << 23) as f32 - 1.0
}

/// `n_groups` groups around random directions, without a random number generator.
pub(super) fn groups(n_units: usize, n_dims: usize, n_groups: usize) -> Array2<f32> {
    Array2::from_shape_fn((n_units, n_dims), |(unit, dim)| {
        noise((unit % n_groups + 1) * 7919 + dim * 104_729) + 0.5 * noise(unit * 15_485_863 + dim * 32_452_843 + 17)
    })
}
