//! A pad to draw on: what is drawn is what the network reads, while it is drawn.

use std::sync::Arc;

use bevy::{prelude::*, ui::Checked};

use super::{
    choice::Watched,
    theatre::{self, Spot},
};
use crate::{
    exhibits::digits::{EXHIBIT_ID, payload::TestSet},
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
            panel::{Ground, Hanger, PanelPlan},
            words,
        },
    },
};

/// Radius of the brush as a share of the image's shorter side, and the least, in pixels: strokes about as thick as those
/// of MNIST.
const BRUSH: (f32, f32) = (1.3 / 28.0, 0.5);
/// Over so many pixels the edge of a stroke fades.
const EDGE_PX: f32 = 1.2;
/// Ways to the middle that differ by less than this from half a pixel count as half, in pixels.
const TIE_PX: f32 = 1e-3;
/// While one draws, the drawing is sent at most once in this time, in seconds.
const SEND_EVERY_SECS: f32 = 1.0 / 30.0;
/// The words and buttons under the pad.
const WORDS: Spot =
    Spot { along_m: theatre::PAD_WORDS.along_m - 0.06, up_m: 0.63, size_m: Vec2::new(0.84, 0.30) };

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Pad>().add_observer(hang_pad).add_systems(
        Update,
        (follow_size, send_drawing, show_drawing)
            .chain()
            .in_set(WorldSystems::Show)
            .in_set(super::ON_STAGE),
    );
}

/// What has been drawn.
#[derive(Resource)]
struct Pad {
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
}

impl Default for Pad {
    fn default() -> Self {
        Self {
            drawing: Drawing::empty(28, 28),
            channels: 1,
            brush: None,
            centred: true,
            unsent: false,
            unseen: true,
            next_secs: 0.0,
        }
    }
}

impl Pad {
    fn draw_to(&mut self, uv: Vec2) {
        let to = uv * self.drawing.size().as_vec2();
        self.drawing.stroke(self.brush.unwrap_or(to), to);
        self.brush = Some(to);
        (self.unsent, self.unseen) = (true, true);
    }
}

/// Brightness 0..=1 of some pixels.
#[derive(Clone, Debug, PartialEq)]
struct Drawing {
    rows: usize,
    columns: usize,
    /// Row by row.
    ink: Vec<f32>,
}

impl Drawing {
    fn empty(rows: usize, columns: usize) -> Self {
        Self { rows, columns, ink: vec![0.0; rows * columns] }
    }

    /// The same canvas without ink.
    fn cleared(&self) -> Self {
        Self::empty(self.rows, self.columns)
    }

    /// Columns and rows.
    fn size(&self) -> IVec2 {
        IVec2::new(self.columns as i32, self.rows as i32)
    }

    /// Column and row of a pixel.
    fn place(&self, index: usize) -> IVec2 {
        let columns = self.columns.max(1);
        IVec2::new((index % columns) as i32, (index / columns) as i32)
    }

    /// Draws with the round brush from one place to another, in pixels from the top left.
    fn stroke(&mut self, from: Vec2, to: Vec2) {
        let way = to - from;
        let brush_px = (self.size().min_element() as f32 * BRUSH.0).max(BRUSH.1);
        let places = self.clone();
        for (index, pixel) in self.ink.iter_mut().enumerate() {
            let centre = places.place(index).as_vec2() + 0.5;
            let along = if way.length_squared() > 0.0 {
                ((centre - from).dot(way) / way.length_squared()).clamp(0.0, 1.0)
            } else {
                0.0
            };
            let distance = centre.distance(from + way * along);
            let ink = ((brush_px + EDGE_PX / 2.0 - distance) / EDGE_PX).clamp(0.0, 1.0);
            // Strokes that cross do not grow brighter than one.
            *pixel = pixel.max(ink);
        }
    }

    fn is_empty(&self) -> bool {
        self.ink.iter().all(|pixel| *pixel == 0.0)
    }

