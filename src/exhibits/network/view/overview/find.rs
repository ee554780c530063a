//! A layer by its name: `/` and letters light all that have them, Enter leads to the first, Escape ends it.

use bevy::prelude::*;

use super::{FindField, Overview, OverviewSystems, go::Guide, light::note};
use crate::{
    exhibits::network::EXHIBIT_ID,
    world::{
        access::ScreenReaderSystems,
        interaction::intent::Intent,
        stage::ActiveExhibit,
        ui::controls::{Field, Typing, ValueChange},
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_observer(lead)
        .add_systems(Update, look_for.in_set(OverviewSystems::Look).after(note))
        // Only after fields have read the keys of this frame, so that none reads the one that began it.
        .add_systems(Last, (begin, end).chain().after(ScreenReaderSystems));
}

/// The field, if it has the keyboard.
type Finds<'w, 's> = Query<'w, 's, (Entity, &'static mut Field), With<FindField>>;

fn begin(
    mut intents: MessageReader<Intent>,
    active: Option<Res<ActiveExhibit>>,
    fields: Query<Entity, With<FindField>>,
    mut typing: ResMut<Typing>,
) {
    let wanted = intents.read().any(|intent| *intent == Intent::Find);
    let on_stage = active.is_none_or(|active| active.0 == EXHIBIT_ID);
    if let Some(field) = fields.iter().next().filter(|_| wanted && on_stage) {
        typing.set_if_neq(Typing(Some(field)));
    }
}

/// Whoever has done with it leaves it empty for the next.
fn end(typing: Res<Typing>, mut fields: Finds) {
    for (entity, mut field) in &mut fields {
        if typing.0 != Some(entity) && !field.text.is_empty() {
            field.text.clear();
        }
    }
}

/// What was written to the end leads to the first layer that has it in its name.
fn lead(change: On<ValueChange<String>>, fields: Query<(), With<FindField>>, mut guide: Guide) {
    if change.is_final && fields.contains(change.source) {
        guide.lead_to_first(&change.value);
    }
}

fn look_for(
    fields: Query<&Field, (With<FindField>, Changed<Field>)>,
    mut overview: ResMut<Overview>,
) {
    for field in &fields {
        let found = overview.called(&field.text);
        if overview.found != found {
            overview.found = found;
        }
    }
}
