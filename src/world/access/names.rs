//! What controls are, what they are called, and what they say: in the language that is spoken, from what is written on
//! and beside them.

use bevy::{
    ecs::system::SystemParam,
    prelude::*,
    ui::{Checked, InteractionDisabled},
    ui_widgets::{Button as Pressable, Checkbox, RadioButton, RadioGroup, Slider as Track},
};

use crate::{
    sentence::number,
    world::ui::{
        controls::{ButtonKind, Field, HalfStar, IsTab, Slider, Stars},
        words,
    },
};

/// What a control is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Something happens when it is pressed.
    Button,
    /// A button that stays down.
    Toggle,
    /// It opens a page of a board.
    Tab,
    /// It is on or off.
    Switch,
    /// One of several of which one is chosen.
    Radio,
    /// Several of which one is chosen.
    Choice,
    /// A number within a range.
    Slider,
    /// A line that takes letters.
    Field,
    /// So many stars.
    Star,
}

/// How a control stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    /// Whether it holds, of what can hold.
    pub on: Option<bool>,
    pub disabled: bool,
}

type Parts = (
    Has<Pressable>,
    Has<Checkbox>,
    Has<ButtonKind>,
    (Has<RadioGroup>, Has<RadioButton>, Has<IsTab>),
    Option<&'static Slider>,
    Option<&'static Field>,
    Option<&'static HalfStar>,
    (Has<Checked>, Has<InteractionDisabled>),
);

/// Names of controls and the words of pages.
#[derive(SystemParam)]
pub(super) struct Names<'w, 's> {
    parts: Query<'w, 's, Parts>,
    pub(super) texts: Query<'w, 's, (&'static Text, &'static TextFont)>,
    pub(super) nodes:
        Query<'w, 's, (&'static Node, &'static ComputedNode, &'static InheritedVisibility)>,
    pub(super) children: Query<'w, 's, &'static Children>,
    pub(super) parents: Query<'w, 's, &'static ChildOf>,
    /// The parts of sliders that take keys.
    pub(super) tracks: Query<'w, 's, (), With<Track>>,
    stars: Query<'w, 's, &'static Stars>,
}

/// How far up the tree a label may stand beside a control: its line, the line's column, and the column's group.
const LEVELS: usize = 3;

impl Names<'_, '_> {
    /// What a control is, if it is one.
    pub(super) fn kind(&self, entity: Entity) -> Option<Kind> {
        let (button, checkbox, button_kind, (group, radio, tab), slider, field, star, _) =
            self.parts.get(entity).ok()?;
        let kinds = [
            (star.is_some(), Kind::Star),
            (field.is_some(), Kind::Field),
            (slider.is_some(), Kind::Slider),
            (group, Kind::Choice),
            (radio, Kind::Radio),
            (checkbox && button_kind, Kind::Toggle),
            (checkbox, Kind::Switch),
            (tab, Kind::Tab),
            (button, Kind::Button),
        ];
        kinds.into_iter().find(|(is, _)| *is).map(|(_, kind)| kind)
    }

    pub(super) fn state(&self, entity: Entity) -> State {
        let Ok((.., star, (checked, disabled))) = self.parts.get(entity) else {
            return State::default();
        };
        let on = match self.kind(entity) {
            Some(Kind::Toggle | Kind::Switch | Kind::Radio | Kind::Tab) => Some(checked),
            // A button that stands for a value stays lit while it holds.
            Some(Kind::Button) => checked.then_some(true),
            Some(Kind::Star) => star.map(|half| self.stars_of(entity) == Some(half.stars())),
            _ => None,
        };
        State { on, disabled }
    }

    fn stars_of(&self, half: Entity) -> Option<f32> {
        let mut above = self.parents.iter_ancestors(half);
        above.find_map(|row| self.stars.get(row).ok()).map(|stars| stars.0)
    }

    /// Its slider, where it is one.
    pub(super) fn slider(&self, entity: Entity) -> Option<&Slider> {
        self.parts.get(entity).ok()?.4
    }

    /// What is written in it, where it is a field.
    pub(super) fn field(&self, entity: Entity) -> Option<&Field> {
        self.parts.get(entity).ok()?.5
    }

    /// What it says beside its name, where it says anything.
    pub(super) fn value(&self, entity: Entity) -> Option<String> {
        let slider = self.slider(entity).map(|slider| (slider.show)(slider.value));
        slider.or_else(|| self.field(entity).map(|field| field.text.clone()))
    }

