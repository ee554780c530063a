//! Writes down what is to be drawn on a page, from its tree as it was laid out.

use std::ops::Range;

use bevy::{
    ecs::system::SystemParam,
    math::Affine2,
    prelude::*,
    text::TextLayoutInfo,
    ui::{CalculatedClip, UiGlobalTransform, UiStack},
};

use super::mark::{Mark, PageArea};
use crate::world::ui::contrast::Contrast;

/// All marks of a page from back to front, in stretches that need one texture of letters at most.
#[derive(Debug, Default)]
pub(in crate::world::ui) struct Drawing {
    pub(super) marks: Vec<Mark>,
    pub(super) stretches: Vec<Stretch>,
}

/// Marks that are drawn at once.
#[derive(Debug, PartialEq)]
pub(super) struct Stretch {
    pub marks: Range<u32>,
    /// None where there are no letters among them.
    pub letters: Option<AssetId<Image>>,
}

impl Drawing {
    fn put(&mut self, mark: Mark, letters: Option<AssetId<Image>>) {
        let at = self.marks.len() as u32;
        self.marks.push(mark);
        if let Some(last) = self.stretches.last_mut()
            && (last.letters == letters || last.letters.is_none() || letters.is_none())
        {
            last.marks.end = at + 1;
            last.letters = last.letters.or(letters);
            return;
        }
        self.stretches.push(Stretch { marks: at..at + 1, letters });
    }
}

/// What a node looks like.
type Looks = (
    (&'static ComputedNode, &'static UiGlobalTransform, &'static InheritedVisibility),
    (Option<&'static CalculatedClip>, Option<&'static Node>),
    (
        Option<&'static BackgroundColor>,
        Option<&'static BorderColor>,
        Option<&'static Outline>,
        Option<(&'static TextLayoutInfo, &'static TextColor)>,
    ),
);

/// Reads pages.
#[derive(SystemParam)]
pub(in crate::world::ui) struct Composer<'w, 's> {
    stack: Res<'w, UiStack>,
    nodes: Query<'w, 's, Looks>,
    contrast: Res<'w, Contrast>,
}

impl Composer<'_, '_> {
    /// Everything on the page with this root, whose texture has this size in pixels.
    ///
    /// Pages use what is understood here: one colour for all sides of a frame, texts of one section, no pictures,
    /// shadows or gradients.
    pub(in crate::world::ui) fn compose(&self, root: Entity, size: Vec2) -> Drawing {
        let mut drawing = Drawing::default();
        let stack = &self.stack;
        let of_page = stack
            .partition
            .iter()
            .find(|range| stack.uinodes.get(range.start).is_some_and(|first| *first == root));
        let nodes = of_page.and_then(|range| stack.uinodes.get(range.clone())).unwrap_or_default();
        for ((node, place, seen), (clip, style), looks) in self.nodes.iter_many(nodes) {
            let gone = style.is_some_and(|style| style.display == Display::None);
            if !seen.get() || node.is_empty() || gone {
                continue;
            }
            let whole = Rect { min: Vec2::ZERO, max: size };
            let clip = clip.map_or(whole, |clip| clip.clip.intersect(whole));
            if !clip.is_empty() {
                let paper = PageArea { size, clip };
                draw(&mut drawing, paper, node, place.into(), looks, *self.contrast);
            }
        }
        drawing
    }
}

fn draw(
    drawing: &mut Drawing,
    paper: PageArea,
    node: &ComputedNode,
    place: Affine2,
    (ground, frame, outline, text): (
        Option<&BackgroundColor>,
        Option<&BorderColor>,
        Option<&Outline>,
        Option<(&TextLayoutInfo, &TextColor)>,
    ),
    contrast: Contrast,
) {
    let seen = |colour: &Color| !colour.is_fully_transparent();
    let radius = node.border_radius().into();
    if let Some(colour) = ground.map(|ground| ground.0).filter(seen) {
        drawing.put(paper.filled(place, node.size(), radius, contrast.of(colour)), None);
    }
    let widths = node.border();
    let widths = [widths.min_inset.x, widths.min_inset.y, widths.max_inset.x, widths.max_inset.y];
    if let Some(colour) = frame.map(|frame| frame.top).filter(seen)
        && widths.iter().any(|width| *width > 0.0)
    {
        let colour = contrast.of(colour);
        drawing.put(paper.framed(place, node.size(), radius, colour, widths), None);
    }
    let width = node.outline_width();
    if let Some(colour) = outline.map(|outline| outline.color).filter(seen)
        && width > 0.0
    {
        let (size, radius) = (node.outlined_node_size(), node.outline_radius().into());
        let colour = contrast.of(colour);
        drawing.put(paper.framed(place, size, radius, colour, [width; 4]), None);
    }
    let Some((layout, ink)) = text else {
        return;
    };
    let corner = place * Affine2::from_translation(node.content_box().min);
    for glyph in &layout.glyphs {
        let atlas = &glyph.atlas_info;
        // What is no mask brings its own colours.
        let ink = if atlas.is_alpha_mask { contrast.of(ink.0) } else { Color::default() };
        let place = corner * Affine2::from_translation(glyph.position);
        drawing.put(paper.letter(place, atlas.rect, ink), Some(atlas.texture));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{
        headless::{frames, hall, lay_out, panel},
        ui::{
            controls::{ButtonKind, button},
            panel::Panel,
        },
    };
    use bevy::ecs::system::RunSystemOnce;

    fn uuid(number: u128) -> AssetId<Image> {
        AssetId::Uuid { uuid: bevy::asset::uuid::Uuid::from_u128(number) }
    }

    #[test]
    fn marks_without_letters_join_any_stretch_and_other_letters_begin_one() {
        let mut drawing = Drawing::default();
        for letters in [None, Some(uuid(1)), None, Some(uuid(1)), Some(uuid(2)), None] {
            drawing.put(Mark::default(), letters);
        }
        let stretch = |marks, letters| Stretch { marks, letters };
        let wanted = [stretch(0..4, Some(uuid(1))), stretch(4..6, Some(uuid(2)))];
        assert_eq!(drawing.stretches, wanted);
    }

    #[test]
    fn a_page_is_its_ground_its_frame_and_its_letters() {
        let mut app = hall();
        let hung = panel(&mut app);
        let bare = compose(&mut app, hung.panel).marks.len();
        app.world_mut().spawn((button("go", "Go!", ButtonKind::Plain), ChildOf(hung.root)));
        lay_out(&mut app);
        frames(&mut app, 60);
        let drawing = compose(&mut app, hung.panel);
        let letters: u32 = drawing.marks.iter().map(|mark| u32::from(mark.is_letter())).sum();
        assert_eq!(letters, 3);
        assert!(drawing.marks.len() > bare + 3, "a button has a ground");
        assert!(drawing.stretches.iter().any(|stretch| stretch.letters.is_some()));
        let covered: u32 = drawing.stretches.iter().map(|stretch| stretch.marks.len() as u32).sum();
        assert_eq!(covered as usize, drawing.marks.len());
    }

    fn compose(app: &mut App, panel: Entity) -> Drawing {
        let Panel { root, size_dmm, target, .. } = app.world().get::<Panel>(panel).unwrap().clone();
        app.update();
        let size = size_dmm * target.scale_factor;
        app.world_mut()
            .run_system_once(move |composer: Composer| composer.compose(root, size))
            .unwrap()
    }
}