    /// The same drawing moved by whole pixels so that its centre of mass lies in the middle, as that of the images of
    /// MNIST does; it stops where ink would leave the image.
    fn centred(&self) -> Self {
        let size = self.size();
        let (mut mass, mut moment) = (0.0, Vec2::ZERO);
        let (mut first, mut last) = (size, IVec2::splat(-1));
        for (index, &pixel) in self.ink.iter().enumerate().filter(|(_, pixel)| **pixel > 0.0) {
            let place = self.place(index);
            mass += pixel;
            moment += (place.as_vec2() + 0.5) * pixel;
            (first, last) = (first.min(place), last.max(place));
        }
        if mass == 0.0 {
            return self.clone();
        }
        // Half a pixel more or less is a tie: rounding error must not make the drawing jump to and fro.
        let way = size.as_vec2() / 2.0 - moment / mass;
        let wanted = (way - 0.5 - TIE_PX).ceil().as_ivec2();
        let shift = wanted.clamp(-first, size - 1 - last);
        let mut moved = self.cleared();
        for (index, pixel) in moved.ink.iter_mut().enumerate() {
            let from = self.place(index) - shift;
            if from.cmpge(IVec2::ZERO).all() && from.cmplt(size).all() {
                let from = (from.y * size.x + from.x) as usize;
                *pixel = self.ink.get(from).copied().unwrap_or(0.0);
            }
        }
        moved
    }
}

/// The field that shows what is drawn.
#[derive(Component)]
struct DrawnField;

fn hang_pad(placed: On<PlinthPlaced>, mut hanger: Hanger, pad: Res<Pad>) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let canvas = canvas(&pad.drawing);
    let surface = Surface { size: canvas.size() };
    hanger
        .commands
        .spawn((
            Name::new("Drawing pad"),
            DrawnField,
            canvas,
            surface,
            Landmark("pad"),
            theatre::PAD.transform(),
            ChildOf(placed.entity),
        ))
        .observe(|pressed: On<AimPressed>, mut pad: ResMut<Pad>| {
            pad.brush = None;
            pad.draw_to(pressed.uv);
        })
        .observe(|dragged: On<AimDragged>, mut pad: ResMut<Pad>| {
            if pad.brush.is_some() {
                pad.draw_to(dragged.uv);
            }
        })
        .observe(|_: On<AimReleased>, mut pad: ResMut<Pad>| {
            pad.brush = None;
            // The last line of it must be read, however soon after the one before.
            pad.next_secs = 0.0;
        });

    let sign = hanger.hang(PanelPlan {
        name: "Pad controls",
        size_m: WORDS.size_m,
        read_from_m: theatre::RADIUS_M,
        ground: Ground::Clear,
    });
    hanger.commands.entity(sign.panel).insert((WORDS.before(0.01), ChildOf(placed.entity)));
    hanger.commands.entity(sign.root).entry::<Node>().and_modify(|mut page| {
        page.align_items = AlignItems::Center;
        page.row_gap = px(6);
    });
    let centred = pad.centred;
    hanger.commands.entity(sign.root).with_children(|sign| {
        sign.spawn(words::caption("Draw a digit"));
        sign.spawn(Node { column_gap: px(10), ..default() }).with_children(|line| {
            line.spawn(button("clear-pad", "Clear", ButtonKind::Small)).observe(
                |_: On<Activate>, mut pad: ResMut<Pad>, watched: Res<Watched>| {
                    pad.drawing = pad.drawing.cleared();
                    pad.unseen = true;
                    // A test image that is looked at meanwhile stays.
                    pad.unsent = watched.is_drawn();
                },
            );
            let mut centre = line.spawn(toggle("centre", "Centre", ButtonKind::Small));
            if centred {
                centre.insert(Checked);
            }
            centre.observe(
                |change: On<ValueChange<bool>>, mut pad: ResMut<Pad>, watched: Res<Watched>| {
                    pad.centred = change.value;
                    pad.unsent |= watched.is_drawn() && !pad.drawing.is_empty();
                },
            );
        });
    });
}

/// The canvas for a drawing, as large as there is room for.
fn canvas(drawing: &Drawing) -> Field {
    let layout = FieldLayout::single(drawing.rows, drawing.columns);
    let mut canvas = Field::sized(layout, theatre::fitted(layout, theatre::PAD.size_m))
        .with_colours(ColourMap::Grey)
        .with_spans(Spans::Fixed(Range { low: 0.0, high: 1.0 }))
        .without_hairlines()
        .flat();
    let whole = Rect { min: Vec2::ZERO, max: layout.size_cells().as_vec2() };
    canvas.marks.push(Mark::new(whole, palette::RULE));
    canvas
}

/// Lays out canvas of the size that the network reads.
fn follow_size(
    run: Res<ShownRun>,
    mut pad: ResMut<Pad>,
    papers: Query<Entity, With<DrawnField>>,
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
        let canvas = canvas(&pad.drawing);
        let surface = Surface { size: canvas.size() };
        commands.entity(entity).insert((canvas, surface));
    }
}

