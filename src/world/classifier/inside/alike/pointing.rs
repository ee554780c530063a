//! The cell of the matrix that is pointed at.

use std::marker::PhantomData;

use bevy::prelude::*;

use crate::{
    inside::{Alike, AlikeColumn},
    sentence::grouped,
    world::{
        classifier::{Classifier, inside::phrases, sheet::figure},
        display::Field,
        interaction::aim::{AimLeft, AimMoved},
        ui::words,
    },
};

/// Letters of a layer's name in the sentence.
const LETTERS: usize = 14;

/// The row and the column that are pointed at.
#[derive(Resource)]
pub(in super::super) struct AlikePointed<C: Classifier> {
    pub(super) at: Option<[usize; 2]>,
    of: PhantomData<C>,
}

impl<C: Classifier> Default for AlikePointed<C> {
    fn default() -> Self {
        Self { at: None, of: PhantomData }
    }
}

pub(super) fn hear<C: Classifier>(commands: &mut Commands, matrix: Entity) {
    let point = |moved: On<AimMoved>,
                 fields: Query<&Field>,
                 mut pointed: ResMut<AlikePointed<C>>| {
        let cell = fields.get(moved.entity).ok().and_then(|field| field.layout().cell_at(moved.uv));
        let at = cell.map(|cell| [cell.row, cell.column]);
        if pointed.at != at {
            pointed.at = at;
        }
    };
    let leave = |_: On<AimLeft>, mut pointed: ResMut<AlikePointed<C>>| {
        pointed.at = None;
    };
    commands.entity(matrix).observe(point).observe(leave);
}

/// What a column is.
pub(super) fn column(of: &AlikeColumn) -> String {
    match of {
        AlikeColumn::Layer(name) => words::squeezed(name, LETTERS),
        AlikeColumn::Step(step) => say!("boards-step", step = phrases::steps(*step)),
        AlikeColumn::Run { seed, steps } => {
            let steps = usize::try_from(*steps).unwrap_or(usize::MAX);
            say!("boards-seed-step", seed, steps = grouped(steps))
        }
    }
}

/// What a cell says.
pub(super) fn words(alike: &Alike, [row, at]: [usize; 2]) -> Option<String> {
    let layer = words::squeezed(alike.layers.get(row)?, LETTERS);
    let columns = alike.columns.len();
    if columns == 0 {
        return None;
    }
    let (with, value) = match alike.columns.get(at) {
        Some(of) => (column(of), *alike.alignment.get(row * columns + at)?),
        None if at == columns + 1 => {
            (say!("boards-the-pixels").to_owned(), *alike.with_pixels.get(row)?)
        }
        None if at == columns + 2 => {
            (say!("boards-itself-unlearned").to_owned(), *alike.with_shuffled.get(row)?)
        }
        None => return None,
    };
    Some(say!("boards-with", layer, with, figure = figure(value)))
}
