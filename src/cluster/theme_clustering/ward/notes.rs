//! Ward's joins without the distances of all pairs. Distinct rows come in, out come the joins of the
//! nearest-neighbour chain. All pairs are compared at first; each cluster notes a few of its nearest and how far away
//! all others are at least. Reducibility keeps the note true while clusters are joined; only one whose note is used up
//! compares itself with all again.

use std::ops::Range;

use ndarray::{Array2, ArrayView2, Axis, s};

use super::joins::{Distinct, Join, coarse, root, ward_distance};
use crate::cluster::nearest::{
    BestFew, Similarity, most_similar, most_similar_others, near_each_other, quick_products,
};
use crate::cluster::vector::on_wide_registers;

/// Near clusters that a cluster notes.
const NOTED: usize = 24;
/// Clusters that search together at most, and the length of a note from which a cluster need not.
const TOGETHER: usize = 256;
const LONG_NOTE: usize = 2;
/// Share of the squared lengths by which a distance in `f32` can be off.
const ROUNDING: f32 = 1e-5;

/// The joins of clusters that note what is near them, down to one cluster.
pub(super) fn joins(rows: Distinct) -> Vec<Join> {
    Agglomeration::new(rows).run()
}

/// The clusters that are left, one a slot, in the order of their smallest unit.
struct Agglomeration {
    centres: Array2<f64>,
    mass: Vec<f64>,
    least_mass: f64,
    /// A unit of the cluster.
    unit: Vec<usize>,
    /// Height at which the cluster was formed.
    height: Vec<f64>,
    notes: Vec<Note>,
    /// The slot that a cluster was joined into; its own while it is left.
    joined_into: Vec<usize>,
    /// Number of joins after which the cluster was as it is.
    changed: Vec<usize>,
    n_joins: usize,
    quick: Quick,
}

/// What a cluster knows about the others.
#[derive(Debug, Clone, Default)]
struct Note {
    /// Some of the nearest with their distances.
    near: Vec<(f64, usize)>,
    /// All others are at least this far away.
    beyond: f64,
    /// Number of joins after which this was true.
    as_of: usize,
}

impl Note {
    /// What a search for the [`NOTED`] nearest found.
    fn new(found: BestFew, as_of: usize) -> Self {
        let near: Vec<(f64, usize)> = found.into_entries().into_iter().map(|(score, slot)| (-score, slot)).collect();
        let beyond = if near.len() < NOTED { f64::INFINITY } else { near[NOTED - 1].0 };
        Self { near, beyond, as_of }
    }
}

impl Agglomeration {
    /// One cluster for each distinct row.
    fn new(rows: Distinct) -> Self {
        let Distinct { centres, mass, unit } = rows;
        let n = unit.len();
        let names = near_each_other(centres.mapv(|x| x as f32).view());
        let quick = Quick::new(&centres, &mass, names);
        let found = most_similar_others(&quick, &quick.slots, NOTED);
        let mut notes = vec![Note::default(); n];
        for (&slot, found) in quick.slots.iter().zip(found) {
            notes[slot] = Note::new(found, 0);
        }
        Self {
            centres,
            least_mass: mass.iter().copied().fold(f64::INFINITY, f64::min),
            mass,
            unit,
            height: vec![0.0; n],
            notes,
            joined_into: (0..n).collect(),
            changed: vec![0; n],
            n_joins: 0,
            quick,
        }
    }

    fn run(mut self) -> Vec<Join> {
        let n = self.unit.len();
        let mut joins = Vec::with_capacity(n.saturating_sub(1));
        let mut chain: Vec<usize> = Vec::new();
        let mut first = 0;
        while joins.len() + 1 < n {
            let Some(&slot) = chain.last() else {
                while self.joined_into[first] != first {
                    first += 1;
                }
                chain.push(first);
                continue;
            };
            let before = chain.len().checked_sub(2).map(|place| chain[place]);
            let next = self.nearest(slot, before);
            if before == Some(next) {
                chain.truncate(chain.len() - 2);
                joins.push(self.join(slot.min(next), slot.max(next)));
            } else {
                chain.push(next);
            }
        }
        joins
    }