fn send_drawing(time: Res<Time<Real>>, mut pad: ResMut<Pad>, mut asks: MessageWriter<Ask>) {
    if !pad.unsent || time.elapsed_secs() < pad.next_secs {
        return;
    }
    let drawing = if pad.centred { pad.drawing.centred() } else { pad.drawing.clone() };
    let read = drawing.ink.repeat(pad.channels);
    asks.write(Ask(Command::Watch(InputChoice::Drawn(Arc::from(read)))));
    pad.unsent = false;
    pad.next_secs = time.elapsed_secs() + SEND_EVERY_SECS;
}

fn show_drawing(mut pad: ResMut<Pad>, mut papers: Query<&mut Field, With<DrawnField>>) {
    if !pad.unseen {
        return;
    }
    pad.unseen = false;
    let values: Arc<[f32]> = Arc::from(pad.drawing.ink.as_slice());
    for mut canvas in &mut papers {
        canvas.show_values(&values, Range { low: 0.0, high: 1.0 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(drawing: &Drawing, row: usize, column: usize) -> f32 {
        drawing.ink[row * 28 + column]
    }

    #[test]
    fn a_dot_is_bright_in_the_middle_and_soft_at_its_edge() {
        let mut drawing = Drawing::empty(28, 28);
        drawing.stroke(Vec2::splat(14.5), Vec2::splat(14.5));
        assert_eq!(at(&drawing, 14, 14), 1.0);
        let edge = at(&drawing, 14, 15);
        assert!(edge > 0.5 && edge < 1.0, "{edge}");
        assert_eq!(at(&drawing, 14, 17), 0.0);
        assert!((at(&drawing, 13, 13) - at(&drawing, 15, 15)).abs() < 1e-5, "round");
    }

    #[test]
    fn a_quick_stroke_has_no_holes() {
        let mut drawing = Drawing::empty(28, 28);
        drawing.stroke(Vec2::new(3.5, 20.5), Vec2::new(24.5, 20.5));
        assert!((3..=24).all(|column| at(&drawing, 20, column) == 1.0));
        assert!((0..28).all(|column| at(&drawing, 17, column) == 0.0));
        let once = drawing.clone();
        drawing.stroke(Vec2::new(24.5, 20.5), Vec2::new(3.5, 20.5));
        assert_eq!(drawing, once, "drawing over it again changes nothing");
    }

    #[test]
    fn centring_moves_the_mass_to_the_middle_and_loses_none() {
        let mut drawing = Drawing::empty(28, 28);
        drawing.stroke(Vec2::new(3.0, 4.0), Vec2::new(8.0, 6.0));
        let centred = drawing.centred();
        let mass = |drawing: &Drawing| drawing.ink.iter().sum::<f32>();
        assert!((mass(&drawing) - mass(&centred)).abs() < 1e-3);
        let middle = |drawing: &Drawing| {
            let moment = drawing.ink.iter().enumerate().fold(Vec2::ZERO, |sum, (index, pixel)| {
                sum + (drawing.place(index).as_vec2() + 0.5) * pixel
            });
            moment / mass(drawing)
        };
        assert!(
            (middle(&centred) - 14.0).abs().max_element() <= 0.5 + 2.0 * TIE_PX,
            "{}",
            middle(&centred)
        );
        assert!(centred.centred() == centred, "and stays there");
        assert!(Drawing::empty(28, 28).centred().is_empty());
    }

    #[test]
    fn paper_that_is_not_square_is_drawn_on_all_over() {
        let mut drawing = Drawing::empty(3, 40);
        drawing.stroke(Vec2::new(0.5, 1.5), Vec2::new(39.5, 1.5));
        assert!((0..40).all(|column| drawing.ink[40 + column] > 0.9));
        assert_eq!(drawing.centred(), drawing);
    }

    #[test]
    fn ink_never_leaves_the_image() {
        let mut drawing = Drawing::empty(28, 28);
        // Heavy on the left, with a tail that reaches the right edge.
        drawing.stroke(Vec2::new(10.0, 14.0), Vec2::new(27.5, 14.0));
        for row in 2..26 {
            drawing.stroke(Vec2::new(4.0, row as f32), Vec2::new(5.0, row as f32));
        }
        let mass = drawing.ink.iter().sum::<f32>();
        assert!((drawing.centred().ink.iter().sum::<f32>() - mass).abs() < 1e-3);
    }
}
