//! The strip along the top of the spectators' window: what is shown, how it goes, and the teacher's buttons.
//!
//! It hangs before the window's camera on a layer that no eye of the headset sees and no hand reaches. At the top it
//! covers of the exhibit's whole view only the title, which it says itself.

use bevy::{camera::visibility::RenderLayers, prelude::*, ui::InteractionDisabled};

use super::{SpectatorPlan, caption};
use crate::{
    history::Run,
    stream::RunState,
    world::{
        SPECTATOR_ONLY, WindowCamera, WorldSystems,
        desk::lines::state_ink,
        head::FIELD_OF_VIEW_DEGREES,
        headset::{Headset, worn},
        interaction::intent::Intent,
        link::ShownRun,
        pointed_at::PointedAt,
        stage::ExhibitList,
        ui::{
            controls::{Activate, ButtonKind, ControlText, Pointed, button, mark, row},
            palette,
            panel::{Ground, Hanger, PanelMaterial, PanelPlan},
            type_size, words,
        },
    },
};

use crate::world::draw::MeshMaterial3d;

/// How far before the camera it hangs, in metres: nearer than what the camera may meet in the hall.
const BEFORE_M: f32 = 0.1;
/// Width and height in dmm; a window of 16:9 is 2053 by 1155.
const SIZE_DMM: Vec2 = vec2(2000.0, 104.0);
/// Between it and the window's edges, in dmm.
const EDGE_DMM: Vec2 = vec2(26.0, 4.0);
/// Within it, in dmm.
const MARGIN_DMM: Vec2 = vec2(22.0, 8.0);
/// It is drawn after whatever else can be seen through, such as wires, which are drawn late themselves.
const AHEAD_M: f32 = 10_000.0;
/// How often its words may change, in seconds.
const EVERY_SECS: f32 = 0.15;
/// Names of the buttons that point to the exhibits.
const SHOW: [&str; 9] =
    ["show-1", "show-2", "show-3", "show-4", "show-5", "show-6", "show-7", "show-8", "show-9"];

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang).add_systems(
        Update,
        (bring_forward, show, (place, write_lines, write_buttons).chain().run_if(worn))
            .chain()
            // It repeats what exhibits have said there of what is pointed at.
            .after(WorldSystems::Show),
    );
}

/// The strip's panel.
#[derive(Component)]
pub(super) struct Strip;

/// A text of the strip, by what it tells.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StripText {
    Title,
    Run,
    Visitor,
}

/// A button of the strip, by what it says when pressed.
#[derive(Component, Clone, Copy, Debug, PartialEq)]
struct StripButton(Intent);

fn hang(add: On<Add, WindowCamera>, listed: Option<Res<ExhibitList>>, mut hanger: Hanger) {
    let strip = hanger.hang(PanelPlan {
        name: "Spectators' strip",
        size_m: SIZE_DMM * BEFORE_M / 1000.0,
        read_from_m: BEFORE_M,
        ground: Ground::Plate,
    });
    hanger.commands.entity(strip.panel).insert((
        Strip,
        RenderLayers::layer(SPECTATOR_ONLY),
        Visibility::Hidden,
        ChildOf(add.entity),
    ));
    let exhibits = listed.map_or(0, |listed| listed.0.len());
    hanger.commands.entity(strip.root).with_children(|page| {
        page.spawn(Node {
            position_type: PositionType::Absolute,
            left: px(MARGIN_DMM.x),
            right: px(MARGIN_DMM.x),
            top: px(MARGIN_DMM.y),
            bottom: px(MARGIN_DMM.y),
            column_gap: px(28),
            align_items: AlignItems::Center,
            ..default()
        })
        .with_children(|strip| {
            strip.spawn(column(AlignItems::Start)).with_children(told);
            strip.spawn(Node { flex_shrink: 0.0, ..column(AlignItems::End) }).with_children(
                |side| {
                    side.spawn(row()).with_children(|line| buttons(line, exhibits));
                    let keys = key!("spectator-f2-next-view-w-a");
                    let names = words::NamesKeys(keys);
                    side.spawn((words::caption(keys), names, TextLayout::no_wrap()));
                },
            );
        });
    });
}