    /// The nearest other cluster; among equals `preferred`, then the smaller slot.
    fn nearest(&mut self, slot: usize, preferred: Option<usize>) -> usize {
        self.refresh(slot);
        if self.notes[slot].near.is_empty() {
            self.search(slot);
        }
        let near = self.notes[slot].near.iter().copied();
        // Also where it is not in the note: so each step of a chain is shorter than the one before, and it ends.
        let preferred = preferred.map(|other| (self.distance(slot, other), other));
        near.chain(preferred)
            .min_by_key(|&(distance, other)| (coarse(distance), preferred.is_none_or(|(_, it)| it != other), other))
            .map_or(slot, |(_, other)| other)
    }

    /// Brings the note of a cluster up to date: a cluster that was joined stands for its parts, and
    /// what is no longer known to be nearer than all others is forgotten.
    fn refresh(&mut self, slot: usize) {
        let note = &self.notes[slot];
        if note.as_of == self.n_joins {
            return;
        }
        let (near, beyond) = (note.near.clone(), note.beyond);
        let as_of = note.as_of;
        self.notes[slot].near = self.still_near(slot, near, beyond, Some(as_of));
        self.notes[slot].as_of = self.n_joins;
    }

    /// Those of `near` that are not farther from `slot` than `beyond`. Their distances were true after
    /// `as_of` joins; `None` when they are not from `slot`.
    fn still_near(
        &mut self,
        slot: usize,
        near: Vec<(f64, usize)>,
        beyond: f64,
        as_of: Option<usize>,
    ) -> Vec<(f64, usize)> {
        let mut kept: Vec<(f64, usize)> = Vec::with_capacity(near.len());
        for (distance, noted) in near {
            let other = root(&mut self.joined_into, noted);
            if other == slot || kept.iter().any(|&(_, kept)| kept == other) {
                continue;
            }
            let is_known = other == noted && as_of.is_some_and(|as_of| self.changed[other] <= as_of);
            let distance = if is_known { distance } else { self.distance(slot, other) };
            if distance <= beyond {
                kept.push((distance, other));
            }
        }
        kept
    }

    /// Compares a cluster with all others, and with it some whose turn would come soon: products of many
    /// rows are quicker than of one at a time.
    fn search(&mut self, slot: usize) {
        let joined_into = &self.joined_into;
        let is_left = |slot: &usize| joined_into[*slot] == *slot;
        if 4 * (self.unit.len() - self.n_joins) < 3 * self.quick.slots.len() {
            let slots = self.quick.slots.iter().copied().filter(is_left).collect();
            self.quick = Quick::new(&self.centres, &self.mass, slots);
        }
        let is_soon = |&other: &usize| other != slot && self.notes[other].near.len() < LONG_NOTE;
        let soon = self.quick.slots.iter().copied().filter(is_left).filter(is_soon);
        let slots: Vec<usize> = std::iter::once(slot).chain(soon.take(TOGETHER - 1)).collect();
        let places: Vec<usize> = slots.iter().map(|&slot| self.quick.place[slot]).collect();
        for (&slot, found) in slots.iter().zip(most_similar(&self.quick, &places, NOTED)) {
            let mut note = Note::new(found, self.n_joins);
            for (_, other) in &mut note.near {
                *other = self.quick.slots[*other];
            }
            self.notes[slot] = note;
        }
    }

    /// Joins cluster `b` into `a`; slot `b` is empty afterwards.
    fn join(&mut self, a: usize, b: usize) -> Join {
        self.refresh(a);
        self.refresh(b);
        let distance = self.distance(a, b);
        let height = distance.max(self.height[a]).max(self.height[b]);
        let (mass_a, mass_b) = (self.mass[a], self.mass[b]);
        let total = mass_a + mass_b;
        let share = mass_b / total;
        let (mut into, from) = self.centres.multi_slice_mut((s![a, ..], s![b, ..]));
        into.zip_mut_with(&from, |x, &y| *x += share * (y - *x));
        self.mass[a] = total;
        self.height[a] = height;
        self.joined_into[b] = a;
        self.n_joins += 1;
        self.changed[a] = self.n_joins;
        self.quick.update(a, &self.centres, total);
        self.quick.remove(b);
        // A third cluster of mass m, at least `beyond` from both, is now at least this far away (Lance &
        // Williams 1967); more mass would put it farther.
        let (note_a, note_b) = (std::mem::take(&mut self.notes[a]), std::mem::take(&mut self.notes[b]));
        let m = self.least_mass;
        let beyond = ((mass_a + m) * note_a.beyond + (mass_b + m) * note_b.beyond - m * distance) / (total + m);
        let near = note_a.near.into_iter().chain(note_b.near).collect();
        let near = self.still_near(a, near, beyond, None);
        self.notes[a] = Note { near, beyond, as_of: self.n_joins };
        Join { units: (self.unit[a], self.unit[b]), height }
    }

