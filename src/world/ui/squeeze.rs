//! Letters that would be cut at the edge of their page, or of what clips them, are set smaller, those of a row together: names
//! that somebody else gave, and languages in which a word is longer.

use bevy::{
    ecs::entity::EntityHashMap,
    prelude::*,
    text::TextLayoutInfo,
    ui::{CalculatedClip, UiGlobalTransform, UiSystems},
};

use super::{
    controls::{ControlName, Field, Slider},
    words::{letters_dmm, resize},
};
use crate::words::width;

/// The sizes that letters become, of their own: few, as each has pictures of its letters in memory. What does not fit in the
/// smallest is cut.
const SIZES: [f32; 5] = [0.92, 0.84, 0.76, 0.68, 0.6];
/// What may be cut, in pixels: letters end before their room does.
const SLACK_PX: f32 = 1.0;
/// How far letters may reach over their row, in pixels, into the air between it and what stands beside it.
const AIR_PX: f32 = 6.0;
/// Frames in which a text must reach over before it is squeezed: what is new is laid out step by step.
const PATIENCE_FRAMES: u8 = 6;
/// Sizes that differ by less are the same.
const EPSILON_DMM: f32 = 0.01;
/// A text that is this much shorter than the one that was squeezed may have its size again.
const MUCH_SHORTER: f32 = 0.8;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Known>().add_systems(PostUpdate, squeeze.after(UiSystems::PostLayout));
}