fn column(align_items: AlignItems) -> Node {
    Node {
        flex_direction: FlexDirection::Column,
        row_gap: px(6),
        align_items,
        min_width: px(0),
        flex_grow: if align_items == AlignItems::Start { 1.0 } else { 0.0 },
        overflow: Overflow::clip(),
        ..default()
    }
}

fn told(side: &mut ChildSpawnerCommands) {
    side.spawn(Node { column_gap: px(18), ..row() }).with_children(|line| {
        let title = words::set("", type_size::CAPTION, FontWeight::SEMIBOLD, palette::INK);
        line.spawn((StripText::Title, title, TextLayout::no_wrap()));
        line.spawn((StripText::Run, words::caption(""), TextLayout::no_wrap()));
    });
    side.spawn((StripText::Visitor, words::caption(""), TextLayout::no_wrap()));
}

fn buttons(line: &mut ChildSpawnerCommands, exhibits: usize) {
    let mut add = |name, label: String, says| {
        line.spawn((button(name, label, ButtonKind::Small), StripButton(says))).observe(
            |press: On<Activate>,
             buttons: Query<&StripButton>,
             mut intents: MessageWriter<Intent>| {
                if let Ok(says) = buttons.get(press.entity) {
                    intents.write(says.0);
                }
            },
        );
    };
    for (index, name) in SHOW.into_iter().enumerate().take(exhibits) {
        let label = match (index, exhibits) {
            (0, 1) => say!("spectator-point-to-the-exhibit").to_owned(),
            (0, _) => say!("spectator-point-to-1").to_owned(),
            (index, _) => (index + 1).to_string(),
        };
        add(name, label, Intent::Show(index));
    }
    add("spectator-view", String::new(), Intent::NextView);
    add("spectator-step", say!("spectator-one-step").to_owned(), Intent::OneStep);
    add("spectator-pause", say!("spectator-resume").to_owned(), Intent::TogglePause);
}

fn bring_forward(
    strips: Query<&MeshMaterial3d<PanelMaterial>, Added<Strip>>,
    mut materials: ResMut<Assets<PanelMaterial>>,
) {
    for strip in &strips {
        if let Some(mut material) = materials.get_mut(&strip.0) {
            material.ahead = AHEAD_M;
        }
    }
}

fn show(headset: Option<Res<Headset>>, mut strips: Query<&mut Visibility, With<Strip>>) {
    let worn = headset.is_some_and(|headset| headset.is_worn());
    for mut strip in &mut strips {
        strip.set_if_neq(if worn { Visibility::Inherited } else { Visibility::Hidden });
    }
}

/// Along the top of the window, as large to the eye whatever the lens; smaller where the window is narrow.
fn place(
    camera: Option<Single<(&Camera, &Projection), With<WindowCamera>>>,
    mut strips: Query<&mut Transform, With<Strip>>,
) {
    let Some((camera, Projection::Perspective(lens))) = camera.map(Single::into_inner) else {
        return;
    };
    let aspect =
        camera.logical_viewport_size().map_or(lens.aspect_ratio, |size| size.x / size.y.max(1.0));
    for mut strip in &mut strips {
        strip.set_if_neq(at_the_top(lens.fov, aspect));
    }
}

fn at_the_top(fov: f32, aspect: f32) -> Transform {
    let half_height_m = (fov / 2.0).tan() * BEFORE_M;
    let made_for_m = (FIELD_OF_VIEW_DEGREES.to_radians() / 2.0).tan() * BEFORE_M;
    let window_dmm = 2000.0 * made_for_m / BEFORE_M * aspect;
    let fit = (window_dmm / (SIZE_DMM.x + 2.0 * EDGE_DMM.x)).min(1.0);
    let scale = half_height_m / made_for_m * fit;
    let down_m = (SIZE_DMM.y / 2.0 + EDGE_DMM.y) / 1000.0 * BEFORE_M * scale;
    Transform::from_xyz(0.0, half_height_m - down_m, -BEFORE_M).with_scale(Vec3::splat(scale))
}

