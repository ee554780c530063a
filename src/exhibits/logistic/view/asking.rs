//! Asks the model for the sum of the row that is chosen, and tells which it is.

use bevy::prelude::*;

use super::attention::TableAttention;
use crate::{
    exhibits::logistic::{
        EXHIBIT_ID,
        payload::{RowAsk, Table},
    },
    stream::{Command, InputChoice, RunId},
    world::{
        WorldSystems,
        hall_events::{HallEvent, HallListener},
        link::{Ask, ShownRun},
        stage::OnStage,
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, ask.in_set(WorldSystems::Arrange).in_set(OnStage(EXHIBIT_ID)));
}

fn ask(
    attention: Res<TableAttention>,
    run: Res<ShownRun>,
    mut asked: Local<Option<(RunId, Option<u32>)>>,
    mut asks: MessageWriter<Ask>,
    told: Option<ResMut<HallListener>>,
) {
    let Some(started) = run.0.started().filter(|started| started.exhibit == EXHIBIT_ID) else {
        return;
    };
    let wanted = Some((started.run, attention.chosen));
    if *asked != wanted {
        *asked = wanted;
        let row = attention.chosen.map(|row| row as usize);
        asks.write(Ask(Command::Watch(InputChoice::of(RowAsk(row)))));
        let words = run.0.material::<Table>().zip(row).and_then(|(table, row)| {
            let place = table.drawn.rows.get(row)?;
            Some(say!("logistic-row-of", place = place + 1, name = table.name))
        });
        if let (Some(mut told), Some(words)) = (told, words) {
            told.tell(HallEvent::Input { shown: &words });
        }
    }
}
