//! The plate that asks: a line at the control that it is about, or else beside the pointer, on the side that has room, which
//! moves only while the pointer rests.

use bevy::{ecs::system::SystemParam, prelude::*};

use super::{
    Asked,
    side::{Side, roomiest},
    tasks::Task,
};
use crate::world::{
    Head,
    headset::Headset,
    interaction::aim::{Aim, AimedAt, Leads, Untouchable},
    ui::{
        controls::{ControlFinder, card},
        panel::{Foremost, Hanger, Panel, PanelPlan},
        words,
    },
};

/// Width and height of the panel in metres, read from one metre: a line and a half of words.
const SIZE_M: Vec2 = vec2(0.56, 0.15);
/// How far before the eye it hangs in a window, in metres: before everything.
const BEFORE_EYE_M: f32 = 1.0;
/// How near and how far it hangs in a headset, in metres, and how much nearer than what is pointed at, as a share.
const WITHIN_M: (f32, f32) = (0.7, 2.5);
const NEARER: f32 = 0.85;
/// A ray that meets nothing is taken to end here, in metres.
const NOTHING_AT_M: f32 = 2.0;
/// A pointer rests when it has not moved for so long, in seconds.
const REST_SECS: f32 = 0.3;
/// What is no move: of a mouse and the window's view, and of a hand and a head; in radians and metres.
const STILL_IN_WINDOW: (f32, f32) = (0.004, 0.005);
const STILL_IN_HAND: (f32, f32) = (0.06, 0.08);
/// How much of a headset's view a plate may take to the sides and up, and free room at the edges of a window, as tangents.
const HEADSET_VIEW: Vec2 = vec2(0.7, 0.5);
const MARGIN: f32 = 0.02;
/// Where nobody points, this much below the middle of the view, as a tangent.
const BELOW_MIDDLE: f32 = 0.22;

/// The panel, its page, and the card on that which is as large as its line.
#[derive(Component)]
pub(super) struct Plate {
    page: Entity,
    card: Entity,
}

/// Its line.
#[derive(Component)]
pub(super) struct PlateText;

/// Hangs it out of sight; aims pass through it.
pub(super) fn hang(mut hanger: Hanger) {
    let hung = hanger.hang(PanelPlan::clear("Guide", SIZE_M, BEFORE_EYE_M));
    let line = (words::body(""), PlateText);
    let card = hanger.commands.spawn((card(), ChildOf(hung.root))).with_child(line).id();
    hanger.commands.entity(hung.panel).insert((
        Plate { page: hung.root, card },
        Foremost,
        Untouchable,
        Visibility::Hidden,
        Transform::default(),
    ));
}

/// Where the eye is, which way a plate is turned there, and what is pointed at.
#[derive(Clone, Copy, Debug, PartialEq)]
struct View {
    eye: Vec3,
    turn: Quat,
    towards: Vec3,
    /// Of the view, as tangents.
    half: Vec2,
    distance_m: f32,
    worn: bool,
    /// Whether it is a control, which is asked for above its board.
    control: bool,
}

impl View {
    /// What is pointed at, on a plane one metre before the eye; y is up.
    fn point(&self) -> Vec2 {
        flat(self.turn.inverse() * (self.towards - self.eye))
    }

    /// Whether so little has changed that neither pointer nor eye has moved.
    fn is_still(&self, before: &Self) -> bool {
        let (radians, metres) = if self.worn { STILL_IN_HAND } else { STILL_IN_WINDOW };
        let ways = [self, before].map(|view| view.towards - view.eye);
        self.worn == before.worn
            && ways[0].angle_between(ways[1]) < radians
            && self.eye.distance(before.eye) < metres
            && (self.worn || self.turn.angle_between(before.turn) < radians)
    }
}

/// A place in the space of an eye, on the plane one metre before it.
fn flat(place: Vec3) -> Vec2 {
    place.xy() / (-place.z).max(0.05)
}

