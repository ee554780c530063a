//! Gives fields their mesh and buffers, and writes what changed, once a frame.

use std::sync::Arc;

use bevy::{prelude::*, render::storage::ShaderBuffer};

use super::{
    super::{
        ColourScale,
        colour_map::ColourTable,
        ease, plate,
        upload::{Uploads, buffer_for, fixed_buffer},
    },
    Field, RELIEF_CELLS,
    material::{FieldMaterial, FieldSettings, MAX_MARKS, MarkSettings},
};

use crate::world::draw::MeshMaterial3d;
use crate::world::ui::palette;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(furnish).add_systems(PostUpdate, write_fields);
}

/// What a field has on the graphics card, and what was last written there.
#[derive(Component)]
struct FieldBuffers {
    settings: Handle<ShaderBuffer>,
    values: Handle<ShaderBuffer>,
    /// Values that the buffer has room for.
    room: usize,
    written: FieldSettings,
    written_values: Arc<[f32]>,
    /// Height in cells of the highest cell, on its way.
    relief: f32,
    lights: Lights,
}

/// The spotlight on its way from map to map.
#[derive(Default)]
struct Lights {
    /// How much everything out of the light is dimmed, 0..=1.
    dimmed: f32,
    /// The map in the spotlight and the one before, and how much each is lit, 0..=1.
    maps: [Option<usize>; 2],
    lit: [f32; 2],
}

impl Lights {
    fn follow(&mut self, spotlight: Option<usize>, delta_secs: f32) {
        if self.maps[0] != spotlight {
            self.maps = [spotlight, self.maps[0]];
            self.lit = [0.0, self.lit[0]];
        }
        let anything = spotlight.is_some();
        self.dimmed = ease::approach(self.dimmed, if anything { 1.0 } else { 0.0 }, delta_secs);
        self.lit[0] = ease::approach(self.lit[0], 1.0, delta_secs);
        // When all grows bright again, the map that was lit stays as it is.
        if anything {
            self.lit[1] = ease::approach(self.lit[1], 0.0, delta_secs);
        }
    }
}

/// Gives a new field its box, its buffers and its material.
fn furnish(
    inserted: On<Insert, Field>,
    fields: Query<&Field>,
    table: Res<ColourTable>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut buffers: ResMut<Assets<ShaderBuffer>>,
    mut materials: ResMut<Assets<FieldMaterial>>,
    mut commands: Commands,
) -> Result {
    let field = fields.get(inserted.entity)?;
    let room = field.layout.len().max(field.values.len());
    let relief = if field.relief { RELIEF_CELLS } else { 0.0 };
    let settings = buffers.add(buffer_for(&settings_of(field, relief, &Lights::default())));
    let values = buffers.add(fixed_buffer(room * size_of::<f32>()));
    let material = FieldMaterial {
        settings: settings.clone(),
        values: values.clone(),
        colours: table.0.clone(),
    };
    commands.entity(inserted.entity).insert((
        Mesh3d(meshes.add(plate::shallow_box(field.size, field.depth()))),
        MeshMaterial3d(materials.add(material)),
        FieldBuffers {
            settings,
            values,
            room,
            written: FieldSettings::default(),
            written_values: Arc::from([]),
            relief,
            lights: Lights::default(),
        },
    ));
    Ok(())
}

/// Lets ranges, relief and dimming follow, and writes what differs from what was written last.
fn write_fields(
    time: Res<Time>,
    mut fields: Query<(Entity, &mut Field, &mut FieldBuffers)>,
    table: Res<ColourTable>,
    mut uploads: ResMut<Uploads>,
    mut buffers: ResMut<Assets<ShaderBuffer>>,
    mut materials: ResMut<Assets<FieldMaterial>>,
    mut commands: Commands,
) -> Result {
    let delta_secs = time.delta_secs();
    for (entity, mut field, mut on_card) in &mut fields {
        // Ranges on their way are no news to those who wait for a changed field.
        let field = field.bypass_change_detection();
        let on_card = on_card.bypass_change_detection();
        if on_card.room < field.values.len() {
            on_card.room = field.values.len();
            on_card.values = buffers.add(fixed_buffer(on_card.room * size_of::<f32>()));
            on_card.written_values = Arc::from([]);
            let material = FieldMaterial {
                settings: on_card.settings.clone(),
                values: on_card.values.clone(),
                colours: table.0.clone(),
            };
            commands.entity(entity).insert(MeshMaterial3d(materials.add(material)));
        }
        if !Arc::ptr_eq(&on_card.written_values, &field.values) {
            uploads.floats(&on_card.values, field.values.clone());
            on_card.written_values = field.values.clone();
        }
        follow(field, on_card, delta_secs);
        let settings = settings_of(field, on_card.relief, &on_card.lights);
        if settings != on_card.written {
            uploads.structure(&on_card.settings, &settings)?;
            on_card.written = settings;
        }
    }
    Ok(())
}

