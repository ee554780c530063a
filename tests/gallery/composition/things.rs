//! Everything in the hall that is read or shows numbers, with its place there.

use std::collections::BTreeMap;

use bevy::{
    prelude::*,
    text::TextLayoutInfo,
    ui::{CalculatedClip, ComputedUiTargetCamera, OverflowAxis, UiGlobalTransform},
};
use perceptarium::world::{
    display::{Bars, Chart, Field, Ground},
    interaction::aim::Untouchable,
    ui::panel::Panel,
};

/// The corners of a flat thing, in order around it.
pub(super) type Corners = [Vec3; 4];

/// What one reads or looks at.
pub(super) struct Thing {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// A text has one for each of its lines.
    pub(super) parts: Vec<Corners>,
    /// The panel that it is, or is written on, or the display itself.
    pub(super) entity: Entity,
    /// What that hangs on, and what it hangs on in turn.
    pub(super) above: Vec<Entity>,
}

pub(super) enum Kind {
    Text {
        /// Its words.
        words: String,
        /// How far it reaches over the edge of what shows it, in pixels of the page.
        cut_px: f32,
        /// Whether aims go through its panel: it is written over the displays of another.
        over: bool,
    },
    /// A plate that hides what is behind it.
    Board,
    /// A display of numbers.
    Data {
        /// Whether it shows curves, which nothing may be written over.
        curves: bool,
    },
}

fn rectangle(size: Vec2, place: &GlobalTransform) -> Corners {
    let half = size / 2.0;
    [vec2(-half.x, half.y), half, vec2(half.x, -half.y), -half]
        .map(|corner| place.transform_point(corner.extend(0.0)))
}

fn above(world: &World, entity: Entity) -> Vec<Entity> {
    let parent = |entity| world.get::<ChildOf>(entity).map(ChildOf::parent);
    std::iter::successors(parent(entity), |above| parent(*above)).collect()
}

/// All of them that can be seen.
pub(super) fn all(world: &mut World) -> Vec<Thing> {
    let mut things = boards(world);
    things.extend(displays(world));
    things.extend(texts(world));
    things
}

/// Whether a page has a ground that hides what is behind it; that of some is a node of its own over the whole page.
fn is_plate(world: &World, root: Entity) -> bool {
    let size =
        |node: Entity| world.get::<ComputedNode>(node).map_or(Vec2::ZERO, ComputedNode::size);
    let parts = world.get::<Children>(root).into_iter().flatten().copied();
    let mut grounds = parts
        .chain([root])
        .filter(|part| size(*part).cmpge(size(root) * 0.95).all())
        .filter_map(|part| world.get::<BackgroundColor>(part));
    grounds.any(|ground| !ground.0.is_fully_transparent())
}

fn boards(world: &mut World) -> Vec<Thing> {
    let mut panels =
        world.query::<(Entity, &Panel, &Name, &GlobalTransform, &InheritedVisibility)>();
    let seen: Vec<_> = panels
        .iter(world)
        .filter(|(.., seen)| seen.get())
        .map(|(entity, panel, name, place, _)| {
            (entity, panel.root, name.to_string(), rectangle(panel.size_m, place))
        })
        .collect();
    seen.into_iter()
        .filter(|(_, root, ..)| is_plate(world, *root))
        .map(|(entity, _, name, corners)| Thing {
            name: format!("the board {name}"),
            kind: Kind::Board,
            parts: vec![corners],
            entity,
            above: above(world, entity),
        })
        .collect()
}

fn displays(world: &mut World) -> Vec<Thing> {
    let mut displays = world.query::<(
        Entity,
        Option<&Name>,
        &GlobalTransform,
        &InheritedVisibility,
        (Option<&Field>, Option<&Bars>, Option<&Chart>, Option<&Ground>),
    )>();
    let found: Vec<_> = displays
        .iter(world)
        .filter(|(.., seen, _)| seen.get())
        .filter_map(|(entity, name, place, _, (field, bars, chart, ground))| {
            let corners = match (field, bars, chart, ground) {
                (Some(field), ..) => rectangle(field.size(), place),
                (_, Some(bars), ..) => rectangle(bars.size(), place),
                (_, _, Some(chart), _) => rectangle(chart.size(), place),
                // It lies: what is across and away is x and z.
                (.., Some(ground)) => rectangle(ground.size, place).map(|corner| {
                    let local = place.affine().inverse().transform_point3(corner);
                    place.transform_point(vec3(local.x, 0.0, -local.y))
                }),
                _ => return None,
            };
            let name = name.map_or_else(|| "a display".to_owned(), ToString::to_string);
            Some((entity, name, corners, chart.is_some()))
        })
        .collect();
    found
        .into_iter()
        .map(|(entity, name, corners, curves)| Thing {
            name: format!("the display {name}"),
            kind: Kind::Data { curves },
            parts: vec![corners],
            entity,
            above: above(world, entity),
        })
        .collect()
}

