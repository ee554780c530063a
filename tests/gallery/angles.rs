//! How large everything that is read or pressed looks to a visitor in the headset, and in the window's first view.
//!
//! Angles are in dmm: 1 dmm is 1 mm seen from 1 m. What is seen at a slant is as large as what is left of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use bevy::{
    prelude::*,
    ui::{ComputedUiTargetCamera, UiGlobalTransform},
    ui_widgets,
};
use perceptarium::{
    exhibits,
    world::{
        WindowCamera,
        display::{Bars, Field},
        interaction::intent::Intent,
        ui::{
            controls::{ButtonKind, ControlName},
            notice::{Notice, Severity},
            panel::Panel,
            type_size,
        },
    },
};

use crate::{
    halls::{Hall, WINDOW_PX},
    support::exhibit,
};

/// Eyes of a visitor in the middle of the hall, who stands or sits.
const EYES: [(&str, Vec3); 2] =
    [("standing", Vec3::new(0.0, 1.6, 0.0)), ("sitting", Vec3::new(0.0, 1.2, 0.0))];
/// The least size of headings, of text that is read, and of captions and ticks, in dmm.
const HEADING_DMM: f32 = 32.0;
const BODY_DMM: f32 = 24.0;
const CAPTION_DMM: f32 = 20.0;
/// The least height of the one button to press here, and the least side of all else that is pressed, in dmm.
const PRIMARY_DMM: f32 = 64.0;
const TARGET_DMM: f32 = 40.0;
/// The least gap between two targets, in dmm.
const GAP_DMM: f32 = 8.0;
/// The least size of a letter in the window's first view, in pixels.
const LETTER_PX: f32 = 14.0;
/// Fields whose maps are pressed one by one.
const PRESSED_FIELDS: &[&str] =
    &["Filters", "Convolution", "After ReLU", "Pooled", "Weights to", "Wall of mistakes"];

/// A rectangle in the hall: its middle, and the ways from its left to its right edge and from its foot to its head.
#[derive(Clone, Copy, Debug)]
struct Quad {
    middle: Vec3,
    across: Vec3,
    up: Vec3,
}

impl Quad {
    fn corners(&self) -> [Vec3; 4] {
        [(-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)]
            .map(|(across, up)| self.middle + self.across * across + self.up * up)
    }
}

/// How large `extent` looks at `at`, in dmm.
fn dmm(eye: Vec3, at: Vec3, extent: Vec3) -> f32 {
    let sight = at - eye;
    extent.reject_from(sight).length() / sight.length() * 1000.0
}

/// A part of a panel that can be seen, and where it lies in the hall.
struct Part {
    entity: Entity,
    panel: String,
    /// In dmm of the panel, from its top left.
    rect: Rect,
    panel_dmm: Vec2,
    quad: Quad,
    /// The ways of one dmm of the panel along the part's own axes.
    unit: [Vec3; 2],
}

/// All nodes with a component that can be seen.
fn parts<C: Component>(world: &mut World) -> Vec<Part> {
    let mut panels = world.query::<(&Panel, &Name, &GlobalTransform, &InheritedVisibility)>();
    let panels: BTreeMap<Entity, (Panel, String, GlobalTransform, bool)> = panels
        .iter(world)
        .map(|(panel, name, place, seen)| {
            (panel.camera, (panel.clone(), name.to_string(), *place, seen.get()))
        })
        .collect();
    let mut nodes = world.query_filtered::<(
        Entity,
        &ComputedNode,
        &UiGlobalTransform,
        &ComputedUiTargetCamera,
        &InheritedVisibility,
    ), With<C>>();
    let mut parts = Vec::new();
    for (entity, node, place, target, seen) in nodes.iter(world) {
        let panel = target.get().and_then(|camera| panels.get(&camera));
        let Some((panel, name, hung, true)) = panel else {
            continue;
        };
        if !seen.get() || node.is_empty() {
            continue;
        }
        let scale = panel.target.scale_factor;
        let metres_per_dmm = panel.size_m / panel.size_dmm;
        let in_hall = |way: Vec2| {
            let flat = way / scale * metres_per_dmm * vec2(1.0, -1.0);
            hung.affine().transform_vector3(flat.extend(0.0))
        };
        let turned = |way: Vec2| place.matrix2 * way;
        let middle_dmm = place.translation / scale;
        let size = node.size();
        let half = [vec2(-0.5, -0.5), vec2(0.5, -0.5), vec2(0.5, 0.5), vec2(-0.5, 0.5)]
            .map(|corner| turned(corner * size) / scale);
        let reach = half.into_iter().fold(Vec2::ZERO, |most, corner| most.max(corner.abs()));
        let flat = (middle_dmm / panel.size_dmm - 0.5) * vec2(1.0, -1.0) * panel.size_m;
        parts.push(Part {
            entity,
            panel: name.clone(),
            rect: Rect::from_center_half_size(middle_dmm, reach),
            panel_dmm: panel.size_dmm,
            quad: Quad {
                middle: hung.transform_point(flat.extend(0.0)),
                across: in_hall(turned(vec2(size.x, 0.0))),
                up: in_hall(turned(vec2(0.0, -size.y))),
            },
            unit: [in_hall(turned(vec2(scale, 0.0))), in_hall(turned(vec2(0.0, -scale)))],
        });
    }
    parts
}