fn follow(field: &mut Field, on_card: &mut FieldBuffers, delta_secs: f32) {
    let (maps, map_len) = (field.layout.maps, field.layout.rows * field.layout.cols);
    field.spanned.aim(
        field.spans,
        field.colours,
        &field.values,
        field.first_index(),
        maps,
        map_len,
    );
    field.spanned.ease(delta_secs);
    let relief = if field.relief { RELIEF_CELLS } else { 0.0 };
    on_card.relief = ease::approach(on_card.relief, relief, delta_secs);
    on_card.lights.follow(field.spotlight, delta_secs);
}

fn settings_of(field: &Field, relief: f32, lights: &Lights) -> FieldSettings {
    let layout = &field.layout;
    let mut marks = [MarkSettings::default(); MAX_MARKS];
    for (place, mark) in marks.iter_mut().zip(&field.marks) {
        *place = MarkSettings {
            rect: Vec4::new(mark.rect.min.x, mark.rect.min.y, mark.rect.max.x, mark.rect.max.y),
            colour: mark.colour.to_linear().to_vec4(),
            width_px: mark.width_px,
        };
    }
    FieldSettings {
        size: field.size,
        cells: layout.size_cells(),
        map_cells: UVec2::new(layout.cols as u32, layout.rows as u32),
        pitch: layout.pitch_cells(),
        margin: layout.margin_cells,
        maps: layout.maps as u32,
        maps_per_row: layout.maps_per_row.max(1) as u32,
        first: field.first_index() as u32,
        count: field.values.len() as u32,
        colours: field.colours.row(),
        signed: u32::from(field.colours.signed()),
        scale: match field.scale {
            ColourScale::Linear => 0,
            ColourScale::SquareRoot => 1,
            ColourScale::Logarithmic => 2,
        },
        relief,
        dimmed: lights.dimmed,
        lit: Vec2::from(lights.lit),
        lit_maps: UVec2::from(lights.maps.map(|map| map.map_or(u32::MAX, |map| map as u32))),
        mark_count: field.marks.len().min(MAX_MARKS) as u32,
        hairlines: u32::from(field.hairlines),
        picture: u32::from(field.picture),
        plate: field.plate.map_or(Vec4::ZERO, |plate| plate.to_linear().to_vec4()),
        trouble: palette::RED.to_linear().to_vec4(),
        marks,
        ranges: (0..layout.maps.max(1))
            .map(|map| field.spanned.shown(map))
            .map(|range| Vec2::new(range.low, range.high))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use bevy::{asset::AssetPlugin, time::TimePlugin};

    use super::*;
    use crate::{
        stream::Range,
        world::display::{self, FieldLayout},
    };

    #[test]
    fn light_moves_from_map_to_map_without_a_jump() {
        let brightness = |lights: &Lights, map: usize| {
            let lit = (0..2).filter(|&i| lights.maps[i] == Some(map)).map(|i| lights.lit[i]);
            1.0 - lights.dimmed * (1.0 - lit.fold(0.0, f32::max))
        };
        let mut lights = Lights::default();
        let mut before = [1.0; 3];
        let plan = [(None, 5), (Some(0), 40), (Some(2), 40), (None, 200)];
        for spotlight in plan.iter().flat_map(|&(map, frames)| std::iter::repeat_n(map, frames)) {
            lights.follow(spotlight, 1.0 / 60.0);
            for (map, before) in before.iter_mut().enumerate() {
                let now = brightness(&lights, map);
                assert!((now - *before).abs() < 0.3, "{map}: {before} to {now}");
                *before = now;
            }
        }
        assert_eq!(before, [1.0; 3]);
    }

    #[test]
    fn a_field_gets_its_buffers_and_makes_room_for_more() {
        let mut app = App::new();
        app.add_plugins((TaskPoolPlugin::default(), TimePlugin, AssetPlugin::default()))
            .init_asset::<Shader>()
            .add_plugins(display::plugin);
        let entity = app.world_mut().spawn(Field::new(FieldLayout::single(2, 2), 1.0)).id();
        app.update();
        let room = |app: &App| app.world().get::<FieldBuffers>(entity).map(|on_card| on_card.room);
        assert_eq!(room(&app), Some(4));
        let material =
            |app: &App| app.world().get::<MeshMaterial3d<FieldMaterial>>(entity).unwrap().0.id();
        let first_material = material(&app);

        let values: Arc<[f32]> = (0..8_u8).map(f32::from).collect();
        let mut field = app.world_mut().get_mut::<Field>(entity).unwrap();
        field.show_values(&values, Range { low: 0.0, high: 7.0 });
        field.first_map = 1;
        app.update();
        assert_eq!(room(&app), Some(8));
        assert_ne!(material(&app), first_material);
        let written = &app.world().get::<FieldBuffers>(entity).unwrap().written;
        assert_eq!((written.first, written.count), (4, 8));
        assert_eq!(written.ranges, [Vec2::new(0.0, 7.0)]);
    }
}