    fn distance(&self, a: usize, b: usize) -> f64 {
        on_wide_registers(
            #[inline(always)]
            || ward_distance(&self.centres, &self.mass, a, b),
        )
    }
}

/// The clusters as a search sees them, side by side; minus Ward's distance is how similar they are.
struct Quick {
    /// Slot of each cluster here.
    slots: Vec<usize>,
    /// Place here of each slot.
    place: Vec<usize>,
    centres: Array2<f64>,
    mass: Vec<f64>,
    quick_centres: Array2<f32>,
    /// Squared lengths, a little shortened, of the quick centres; infinite for a cluster that was joined.
    quick_lengths: Vec<f32>,
    quick_mass: Vec<f32>,
}

impl Quick {
    fn new(centres: &Array2<f64>, mass: &[f64], slots: Vec<usize>) -> Self {
        let mut place = vec![0; mass.len()];
        for (at, &slot) in slots.iter().enumerate() {
            place[slot] = at;
        }
        let mut quick = Self {
            centres: centres.select(Axis(0), &slots),
            mass: slots.iter().map(|&slot| mass[slot]).collect(),
            quick_centres: Array2::zeros((slots.len(), centres.ncols())),
            quick_lengths: vec![0.0; slots.len()],
            quick_mass: vec![0.0; slots.len()],
            place,
            slots,
        };
        for at in 0..quick.slots.len() {
            quick.update(quick.slots[at], centres, mass[quick.slots[at]]);
        }
        quick
    }

    fn update(&mut self, slot: usize, centres: &Array2<f64>, mass: f64) {
        let at = self.place[slot];
        self.centres.row_mut(at).assign(&centres.row(slot));
        self.mass[at] = mass;
        self.quick_mass[at] = mass as f32;
        let mut length = 0.0;
        for (quick, &exact) in self.quick_centres.row_mut(at).iter_mut().zip(&centres.row(slot)) {
            *quick = exact as f32;
            length += f64::from(*quick) * f64::from(*quick);
        }
        self.quick_lengths[at] = length as f32 * (1.0 - ROUNDING);
    }

    fn remove(&mut self, slot: usize) {
        self.quick_lengths[self.place[slot]] = f32::INFINITY;
    }
}

impl Similarity for Quick {
    fn n_columns(&self) -> usize {
        self.slots.len()
    }

    fn bounds(&self, rows: &[usize], columns: Range<usize>, _: bool) -> Array2<f32> {
        let centres: ArrayView2<f32> = self.quick_centres.slice(s![columns.clone(), ..]);
        let mut bounds = quick_products(self.quick_centres.select(Axis(0), rows).view(), centres);
        let (lengths, masses) = (&self.quick_lengths[columns.clone()], &self.quick_mass[columns]);
        on_wide_registers(
            #[inline(always)]
            || {
                for (mut bounds, &row) in bounds.outer_iter_mut().zip(rows) {
                    let (length, mass) = (self.quick_lengths[row], self.quick_mass[row]);
                    let bounds = bounds.as_slice_mut().unwrap_or_default(); // in standard layout, never empty
                    for ((bound, &other_length), &other_mass) in bounds.iter_mut().zip(lengths).zip(masses) {
                        *bound = (2.0 * *bound - length - other_length) * (mass * other_mass / (mass + other_mass));
                    }
                }
            },
        );
        bounds
    }

    #[inline(always)]
    fn floor(&self, similarity: f64) -> f32 {
        similarity as f32
    }

    #[inline(always)]
    fn exact(&self, row: usize, column: usize, _: f64) -> Option<f64> {
        let counts = row != column && self.quick_lengths[column] < f32::INFINITY;
        if counts { Some(-ward_distance(&self.centres, &self.mass, row, column)) } else { None }
    }
}
