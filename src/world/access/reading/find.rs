//! Which words are pointed at: a control with its name and value, a text of a page, or what an exhibit says of a number.

use bevy::{
    ecs::system::SystemParam,
    input_focus::{InputFocus, InputFocusVisible},
    prelude::*,
    ui::UiGlobalTransform,
};

use super::{ReadingPlate, Words};
use crate::world::{
    access::names::Names,
    interaction::aim::{Aim, AimedAt, Leads},
    pointed_at::PointedAt,
    ui::{panel::Panel, type_size},
};

/// Words that hang so far behind what is aimed at are read all the same, in metres: sheets lie behind their displays.
const BEHIND_M: f32 = 0.05;
/// Around a text one still points at it, in dmm.
const AROUND_DMM: f32 = 6.0;

type AimOf = (&'static Aim, &'static AimedAt, Has<Leads>);
type PanelOf = (&'static Panel, &'static GlobalTransform, &'static InheritedVisibility);

/// What the hall has to read.
#[derive(SystemParam)]
pub(super) struct Finder<'w, 's> {
    aims: Query<'w, 's, AimOf>,
    panels: Query<'w, 's, PanelOf, Without<ReadingPlate>>,
    names: Names<'w, 's>,
    laid: Query<'w, 's, (&'static ComputedNode, &'static UiGlobalTransform)>,
    focus: Option<Res<'w, InputFocus>>,
    focus_visible: Option<Res<'w, InputFocusVisible>>,
    pointed_at: Option<Res<'w, PointedAt>>,
}

/// Where a ray meets a page.
struct OnPage<'a> {
    panel: &'a Panel,
    distance_m: f32,
    point: Vec3,
    /// From the page's top left, in dmm.
    at_dmm: Vec2,
}

impl Finder<'_, '_> {
    /// What the keyboard acts on, or else what an aim points at: the leading hand's, if it points at anything.
    pub(super) fn words(&self) -> Option<Words> {
        self.focused().or_else(|| {
            let of = |lead| self.aims.iter().filter(move |(.., leads)| *leads == lead);
            of(true).chain(of(false)).find_map(|(aim, meets, _)| self.pointed(aim, meets))
        })
    }

    fn focused(&self) -> Option<Words> {
        let visible = self.focus_visible.as_ref().is_some_and(|visible| visible.0);
        let focused = self.focus.as_ref().filter(|_| visible)?.get()?;
        let control = self.names.control_of(focused)?;
        let root = self.names.parents.root_ancestor(control);
        let (panel, place, _) = self.panels.iter().find(|(panel, ..)| panel.root == root)?;
        let (_, on_page) = self.laid.get(focused).ok()?;
        let at_dmm = on_page.transform_point2(Vec2::ZERO) / panel.target.scale_factor;
        let local = (at_dmm / panel.size_dmm - 0.5) * vec2(1.0, -1.0) * panel.size_m;
        let place = place.transform_point(local.extend(0.0));
        Some(self.of_control(control, place))
    }

    fn of_control(&self, control: Entity, place: Vec3) -> Words {
        let mut parts = self.names.children.iter_descendants(control);
        let letters_dmm = parts.find_map(|part| self.names.letters_dmm(part));
        let letters_dmm = letters_dmm.unwrap_or(type_size::BODY).min(type_size::HEADING);
        Words { text: self.names.told(control), letters_dmm, place }
    }

    fn pointed(&self, aim: &Aim, meets: &AimedAt) -> Option<Words> {
        let ray = aim.ray?;
        let reach = meets.0.map_or(f32::INFINITY, |hit| hit.distance + BEHIND_M);
        let mut pages: Vec<OnPage> = self
            .panels
            .iter()
            .filter(|(.., seen)| seen.get())
            .filter_map(|(panel, place, _)| on_page(ray, panel, place))
            .filter(|met| met.distance_m <= reach)
            .collect();
        pages.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m));
        let written = pages.iter().find_map(|page| self.at(page.panel.root, page));
        let of_number = || {
            let (hit, text) = (meets.0?, self.pointed_at.as_ref()?.0.clone()?);
            Some(Words { text, letters_dmm: type_size::BODY, place: hit.point })
        };
        written.or_else(of_number)
    }

    /// What is written at a place of a page, in this node or in what is in it.
    fn at(&self, node: Entity, page: &OnPage) -> Option<Words> {
        if !self.names.is_seen(node) {
            return None;
        }
        let (laid, place) = self.laid.get(node).ok()?;
        let scale = page.panel.target.scale_factor;
        let centre = place.transform_point2(Vec2::ZERO) / scale;
        let half = laid.size() / scale / 2.0 + AROUND_DMM;
        let is_here = (page.at_dmm - centre).abs().cmple(half).all();
        if is_here && self.names.control_of(node) == Some(node) {
            return Some(self.of_control(node, page.point));
        }
        if is_here
            && let Ok((text, _)) = self.names.texts.get(node)
            && !text.0.trim().is_empty()
        {
            let letters_dmm = self.names.letters_dmm(node)?;
            return Some(Words { text: text.0.clone(), letters_dmm, place: page.point });
        }
        let parts = self.names.children.get(node).ok()?;
        parts.iter().find_map(|part| self.at(part, page))
    }
}

/// Where a ray meets a page from before it, if it does.
fn on_page<'a>(ray: Ray3d, panel: &'a Panel, place: &GlobalTransform) -> Option<OnPage<'a>> {
    let back = place.affine().inverse();
    let origin = back.transform_point3(ray.origin);
    let way = back.transform_vector3(*ray.direction);
    // Whoever stands behind a page reads nothing on it.
    if origin.z <= 0.0 || way.z >= 0.0 {
        return None;
    }
    let distance_m = -origin.z / way.z;
    let local = (origin + way * distance_m).truncate();
    let at_dmm = (local / panel.size_m * vec2(1.0, -1.0) + 0.5) * panel.size_dmm;
    let inside = at_dmm.cmpge(Vec2::ZERO).all() && at_dmm.cmple(panel.size_dmm).all();
    let point = ray.get_point(distance_m);
    inside.then_some(OnPage { panel, distance_m, point, at_dmm })
}