/// What is wrong, each thing once.
#[derive(Default)]
struct Faults(BTreeSet<String>);

impl Faults {
    fn least(&mut self, what: &str, who: &str, is: f32, least: f32) {
        if is < least {
            self.0.insert(format!("{who}: {what} {is:.1}, must be {least:.0}"));
        }
    }
}

/// A text's panel, words and size of a letter as it was set.
fn texts(world: &mut World) -> Vec<(Part, String, f32)> {
    let parts = parts::<Text>(world);
    let said = |part: Part| {
        let words = world.get::<Text>(part.entity).unwrap().0.clone();
        let FontSize::Px(size) = world.get::<TextFont>(part.entity).unwrap().font_size else {
            panic!("“{words}” is not set in dmm");
        };
        (!words.is_empty()).then_some((part, words, size))
    };
    parts.into_iter().filter_map(said).collect()
}

fn check_texts(world: &mut World, who: &str, eye: Vec3, faults: &mut Faults) -> usize {
    let texts = texts(world);
    for (part, words, size) in &texts {
        let least = match *size {
            size if size >= type_size::HEADING => HEADING_DMM,
            size if size >= type_size::BODY => BODY_DMM,
            _ => CAPTION_DMM,
        };
        let seen = part
            .quad
            .corners()
            .into_iter()
            .flat_map(|corner| part.unit.map(|unit| dmm(eye, corner, unit * *size)));
        let smallest = seen.fold(f32::INFINITY, f32::min);
        let name = format!("{who}, {}, “{}”", part.panel, words.replace('\n', " / "));
        faults.least("letters of", &name, smallest, least);
    }
    texts.len()
}

/// Neither words nor buttons may run over the edge of what they stand on.
fn check_edges(world: &mut World, faults: &mut Faults) {
    /// Rounding to the pixels of a texture.
    const SLACK_DMM: f32 = 1.0;
    let buttons = parts::<ui_widgets::Button>(world).into_iter();
    let buttons = buttons.map(|part| (part, "a button".to_owned()));
    let texts = texts(world).into_iter().map(|(part, words, _)| (part, words));
    for (part, words) in texts.chain(buttons) {
        let page = Rect::from_corners(Vec2::ZERO, part.panel_dmm).inflate(SLACK_DMM);
        if !page.contains(part.rect.min) || !page.contains(part.rect.max) {
            faults.0.insert(format!(
                "{}, “{words}” at {:?} runs over the edge of {:?}",
                part.panel, part.rect, part.panel_dmm
            ));
        }
    }
}

fn check_controls(world: &mut World, who: &str, eye: Vec3, faults: &mut Faults) -> usize {
    let mut controls = parts::<ui_widgets::Button>(world);
    controls.extend(parts::<ui_widgets::Checkbox>(world));
    controls.extend(parts::<ui_widgets::RadioButton>(world));
    // The track of a slider is what is pressed; its thumb is what one aims for.
    controls.extend(parts::<ui_widgets::Slider>(world));
    let thumbs = parts::<ui_widgets::SliderThumb>(world);
    let name = |part: &Part| {
        let of = |entity| world.get::<ControlName>(entity).map(|name| name.0);
        let mut above = Some(part.entity);
        let mut found = None;
        while let (Some(entity), None) = (above, found) {
            found = of(entity);
            above = world.get::<ChildOf>(entity).map(ChildOf::parent);
        }
        format!("{who}, {}, {}", part.panel, found.unwrap_or("?"))
    };
    for part in controls.iter().chain(&thumbs) {
        let is_primary = world.get::<ButtonKind>(part.entity) == Some(&ButtonKind::Primary);
        let least = if is_primary { PRIMARY_DMM } else { TARGET_DMM };
        let height = dmm(eye, part.quad.middle, part.quad.up);
        let width = dmm(eye, part.quad.middle, part.quad.across);
        faults.least("height", &name(part), height, least);
        faults.least("width", &name(part), width, TARGET_DMM);
    }
    for (index, a) in controls.iter().enumerate() {
        for b in controls[index + 1..].iter().filter(|b| b.panel == a.panel) {
            let apart = (a.rect.center() - b.rect.center()).abs();
            let gap = apart - (a.rect.size() + b.rect.size()) / 2.0;
            let [across, up] = a.unit;
            // Side by side, or one above the other.
            let gap = (across * gap.x.max(0.0)).length().max((up * gap.y.max(0.0)).length());
            let distance = a.quad.middle.distance(eye);
            let pair = format!("{} and {}", name(a), name(b));
            faults.least("gap of", &pair, gap / distance * 1000.0, GAP_DMM);
        }
    }
    controls.len()
}