/// What the view is made of.
#[derive(SystemParam)]
pub(super) struct Sight<'w, 's> {
    headset: Option<Res<'w, Headset>>,
    head:
        Option<Single<'w, 's, (&'static GlobalTransform, Option<&'static Projection>), With<Head>>>,
    aims: Query<'w, 's, (&'static Aim, &'static AimedAt, Has<Leads>)>,
    panels: Query<'w, 's, (), With<Panel>>,
    finder: ControlFinder<'w, 's>,
}

impl Sight<'_, '_> {
    /// Whether the visitor has hands instead of a mouse.
    pub(super) fn is_worn(&self) -> bool {
        self.headset.as_deref().is_some_and(Headset::is_worn)
    }

    /// The end of the ray that leads, or else of any; in a headset the mouse beside it is somebody else's. Who points at a
    /// board or the desk points at nothing that is meant.
    fn pointed(&self, worn: bool) -> Option<Vec3> {
        let ends = |leads: bool| {
            let mut those = self.aims.iter().filter(move |(.., lead)| *lead == leads);
            those.find_map(|(aim, at, _)| {
                let ray = aim.ray?;
                let on_panel = at.0.is_some_and(|hit| self.panels.contains(hit.surface));
                let end = || at.0.map_or_else(|| ray.get_point(NOTHING_AT_M), |hit| hit.point);
                (!on_panel).then(end)
            })
        };
        ends(true).or_else(|| if worn { None } else { ends(false) })
    }

    fn view(&self, asked: &Asked) -> Option<View> {
        let (head, projection) = **self.head.as_ref()?;
        let worn = self.is_worn();
        let (_, gaze, eye) = head.to_scale_rotation_translation();
        let half = match projection {
            Some(Projection::Perspective(eye)) if !worn => {
                let up = (eye.fov / 2.0).tan();
                vec2(up * eye.aspect_ratio, up) - MARGIN
            }
            _ => HEADSET_VIEW,
        };
        let is_seen = |place: &Vec3| {
            let before = gaze.inverse() * (place - eye);
            before.z < 0.0 && window(half).contains(flat(before))
        };
        let control = asked.0.and_then(Task::control).and_then(|name| self.finder.above(name));
        let ahead = || eye + gaze * vec3(0.0, -BELOW_MIDDLE, -1.0);
        let control = control.filter(is_seen);
        let towards = control.or_else(|| self.pointed(worn)).unwrap_or_else(ahead);
        let to_it = (towards - eye).length();
        let (distance_m, turn) = if worn {
            let upright = Transform::IDENTITY.looking_to(towards - eye, Vec3::Y).rotation;
            ((to_it * NEARER).clamp(WITHIN_M.0, WITHIN_M.1), upright)
        } else {
            (BEFORE_EYE_M, gaze)
        };
        Some(View { eye, turn, towards, half, distance_m, worn, control: control.is_some() })
    }
}

/// How long the pointer has rested, and for what view the plate was placed.
#[derive(Default)]
pub(super) struct Rest {
    last: Option<View>,
    secs: f32,
    placed: Option<View>,
}