    /// What it is called: what is written on it, or beside it where nothing is.
    pub(super) fn name(&self, entity: Entity) -> String {
        let own = match self.kind(entity) {
            Some(Kind::Star) => self.star_name(entity),
            Some(Kind::Field) => self.field(entity).map(|field| field.hint.to_string()),
            Some(Kind::Slider) => self.first_text(entity),
            // Its segments say what can be chosen, what stands beside it what for.
            Some(Kind::Choice) => None,
            _ => self.text_of(entity),
        };
        let own = own.filter(|own| !own.trim().is_empty());
        own.or_else(|| self.beside(entity)).or_else(|| self.text_of(entity)).unwrap_or_default()
    }

    fn star_name(&self, entity: Entity) -> Option<String> {
        let half = self.parts.get(entity).ok()?.6?;
        Some(say!("access-stars", stars = number(f64::from(half.stars()))))
    }

    /// Whether a node is laid out and can be seen on its page.
    pub(super) fn is_seen(&self, entity: Entity) -> bool {
        self.nodes.get(entity).is_ok_and(|(node, laid, seen)| {
            node.display != Display::None && !laid.is_empty() && seen.get()
        })
    }

    /// All texts of a node and what is in it, one behind the other.
    pub(super) fn text_of(&self, entity: Entity) -> Option<String> {
        let mut found = Vec::new();
        self.gather(entity, &mut found);
        (!found.is_empty()).then(|| found.join(", "))
    }

    fn gather(&self, entity: Entity, found: &mut Vec<String>) {
        if self.nodes.get(entity).is_ok_and(|(node, ..)| node.display == Display::None) {
            return;
        }
        if let Ok((text, _)) = self.texts.get(entity)
            && !text.0.trim().is_empty()
        {
            found.push(text.0.clone());
        }
        for part in self.children.get(entity).into_iter().flatten() {
            self.gather(*part, found);
        }
    }

    fn first_text(&self, entity: Entity) -> Option<String> {
        let mut parts = self.children.iter_descendants(entity);
        parts.find_map(|part| self.texts.get(part).ok()).map(|(text, _)| text.0.clone())
    }

    /// What stands before a node on its line, or before that.
    pub(super) fn beside(&self, entity: Entity) -> Option<String> {
        let mut node = entity;
        for _ in 0..LEVELS {
            let line = self.parents.get(node).ok()?.parent();
            let siblings = self.children.get(line).ok()?;
            let place = siblings.iter().position(|sibling| sibling == node)?;
            let before = siblings.iter().take(place).collect::<Vec<_>>();
            let words = before.into_iter().rev().filter(|sibling| !self.holds_control(*sibling));
            if let Some(words) = words.filter_map(|sibling| self.text_of(sibling)).next() {
                return Some(words);
            }
            node = line;
        }
        None
    }

    fn holds_control(&self, entity: Entity) -> bool {
        self.kind(entity).is_some()
            || self.children.iter_descendants(entity).any(|part| self.kind(part).is_some())
    }

    /// The control that a node is or belongs to.
    pub(super) fn control_of(&self, entity: Entity) -> Option<Entity> {
        let is_whole = |node: &Entity| self.kind(*node).is_some_and(|kind| kind != Kind::Choice);
        Some(entity).filter(is_whole).or_else(|| self.parents.iter_ancestors(entity).find(is_whole))
    }

    /// A control in one sentence: its name, what it says, and how it stands.
    pub(super) fn told(&self, entity: Entity) -> String {
        let State { on, disabled } = self.state(entity);
        let mut parts = vec![self.name(entity)];
        parts.extend(self.value(entity).filter(|value| !value.is_empty()));
        let stands = match (self.kind(entity), on) {
            (Some(Kind::Switch | Kind::Toggle), Some(true)) => Some(say!("access-on")),
            (Some(Kind::Switch | Kind::Toggle), _) => Some(say!("access-off")),
            (_, Some(true)) => Some(say!("access-chosen")),
            _ => None,
        };
        parts.extend(stands.map(str::to_owned));
        if disabled {
            parts.push(say!("access-not-now").into());
        }
        crate::words::enumerated(&parts)
    }

    /// The size of a text's letters, in dmm.
    pub(super) fn letters_dmm(&self, entity: Entity) -> Option<f32> {
        self.texts.get(entity).ok().map(|(_, font)| words::letters_dmm(font))
    }
}