/// Maps and bars that are pressed; the gaps between them belong to the nearer one.
fn check_cells(world: &mut World, who: &str, eye: Vec3, faults: &mut Faults) -> usize {
    let mut count = 0;
    let mut fields = world.query::<(&Field, &Name, &GlobalTransform, &InheritedVisibility)>();
    for (field, name, place, seen) in fields.iter(world) {
        if !PRESSED_FIELDS.contains(&name.as_str()) || !seen.get() {
            continue;
        }
        count += 1;
        let layout = field.layout();
        let metres = field.size() / layout.size_cells().as_vec2();
        let pitch = layout.pitch_cells().as_vec2() * metres;
        for map in 0..layout.maps {
            let flat = (layout.rect_of_map(map).center() - 0.5) * vec2(1.0, -1.0) * field.size();
            let middle = place.transform_point(flat.extend(0.0));
            for (what, way) in [("width", Vec3::X * pitch.x), ("height", Vec3::Y * pitch.y)] {
                let seen = dmm(eye, middle, place.affine().transform_vector3(way));
                faults.least(what, &format!("{who}, {name}, map {map}"), seen, TARGET_DMM);
            }
        }
    }
    let mut bars = world.query::<(&Bars, &GlobalTransform)>();
    for (bars, place) in bars.iter(world) {
        count += 1;
        let rows = (0..).map_while(|bar| bars.end_of(bar)).count();
        for bar in 0..rows {
            let span = bars.span_of(bar);
            let flat = vec2(0.0, 0.5 - f32::midpoint(span.start, span.end)) * bars.size();
            let middle = place.transform_point(flat.extend(0.0));
            let height = place.affine().transform_vector3(Vec3::Y * bars.size().y / rows as f32);
            let seen = dmm(eye, middle, height);
            faults.least("height", &format!("{who}, Output bars, bar {bar}"), seen, TARGET_DMM);
        }
    }
    count
}

/// How large letters are in the first view of a window.
fn check_first_view(world: &mut World, faults: &mut Faults) -> usize {
    let (view, projection) = world
        .query_filtered::<(&GlobalTransform, &Projection), With<WindowCamera>>()
        .single(world)
        .unwrap();
    let Projection::Perspective(perspective) = projection else {
        panic!("the window's camera is no perspective");
    };
    let (view, fov) = (view.affine().inverse(), perspective.fov);
    let focal_px = WINDOW_PX.y / 2.0 / (fov / 2.0).tan();
    let mut in_view = 0;
    for (part, words, size) in texts(world) {
        let project = |point: Vec3| {
            let seen = view.transform_point3(point);
            seen.truncate() / -seen.z * focal_px
        };
        let middle = project(part.quad.middle);
        let ahead = view.transform_point3(part.quad.middle).z < 0.0;
        if !ahead || middle.abs().cmpgt(WINDOW_PX / 2.0).any() {
            continue;
        }
        in_view += 1;
        let letter = project(part.quad.middle + part.unit[1] * size).distance(middle);
        let name = format!("first view, {}, “{}”", part.panel, words.replace('\n', " / "));
        faults.least("letters of", &name, letter, LETTER_PX);
    }
    in_view
}

/// Fails with everything that is wrong.
fn report(faults: &Faults) {
    let mut list = String::new();
    for fault in &faults.0 {
        writeln!(list, "  {fault}").unwrap();
    }
    assert!(faults.0.is_empty(), "{} things are too small or too near:\n{list}", faults.0.len());
}

