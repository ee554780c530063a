//! A pad to draw on: what is drawn is what the network reads, while it is drawn.

mod drawing;

use std::{marker::PhantomData, sync::Arc};

use bevy::{prelude::*, ui::Checked};

use self::drawing::Drawing;
use super::{
    Classifier, Of, OfExamples, OnlyImages,
    arc::{self, Spot},
    input_choice::Watched,
    on_stage,
};
use crate::{
    images::TestSet,
    stream::{Command, InputChoice, Range},
    world::{
        WorldSystems,
        display::{ColourMap, Field, FieldLayout, Mark, Spans},
        interaction::aim::{AimDragged, AimPressed, AimReleased, Landmark, Surface},
        link::{Ask, ShownRun},
        stage::PlinthPlaced,
        ui::{
            controls::{Activate, ButtonKind, ValueChange, button, toggle},
            palette,
            panel::{Hanger, PanelPlan},
            words,
        },
    },
};

/// While one draws, the drawing is sent at most once in this time, in seconds.
const SEND_EVERY_SECS: f32 = 1.0 / 30.0;
pub(super) fn plugin<C: Classifier>(app: &mut App) {
    app.init_resource::<Pad<C>>().add_observer(hang_pad::<C>).add_systems(
        Update,
        (follow_size::<C>, send_drawing::<C>, show_drawing::<C>)
            .chain()
            .in_set(WorldSystems::Show)
            .in_set(on_stage::<C>()),
    );
}

/// What has been drawn.
#[derive(Resource)]
struct Pad<C: Classifier> {
    drawing: Drawing,
    /// Channels that the network reads: each gets the same drawing.
    channels: usize,
    /// Where the brush was last, in pixels; none while it is lifted.
    brush: Option<Vec2>,
    /// Whether the drawing is moved to the middle before it is read.
    centred: bool,
    /// Whether it has changed since it was sent.
    unsent: bool,
    /// Whether it has changed since it was shown.
    unseen: bool,
    /// When it may be sent again.
    next_secs: f32,
    of: PhantomData<C>,
}

impl<C: Classifier> Default for Pad<C> {
    fn default() -> Self {
        Self {
            drawing: Drawing::empty(28, 28),
            channels: 1,
            brush: None,
            centred: true,
            unsent: false,
            unseen: true,
            next_secs: 0.0,
            of: PhantomData,
        }
    }
}

impl<C: Classifier> Pad<C> {
    fn draw_to(&mut self, uv: Vec2) {
        let to = uv * self.drawing.size().as_vec2();
        self.drawing.stroke(self.brush.unwrap_or(to), to);
        self.brush = Some(to);
        (self.unsent, self.unseen) = (true, true);
    }
}

/// The field that shows what is drawn.
#[derive(Component)]
struct DrawnField;