type Boards<'w, 's> = Query<
    'w,
    's,
    (&'static Panel, &'static GlobalTransform, &'static InheritedVisibility),
    Without<Plate>,
>;

/// Puts the plate beside what is pointed at, once the pointer rests, and shows it while something is asked for.
pub(super) fn place(
    time: Res<Time<Real>>,
    asked: Res<Asked>,
    sight: Sight,
    boards: Boards,
    plate: Option<Single<(&Plate, &mut Transform, &mut Visibility)>>,
    mut pages: Query<&mut Node>,
    mut rest: Local<Rest>,
) {
    let Some(plate) = plate else {
        return;
    };
    let (plate, mut place, mut seen) = plate.into_inner();
    if asked.0.is_none() {
        rest.placed = None;
        seen.set_if_neq(Visibility::Hidden);
        return;
    }
    let Some(view) = sight.view(&asked) else {
        return;
    };
    if rest.last.is_some_and(|last| view.is_still(&last)) {
        rest.secs += time.delta_secs();
    } else {
        rest.last = Some(view);
        rest.secs = 0.0;
    }
    let is_placed = rest.placed.is_some_and(|placed| view.is_still(&placed));
    if rest.secs >= REST_SECS && !is_placed {
        let taken = taken(&view, &boards);
        let side = roomiest(view.point(), SIZE_M, window(view.half), &taken, !view.control);
        place.set_if_neq(placed(&view, side));
        lean(&mut pages, plate, side);
        rest.placed = Some(view);
    }
    // Where the window's view turns, a plate that stood still would be anywhere.
    let turned = rest.placed.is_some_and(|placed| {
        !view.worn && !View { towards: view.towards, ..placed }.is_still(&view)
    });
    let shown = rest.placed.is_some() && !turned;
    seen.set_if_neq(if shown { Visibility::Inherited } else { Visibility::Hidden });
}

fn window(half: Vec2) -> Rect {
    Rect { min: -half, max: half }
}

/// Where words hang in this view.
fn taken(view: &View, boards: &Boards) -> Vec<Rect> {
    let into_view = view.turn.inverse();
    let before = |place: Vec3| into_view * (place - view.eye);
    boards
        .iter()
        .filter(|(.., seen)| seen.get())
        .filter_map(|(board, place, _)| {
            let half = board.size_m / 2.0;
            let corners = [vec2(-1.0, -1.0), vec2(1.0, -1.0), vec2(1.0, 1.0), vec2(-1.0, 1.0)]
                .map(|corner| before(place.transform_point((corner * half).extend(0.0))));
            let ahead = corners.iter().all(|corner| corner.z < -0.1);
            let [first, rest @ ..] = corners.map(flat);
            let all = rest
                .iter()
                .fold(Rect { min: first, max: first }, |all, corner| all.union_point(*corner));
            ahead.then_some(all)
        })
        .collect()
}

/// Where the panel hangs on this side of what is pointed at.
fn placed(view: &View, side: Side) -> Transform {
    let middle = side.rect(view.point(), SIZE_M).center();
    Transform {
        translation: view.eye + view.turn * middle.extend(-1.0) * view.distance_m,
        rotation: view.turn,
        scale: Vec3::splat(view.distance_m / BEFORE_EYE_M),
    }
}

/// The card lies in the corner of its panel that is next to what is pointed at, however short its line.
fn lean(nodes: &mut Query<&mut Node>, plate: &Plate, side: Side) {
    let across = if side.left { AlignSelf::End } else { AlignSelf::Start };
    // Above is where the page ends: its last line is next to what is pointed at.
    let down = if side.above { JustifyContent::End } else { JustifyContent::Start };
    if let Ok(mut card) = nodes.get_mut(plate.card)
        && card.align_self != across
    {
        card.align_self = across;
    }
    if let Ok(mut page) = nodes.get_mut(plate.page)
        && page.justify_content != down
    {
        page.justify_content = down;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(towards: Vec3) -> View {
        View {
            eye: vec3(0.0, 1.6, 1.0),
            turn: Quat::IDENTITY,
            towards,
            half: vec2(1.0, 0.57),
            distance_m: BEFORE_EYE_M,
            worn: false,
            control: false,
        }
    }

    #[test]
    fn the_plate_faces_the_eye_beside_what_is_pointed_at() {
        let view = view(vec3(0.4, 1.6, -1.0));
        let side = roomiest(view.point(), SIZE_M, window(view.half), &[], true);
        let place = placed(&view, side);
        let local = place.translation - view.eye;
        assert!((local.z + BEFORE_EYE_M).abs() < 1e-5);
        let to_point = local.xy() - vec2(0.2, 0.0);
        assert!(to_point.x > SIZE_M.x / 2.0 && to_point.y < -SIZE_M.y / 2.0, "{to_point}");
    }

    #[test]
    fn a_hair_is_no_move_and_an_inch_is_one() {
        let before = view(vec3(0.4, 1.6, -1.0));
        assert!(view(vec3(0.401, 1.6, -1.0)).is_still(&before));
        assert!(!view(vec3(0.43, 1.6, -1.0)).is_still(&before));
        let worn = |x| View { worn: true, ..view(vec3(x, 1.6, -1.0)) };
        assert!(worn(0.43).is_still(&worn(0.4)), "hands tremble");
        assert!(!worn(0.4).is_still(&before), "the headset was put on");
    }
}