#[test]
fn what_comes_when_it_is_pointed_at_is_large_enough_to_read_and_press() {
    let mut hall = Hall::of(exhibit("digits"));
    let mut faults = Faults::default();
    let in_view = check_first_view(hall.app.world_mut(), &mut faults);
    assert!(in_view > 60, "only {in_view} texts are in the first view");
    for (who, eye) in EYES {
        hall.stand_at(eye);
        let mut look = |hall: &mut Hall, least_texts| {
            let world = hall.app.world_mut();
            let texts = check_texts(world, who, eye, &mut faults);
            assert!(
                texts >= least_texts,
                "{who}: only {texts} of {least_texts} texts are to be seen"
            );
            let controls = check_controls(world, who, eye, &mut faults);
            assert!(controls >= 12, "only {controls} controls are to be seen");
            let cells = check_cells(world, who, eye, &mut faults);
            assert_eq!(cells, PRESSED_FIELDS.len() + 1, "fields and bars");
            check_edges(world, &mut faults);
            texts
        };
        // Some texts come and go with the run.
        let alone = look(&mut hall, 80) - 6;
        // What comes only when it is called for or pointed at.
        for (name, uv) in [
            ("Wall of mistakes", vec2(0.1, 0.1)),
            ("Confusion matrix", vec2(0.05, 0.05)),
            ("Output bars", vec2(0.5, 0.05)),
        ] {
            hall.aim_at(eye, name, uv, false);
            look(&mut hall, alone);
        }
        hall.aim_at(eye, "Convolution", vec2(0.06, 0.06), false);
        look(&mut hall, alone + 5);
        hall.aim_at(eye, "Convolution", vec2(0.56, 0.06), true);
        hall.aim_away();
        look(&mut hall, alone + 8);
        hall.say(Intent::Back);
        hall.say(Intent::Help);
        let text = "The training diverged at step 1,204 with learning rate 0.5.".into();
        hall.app.world_mut().write_message(Notice { severity: Severity::Amber, text });
        hall.settle();
        look(&mut hall, alone + 10);
        hall.say(Intent::Help);
        hall.press("dismiss");
    }
    report(&faults);
}

/// What is pressed in an exhibit, one after the other, until every page of it has been seen.
pub(crate) fn pages(exhibit: &str) -> &'static [&'static str] {
    match exhibit {
        "recommender" => &[
            "unfold-learning",
            "unfold-taste",
            "learning-tab-collect",
            "learning-tab-people",
            "learning-tab-films",
            "learning-tab-train",
            "learning-tab-evaluate",
            "taste-tab-list",
            "film-row-1",
            "why-near",
            "taste-tab-you",
            "search-keys",
            "taste-tab-you",
            "taste-rated",
            "taste-tab-people",
            "taste-tab-filters",
            "filter-numbers",
            "taste-tab-filters",
            "filter-genres",
        ],
        "digits" => &[
            "browse",
            "browse-all",
            "inside",
            "inside-baseline-on",
            "inside-against-on",
            "inside-method-1",
            "inside-method-1",
            "inside-trust",
            "inside-shuffle-more",
            "inside-shuffle-all",
            "inside-shuffle-labels",
            "inside-points",
            "inside-alike",
            "inside-alike-back",
            "inside-landscape",
            "inside-units",
            "inside-unit-on",
            "inside-take-out",
            "inside-weights",
            "inside-weights-zero",
            "inside-layer-on",
            "inside-taught",
            "inside-without",
            "inside-health",
            "inside-doctor",
            "inside-try",
            "inside-branch",
            "inside-robust",
            "inside-sure",
            // Once more, when it has been answered.
            "inside-robust",
            "inside-stronger",
            "inside-sure",
            "inside-points",
            "inside-points-tour",
            "inside-alike",
            "inside-landscape",
            "inside-units",
            "inside-taught",
            "inside-health",
            "inside",
        ],
        "network" => &[
            "network-browse",
            "network-browse-most-loss",
            "network-inside",
            "network-inside-trust",
            "network-inside-shuffle-all",
            "network-inside-units",
            "network-inside-taught",
            "network-inside-health",
            "network-inside-branch",
            "network-inside-points",
            "network-inside-alike",
            "network-inside-landscape",
            "network-inside",
        ],
        // With what spans its space, and wishes that fill the foot of a board.
        "logistic" => &[
            "unfold-steps",
            "unfold-verdict",
            "step-prepare",
            "step-features",
            "features-on",
            "step-model",
            "wish-l1",
            "step-tune",
            "step-evaluate",
            "verdict-row",
            "space-features",
        ],
        "descent" => &["runner-adam", "problem-ravine"],
        _ => &[],
    }
}

#[test]
fn every_page_of_every_exhibit_is_large_enough_to_read_and_press() {
    let mut faults = Faults::default();
    for exhibit in exhibits::ALL {
        let name = exhibit.id.name();
        let mut hall = Hall::of(exhibit);
        let in_view = check_first_view(hall.app.world_mut(), &mut faults);
        assert!(in_view > 20, "only {in_view} texts of {name} are in the first view");
        for (who, eye) in EYES {
            hall.stand_at(eye);
            let mut look = |hall: &mut Hall, page: &str| {
                let world = hall.app.world_mut();
                let place = format!("{who}, {name}, {page}");
                let texts = check_texts(world, &place, eye, &mut faults);
                assert!(texts > 20, "only {texts} texts are to be seen: {place}");
                let controls = check_controls(world, &place, eye, &mut faults);
                assert!(controls >= 12, "only {controls} controls are to be seen: {place}");
                check_edges(world, &mut faults);
            };
            look(&mut hall, "as it opens");
            for page in pages(name) {
                hall.press(page);
                look(&mut hall, page);
            }
        }
    }
    report(&faults);
}