/// The ink of a text, line by line, in pixels of its page.
fn lines(letters: &TextLayoutInfo, node: &ComputedNode, place: &UiGlobalTransform) -> Vec<Rect> {
    let corner = node.content_box().min;
    let mut lines: BTreeMap<usize, Rect> = BTreeMap::new();
    for glyph in &letters.glyphs {
        let middle = place.affine().transform_point2(corner + glyph.position);
        // A pixel of air surrounds each letter in its atlas.
        let size = (glyph.atlas_info.rect.size() - 2.0).max(Vec2::ZERO);
        let ink = Rect::from_center_size(middle, size);
        if !ink.is_empty() {
            lines.entry(glyph.line_index).and_modify(|line| *line = line.union(ink)).or_insert(ink);
        }
    }
    lines.into_values().collect()
}

fn texts(world: &mut World) -> Vec<Thing> {
    let mut panels =
        world.query::<(Entity, &Panel, &Name, &GlobalTransform, &InheritedVisibility)>();
    let panels: BTreeMap<Entity, (Entity, Panel, String, GlobalTransform)> = panels
        .iter(world)
        .filter(|(.., seen)| seen.get())
        .map(|(entity, panel, name, place, _)| {
            (panel.camera, (entity, panel.clone(), name.to_string(), *place))
        })
        .collect();
    let mut nodes = world.query::<(
        Entity,
        (&Text, &TextLayoutInfo, &TextColor),
        (&ComputedNode, &UiGlobalTransform, Option<&CalculatedClip>),
        &ComputedUiTargetCamera,
        &InheritedVisibility,
    )>();
    let mut things = Vec::new();
    for (entity, (text, letters, ink), (node, place, clip), target, seen) in nodes.iter(world) {
        let panel = target.get().and_then(|camera| panels.get(&camera));
        let Some((panel_entity, panel, panel_name, hung)) = panel else {
            continue;
        };
        if !seen.get() || node.is_empty() || ink.0.is_fully_transparent() {
            continue;
        }
        let pixels = panel.size_dmm * panel.target.scale_factor;
        let page = Rect::from_corners(Vec2::ZERO, pixels);
        let clip = clip.map_or(page, |clip| clip.clip.intersect(page));
        let lines = lines(letters, node, place);
        let (mut cut_px, mut parts) = (0.0_f32, Vec::new());
        for line in lines {
            let left = clip.intersect(line);
            if left.is_empty() {
                continue;
            }
            let over = (line.max - clip.max).max(clip.min - line.min);
            cut_px =
                cut_px.max(if is_scrolled(world, entity) { over.x } else { over.max_element() });
            let at = |corner: Vec2| {
                let flat = (corner / pixels - 0.5) * vec2(1.0, -1.0) * panel.size_m;
                hung.transform_point(flat.extend(0.0))
            };
            let (min, max) = (left.min, left.max);
            parts.push([min, vec2(max.x, min.y), max, vec2(min.x, max.y)].map(at));
        }
        if parts.is_empty() {
            continue;
        }
        things.push(Thing {
            name: format!("{panel_name}, “{}”", text.0.replace('\n', " / ")),
            kind: Kind::Text {
                words: text.0.clone(),
                cut_px,
                over: world.get::<Untouchable>(*panel_entity).is_some(),
            },
            parts,
            entity: *panel_entity,
            above: above(world, *panel_entity),
        });
    }
    things
}

/// Whether it is in a list that scrolls, whose ends may cut a row.
fn is_scrolled(world: &World, entity: Entity) -> bool {
    above(world, entity).into_iter().any(|above| {
        world.get::<Node>(above).is_some_and(|node| node.overflow.y == OverflowAxis::Scroll)
    })
}