/// What is known of texts beside their components: each kind of text is an archetype of its own already, and a component that
/// comes and goes would make several of each, which are never given back.
#[derive(Resource, Debug, Default)]
struct Known {
    /// Letters that are smaller than they were set.
    squeezed: EntityHashMap<Squeezed>,
    /// Texts that reach over, and for how many frames.
    waiting: EntityHashMap<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Squeezed {
    /// As they were set, in dmm.
    size_dmm: f32,
    /// How wide the text was then, in letters.
    letters: usize,
}

/// What has another place or other letters since the last frame.
type LaidOut = Or<(Changed<TextLayoutInfo>, Changed<ComputedNode>, Changed<UiGlobalTransform>)>;

type Texts<'w, 's> = Query<'w, 's, (&'static Text, &'static TextLayoutInfo, &'static mut TextFont)>;
type Places<'w, 's> =
    Query<'w, 's, (&'static Node, &'static ComputedNode, &'static UiGlobalTransform)>;

fn squeeze(
    laid_out: Query<Entity, (With<Text>, LaidOut)>,
    places: Places,
    clips: Query<&CalculatedClip>,
    above: Query<&ChildOf>,
    below: Query<&Children>,
    controls: Query<(), With<ControlName>>,
    lists: Query<&Children, (With<ControlName>, Without<Field>, Without<Slider>)>,
    mut gone: RemovedComponents<Text>,
    mut known: ResMut<Known>,
    mut texts: Texts,
) {
    let Known { squeezed, waiting } = &mut *known;
    for entity in gone.read() {
        squeezed.remove(&entity);
        waiting.remove(&entity);
    }
    for entity in &laid_out {
        let Some(one) = squeezed.get(&entity).copied() else { continue };
        let Ok((text, _, mut font)) = texts.get_mut(entity) else { continue };
        if (width(&text.0) as f32) < one.letters as f32 * MUCH_SHORTER {
            resize(&mut font, one.size_dmm);
            squeezed.remove(&entity);
        }
    }
    let again: Vec<Entity> = waiting.keys().copied().collect();
    let again = again.into_iter().filter(|entity| !laid_out.contains(*entity));
    for entity in laid_out.iter().chain(again) {
        // Rows of lists have a size that can be read; names that are too long for them are shortened.
        let is_listed = |above: Entity| lists.get(above).is_ok_and(|parts| parts.len() > 1);
        if above.iter_ancestors(entity).any(is_listed) {
            continue;
        }
        let row = row_of(entity, &places, &above, &below);
        let Some(room) = room_of(entity, row, &places, &clips, &above, &controls) else { continue };
        let Some(ink) = ink_of(entity, &places, &texts) else { continue };
        let ink = control_of(entity, &places, &above, &controls).unwrap_or(ink);
        let over = (ink.y - room.y).max(0.0) + (room.x - ink.x).max(0.0);
        // What is altogether elsewhere is out of sight on purpose.
        if over <= SLACK_PX || ink.x > room.y || ink.y < room.x {
            waiting.remove(&entity);
            continue;
        }
        let frames = waiting.entry(entity).or_insert(0);
        if *frames < PATIENCE_FRAMES {
            *frames += 1;
            continue;
        }
        let members: Vec<Entity> =
            row.map_or_else(|| vec![entity], |row| below.iter_descendants(row).collect());
        let inks = members.iter().filter_map(|member| ink_of(*member, &places, &texts));
        let all = inks.fold(ink, |all, one| vec2(all.x.min(one.x), all.y.max(one.y)));
        let factor = 1.0 - over / (all.y - all.x);
        for member in members {
            let Ok((text, _, mut font)) = texts.get_mut(member) else { continue };
            let letters = width(&text.0);
            let size_dmm =
                squeezed.get(&member).map_or_else(|| letters_dmm(&font), |one| one.size_dmm);
            let wanted = letters_dmm(&font) * factor / size_dmm;
            let fits = SIZES.into_iter().find(|size| *size <= wanted);
            let smaller = fits.or_else(|| SIZES.last().copied()).unwrap_or(1.0) * size_dmm;
            if smaller < letters_dmm(&font) - EPSILON_DMM {
                resize(&mut font, smaller);
                squeezed.insert(member, Squeezed { size_dmm, letters });
            }
        }
    }
}

/// Where the ink of a text begins and ends from left to right, in pixels of its page; none of what is not laid out.
fn ink_of(entity: Entity, places: &Places, texts: &Texts) -> Option<Vec2> {
    let (_, node, place) = places.get(entity).ok()?;
    let (_, letters, _) = texts.get(entity).ok()?;
    if node.is_empty() {
        return None;
    }
    let corner = node.content_box().min;
    letters.glyphs.iter().fold(None, |ink: Option<Vec2>, glyph| {
        let middle = place.affine().transform_point2(corner + glyph.position).x;
        let half = (glyph.atlas_info.rect.width() / 2.0 - 1.0).max(0.0);
        let (left, right) = (middle - half, middle + half);
        Some(ink.map_or(vec2(left, right), |ink| vec2(ink.x.min(left), ink.y.max(right))))
    })
}

/// Where the control that a text names begins and ends, if it names one; one that clips, as a field does, has its own edge.
fn control_of(
    entity: Entity,
    places: &Places,
    above: &Query<&ChildOf>,
    controls: &Query<(), With<ControlName>>,
) -> Option<Vec2> {
    let control = above.get(entity).ok()?.parent();
    controls.get(control).ok()?;
    let is_open = places.get(control).is_ok_and(|(node, ..)| node.overflow == Overflow::visible());
    is_open.then(|| extent_of(control, places)).flatten()
}

/// From where to where a text can be read, in pixels of its page: within the row in which it flows, if
/// that is a part of a control, as other controls stand beside it.
fn room_of(
    entity: Entity,
    row: Option<Entity>,
    places: &Places,
    clips: &Query<&CalculatedClip>,
    above: &Query<&ChildOf>,
    controls: &Query<(), With<ControlName>>,
) -> Option<Vec2> {
    let (_, page, _) = places.get(above.root_ancestor(entity)).ok()?;
    let mut room = vec2(0.0, page.size().x);
    let is_part = |row: &Entity| above.iter_ancestors(*row).any(|above| controls.contains(above));
    let mut within = |from: f32, to: f32| room = vec2(room.x.max(from), room.y.min(to));
    if let Ok(clip) = clips.get(entity) {
        within(clip.clip.min.x, clip.clip.max.x);
    }
    if let Some(box_of_row) = row.filter(is_part).and_then(|row| extent_of(row, places)) {
        within(box_of_row.x - AIR_PX, box_of_row.y + AIR_PX);
    }
    Some(room)
}

/// Where a node begins and ends from left to right, in pixels of its page.
fn extent_of(node: Entity, places: &Places) -> Option<Vec2> {
    let (_, node, place) = places.get(node).ok()?;
    let (middle, half) = (place.affine().translation.x, node.size().x / 2.0);
    Some(vec2(middle - half, middle + half))
}

/// The nearest row in which a text flows with others, as buttons do beside each other.
fn row_of(
    entity: Entity,
    places: &Places,
    above: &Query<&ChildOf>,
    below: &Query<&Children>,
) -> Option<Entity> {
    let root = above.root_ancestor(entity);
    let mut at = entity;
    while at != root {
        if places.get(at).is_ok_and(|(node, ..)| node.position_type == PositionType::Absolute) {
            return None;
        }
        at = above.get(at).ok()?.parent();
        let is_row =
            places.get(at).is_ok_and(|(node, ..)| node.flex_direction == FlexDirection::Row);
        if at != root && is_row && below.get(at).is_ok_and(|some| some.len() > 1) {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{
        headless::{frames, hall, lay_out, panel},
        ui::{
            controls::{ButtonKind, button, row},
            words,
        },
    };

    fn size_of(app: &App, text: Entity) -> f32 {
        letters_dmm(app.world().get::<TextFont>(text).unwrap())
    }

    /// The ink of all texts of a hall, and the width of its one page.
    fn farthest(app: &mut App) -> f32 {
        let mut texts =
            app.world_mut().query::<(&TextLayoutInfo, &ComputedNode, &UiGlobalTransform)>();
        let ends = texts.iter(app.world()).map(|(letters, node, place)| {
            place.affine().translation.x - node.size().x / 2.0 + letters.size.x
        });
        ends.fold(0.0, f32::max)
    }

    #[test]
    fn a_name_that_is_too_long_is_set_smaller_and_a_shorter_one_as_it_was() {
        let mut app = hall();
        let page = panel(&mut app).root;
        let text = app
            .world_mut()
            .spawn((words::heading("short"), TextLayout::no_wrap(), ChildOf(page)))
            .id();
        lay_out(&mut app);
        let usual = size_of(&app, text);
        let wide = app.world().get::<ComputedNode>(page).unwrap().size().x;
        app.world_mut().get_mut::<Text>(text).unwrap().0 =
            "a name that somebody gave a layer of a network of theirs".into();
        frames(&mut app, 40);
        let smaller = size_of(&app, text);
        let share = smaller / usual;
        assert!(SIZES.iter().any(|size| (size - share).abs() < 1e-3), "{smaller} of {usual}");
        if share > SIZES[4] {
            let end = farthest(&mut app);
            assert!(end <= wide + 2.0, "{end} of {wide}");
        }
        app.world_mut().get_mut::<Text>(text).unwrap().0 = "short".into();
        frames(&mut app, 40);
        assert_eq!(size_of(&app, text), usual);
    }

    #[test]
    fn buttons_of_a_row_stay_of_one_size() {
        let mut app = hall();
        let page = panel(&mut app).root;
        let line = app.world_mut().spawn((row(), ChildOf(page))).id();
        for name in ["one", "two", "three", "four"] {
            let label = "Neighbours of it";
            app.world_mut().spawn((button(name, label, ButtonKind::Small), ChildOf(line)));
        }
        lay_out(&mut app);
        frames(&mut app, 40);
        let squeezed = app.world().resource::<Known>().squeezed.keys();
        let sizes: Vec<f32> = squeezed.map(|text| size_of(&app, *text)).collect();
        assert_eq!(sizes.len(), 4);
        assert!(sizes.iter().all(|size| (size - sizes[0]).abs() < 0.01), "{sizes:?}");
    }
}
