//! Pointing at rows and choosing one, and what is said of that to those who watch.

use bevy::prelude::*;

use super::{
    attention::{AttentionSystems, TableAttention},
    samples::{Fitted, SampleSystems, Samples},
    samples_looks::told_of,
};
use crate::{
    exhibits::logistic::{
        EXHIBIT_ID,
        payload::{Table, TableAnswer},
    },
    words::Word,
    world::{
        WorldSystems,
        display::Cloud,
        hall_events::TellPointed,
        interaction::{
            aim::{AimHits, AimPressed},
            back::{BackSystems, GoesBack},
        },
        link::ShownSnapshot,
        pointed_at::PointedAt,
        stage::OnStage,
        ui::sheet::percent_of,
    },
};

/// What the number is called that is told of a row.
const PROBABILITY: Word = key!("logistic-probability");

pub(super) fn plugin(app: &mut App) {
    app.add_observer(choose_row)
        .add_systems(
            Update,
            (let_go.in_set(BackSystems::Choice), note_pointed).in_set(AttentionSystems),
        )
        .add_systems(
            Update,
            (light_rows, tell_pointed, say_pointed)
                .chain()
                .after(SampleSystems)
                .in_set(WorldSystems::Show)
                .in_set(OnStage(EXHIBIT_ID)),
        );
}

fn note_pointed(
    aims: AimHits,
    samples: Option<Single<Entity, With<Samples>>>,
    mut attention: ResMut<TableAttention>,
) {
    let Some(samples) = samples else {
        return;
    };
    let found = aims.iter().filter(|hit| hit.surface == *samples).find_map(|hit| hit.part);
    if attention.pointed != found {
        attention.pointed = found;
    }
}

fn choose_row(
    press: On<AimPressed>,
    samples: Query<(), With<Samples>>,
    mut attention: ResMut<TableAttention>,
) {
    if samples.contains(press.entity) && press.part.is_some() && attention.chosen != press.part {
        attention.chosen = press.part;
    }
}

fn let_go(mut back: GoesBack, mut attention: ResMut<TableAttention>) {
    if back.take(attention.chosen.is_some()) {
        attention.chosen = None;
    }
}

fn light_rows(attention: Res<TableAttention>, samples: Option<Single<&mut Cloud, With<Samples>>>) {
    let Some(mut samples) = samples else {
        return;
    };
    if (samples.pointed, samples.chosen) != (attention.pointed, attention.chosen) {
        (samples.pointed, samples.chosen) = (attention.pointed, attention.chosen);
    }
}

fn tell_pointed(
    attention: Res<TableAttention>,
    fitted: Res<Fitted>,
    shown: Res<ShownSnapshot>,
    mut tell: TellPointed,
) {
    let Some(row) = attention.pointed else {
        tell.nothing();
        return;
    };
    let (Some(snapshot), Some((table, _))) = (shown.get(), &fitted.0) else {
        return;
    };
    let probability = shown
        .own_answer::<TableAnswer>()
        .and_then(|answer| told_of(table, answer, row as usize).get(attention.class).copied());
    if let Some(value) = probability {
        let unit = [attention.class, 0, row as usize].into();
        tell.of(PROBABILITY.text(), unit, value, snapshot.step);
    }
}

/// Says what is pointed at to those who watch, and takes it back when nothing is.
fn say_pointed(
    attention: Res<TableAttention>,
    fitted: Res<Fitted>,
    shown: Res<ShownSnapshot>,
    said: Option<ResMut<PointedAt>>,
    mut is_ours: Local<bool>,
) {
    let (Some(mut said), true) = (said, attention.is_changed() || shown.is_changed()) else {
        return;
    };
    let answer = shown.own_answer::<TableAnswer>();
    let words = attention.pointed.zip(fitted.0.as_ref()).and_then(|(row, (table, _))| {
        row_words(table, answer.map(AsRef::as_ref), attention.class, row as usize)
    });
    if words.is_some() || *is_ours {
        *is_ours = words.is_some();
        said.set_if_neq(PointedAt(
            words.map(|[what, told]| say!("list-of", name = what, value = told)),
        ));
    }
}

/// What a drawn row is, and what the model says of it.
pub(super) fn row_words(
    table: &Table,
    answer: Option<&TableAnswer>,
    class: usize,
    row: usize,
) -> Option<[String; 2]> {
    let place = table.drawn.rows.get(row)?;
    let label = usize::from(*table.drawn.labels.get(row)?);
    let truth = &*table.class(label);
    let held_out = table.drawn.held_out.get(row).copied().unwrap_or(false);
    let held_out = if held_out { say!("logistic-held-out-2") } else { "" };
    let told = answer.and_then(|answer| told_of(table, answer, row).get(class).copied());
    let class = &*table.class(class);
    let told = told.map_or_else(
        || say!("logistic-nothing-told-yet").to_owned(),
        |told| say!("logistic-told", class, told = percent_of(told)),
    );
    Some([say!("logistic-row", place = place + 1, truth, held_out), told])
}

#[cfg(test)]
mod tests {
    use super::{
        super::board::tests::{answer, table},
        *,
    };

    #[test]
    fn a_row_is_told_in_words() {
        let table = table();
        let answer = answer(&[2.0, -1.0], 0.5);
        let [what, told] = row_words(&table, Some(&answer), 1, 2).unwrap();
        assert_eq!(what, "Row 5, benign, held out");
        assert!(told.starts_with("told malignant ") && told.ends_with(" %"), "{told}");
        let [_, before] = row_words(&table, None, 1, 0).unwrap();
        assert_eq!(before, "nothing told yet");
        assert!(row_words(&table, None, 1, 99).is_none());
    }
}