/// The title of the exhibit that learns, or of the first.
fn title<'a>(listed: Option<&'a ExhibitList>, run: &Run) -> &'a str {
    let placed = listed.map_or(&[][..], |listed| &listed.0);
    let exhibit = run.started().map(|started| started.exhibit);
    let learns = placed.iter().find(|placed| Some(placed.exhibit) == exhibit);
    learns.or(placed.first()).map_or("", |placed| placed.title.text())
}

/// What an aim is on: a number of an exhibit, or else a control of the hall.
fn pointed_at(
    number: &PointedAt,
    controls: &Query<(&Pointed, &ControlText), Without<StripButton>>,
) -> Option<String> {
    let control = || controls.iter().find(|(pointed, _)| pointed.0).map(|(_, words)| &words.0);
    number.0.clone().or_else(|| control().map(|words| format!("“{words}”")))
}

fn write_lines(
    time: Res<Time<Real>>,
    headset: Res<Headset>,
    run: Res<ShownRun>,
    listed: Option<Res<ExhibitList>>,
    number: Res<PointedAt>,
    controls: Query<(&Pointed, &ControlText), Without<StripButton>>,
    mut next_secs: Local<f32>,
    mut lines: Query<(&StripText, &mut Text, &mut TextColor)>,
) {
    if time.elapsed_secs() < *next_secs && !headset.is_changed() {
        return;
    }
    *next_secs = time.elapsed_secs() + EVERY_SECS;
    let pointed = pointed_at(&number, &controls);
    for (line, mut text, mut ink) in &mut lines {
        let (wanted, colour) = match line {
            StripText::Title => (title(listed.as_deref(), &run.0).to_owned(), palette::INK),
            StripText::Run => (caption::of_run(&run.0), state_ink(run.0.state())),
            StripText::Visitor => caption::of_visitor(&headset, run.0.state(), pointed.as_deref()),
        };
        if text.0 != wanted {
            text.0 = wanted;
        }
        ink.set_if_neq(TextColor(colour));
    }
}

fn write_buttons(
    plan: Res<SpectatorPlan>,
    run: Res<ShownRun>,
    mut buttons: Query<(Entity, &StripButton, &mut ControlText, Has<InteractionDisabled>)>,
    mut commands: Commands,
) {
    let state = run.0.state();
    for (entity, says, mut words, disabled) in &mut buttons {
        let label = match says.0 {
            Intent::NextView => say!("spectator-view", words = plan.mode.words()),
            Intent::TogglePause if *state == RunState::Paused => {
                say!("spectator-resume").to_owned()
            }
            Intent::TogglePause => say!("spectator-pause").to_owned(),
            _ => words.0.clone(),
        };
        words.set_if_neq(ControlText(label));
        let of_the_run = matches!(says.0, Intent::TogglePause | Intent::OneStep);
        let possible = !(of_the_run && state.is_over());
        mark::<InteractionDisabled>(&mut commands, entity, disabled, !possible);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Edges of the strip in the window, from (-1, -1) at the bottom left to (1, 1) at the top right.
    fn in_the_window(fov: f32, aspect: f32) -> Rect {
        let place = at_the_top(fov, aspect);
        let half = SIZE_DMM / 2000.0 * BEFORE_M * place.scale.truncate();
        let seen = vec2((fov / 2.0).tan() * aspect, (fov / 2.0).tan()) * BEFORE_M;
        let middle = place.translation.truncate();
        Rect::from_corners((middle - half) / seen, (middle + half) / seen)
    }

    #[test]
    fn the_strip_keeps_its_place_through_every_lens_and_fits_every_window() {
        let plain = in_the_window(60_f32.to_radians(), 16.0 / 9.0);
        // A tenth of the window at most; below it begin the stages of the run.
        assert!(plain.max.y < 1.0 && plain.min.y > 0.8, "{plain:?}");
        let wide = in_the_window(74_f32.to_radians(), 16.0 / 9.0);
        assert!(wide.min.abs_diff_eq(plain.min, 1e-4) && wide.max.abs_diff_eq(plain.max, 1e-4));
        for aspect in [1.0, 4.0 / 3.0, 16.0 / 10.0, 21.0 / 9.0] {
            let strip = in_the_window(1.0, aspect);
            assert!(strip.min.x > -1.0 && strip.max.x < 1.0 && strip.max.y < 1.0, "{strip:?}");
        }
    }
}