fn hang_pad<C: Classifier>(placed: On<PlinthPlaced>, mut hanger: Hanger, pad: Res<Pad<C>>) {
    if placed.exhibit != C::EXHIBIT {
        return;
    }
    let canvas = canvas(&pad.drawing, C::PLACES.pad);
    let surface = Surface { size: canvas.size() };
    hanger
        .commands
        .spawn((
            Name::new("Drawing pad"),
            (OnlyImages(C::EXHIBIT), OfExamples),
            DrawnField,
            Of::<C>::MARK,
            canvas,
            surface,
            Landmark("pad"),
            C::PLACES.pad.transform(),
            ChildOf(placed.entity),
        ))
        .observe(|pressed: On<AimPressed>, mut pad: ResMut<Pad<C>>| {
            pad.brush = None;
            pad.draw_to(pressed.uv);
        })
        .observe(|dragged: On<AimDragged>, mut pad: ResMut<Pad<C>>| {
            if pad.brush.is_some() {
                pad.draw_to(dragged.uv);
            }
        })
        .observe(|_: On<AimReleased>, mut pad: ResMut<Pad<C>>| {
            pad.brush = None;
            // The last line of it must be read, however soon after the one before.
            pad.next_secs = 0.0;
        });

    let spot = C::PLACES.pad_controls;
    let sign = hanger.hang(PanelPlan::clear("Pad controls", spot.size_m, arc::RADIUS_M));
    let place = (spot.before(0.01), ChildOf(placed.entity), OnlyImages(C::EXHIBIT), OfExamples);
    hanger.commands.entity(sign.panel).insert(place);
    hanger.commands.entity(sign.root).entry::<Node>().and_modify(|mut page| {
        page.align_items = AlignItems::Center;
        page.row_gap = px(6);
    });
    let centred = pad.centred;
    hanger.commands.entity(sign.root).with_children(|sign| {
        sign.spawn(words::caption(C::NAMES.to_draw));
        sign.spawn(Node { column_gap: px(10), ..default() }).with_children(|line| {
            line.spawn(button(C::NAMES.clear_pad, say!("classifier-clear"), ButtonKind::Small))
                .observe(|_: On<Activate>, mut pad: ResMut<Pad<C>>, watched: Res<Watched<C>>| {
                    pad.drawing = pad.drawing.cleared();
                    pad.unseen = true;
                    // A test image that is looked at meanwhile stays.
                    pad.unsent = watched.is_drawn();
                });
            let mut centre =
                line.spawn(toggle(C::NAMES.centre, say!("classifier-centre"), ButtonKind::Small));
            if centred {
                centre.insert(Checked);
            }
            centre.observe(
                |change: On<ValueChange<bool>>,
                 mut pad: ResMut<Pad<C>>,
                 watched: Res<Watched<C>>| {
                    pad.centred = change.value;
                    pad.unsent |= watched.is_drawn() && !pad.drawing.is_empty();
                },
            );
        });
    });
}

/// The canvas for a drawing, as large as there is room for in a spot.
fn canvas(drawing: &Drawing, spot: Spot) -> Field {
    let layout = FieldLayout::single(drawing.rows, drawing.columns);
    let mut canvas = Field::sized(layout, arc::fitted(layout, spot.size_m))
        .with_colours(ColourMap::Grey)
        .with_spans(Spans::Fixed(Range { low: 0.0, high: 1.0 }))
        .without_hairlines()
        .flat();
    let whole = Rect { min: Vec2::ZERO, max: layout.size_cells().as_vec2() };
    canvas.marks.push(Mark::new(whole, palette::RULE));
    canvas
}

/// Lays out canvas of the size that the network reads.
fn follow_size<C: Classifier>(
    run: Res<ShownRun>,
    mut pad: ResMut<Pad<C>>,
    papers: Query<Entity, (With<DrawnField>, With<Of<C>>)>,
    mut commands: Commands,
) {
    let Some(set) = run.0.material::<TestSet>() else {
        return;
    };
    let (rows, columns) = (set.height, set.width);
    if (pad.drawing.rows, pad.drawing.columns, pad.channels) == (rows, columns, set.channels) {
        return;
    }
    (pad.drawing, pad.channels) = (Drawing::empty(rows, columns), set.channels);
    (pad.unsent, pad.unseen) = (false, true);
    for entity in &papers {
        let canvas = canvas(&pad.drawing, C::PLACES.pad);
        let surface = Surface { size: canvas.size() };
        commands.entity(entity).insert((canvas, surface));
    }
}

fn send_drawing<C: Classifier>(
    time: Res<Time<Real>>,
    mut pad: ResMut<Pad<C>>,
    mut asks: MessageWriter<Ask>,
) {
    if !pad.unsent || time.elapsed_secs() < pad.next_secs {
        return;
    }
    let drawing = if pad.centred { pad.drawing.centred() } else { pad.drawing.clone() };
    let read = drawing.ink.repeat(pad.channels);
    asks.write(Ask(Command::Watch(InputChoice::Drawn(Arc::from(read)))));
    pad.unsent = false;
    pad.next_secs = time.elapsed_secs() + SEND_EVERY_SECS;
}

fn show_drawing<C: Classifier>(
    mut pad: ResMut<Pad<C>>,
    mut papers: Query<&mut Field, (With<DrawnField>, With<Of<C>>)>,
) {
    if !pad.unseen {
        return;
    }
    pad.unseen = false;
    let values: Arc<[f32]> = Arc::from(pad.drawing.ink.as_slice());
    for mut canvas in &mut papers {
        canvas.show_values(&values, Range { low: 0.0, high: 1.0 });
    }
}
