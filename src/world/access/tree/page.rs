//! One page of the tree: its controls with their roles, its headings, and whatever else is written on it.

use std::collections::HashMap;

use accesskit::{Action, Node as Spoken, Role, Toggled};
use bevy::prelude::*;

use crate::world::{
    access::names::{Kind, Names, State},
    ui::type_size,
};

/// Where a node is seen in the window.
type Bounds<'a> = &'a dyn Fn(Entity) -> Option<accesskit::Rect>;

/// Writes what is told of a page.
pub(super) struct PageWriter<'a, 'w, 's> {
    names: &'a Names<'w, 's>,
    bounds: Bounds<'a>,
    /// What each name was given to, in the order of the page.
    controls: Vec<(Entity, Entity, String)>,
    heading: Option<String>,
}

impl<'a, 'w, 's> PageWriter<'a, 'w, 's> {
    pub(super) fn new(names: &'a Names<'w, 's>, bounds: Bounds<'a>) -> Self {
        Self { names, bounds, controls: Vec::new(), heading: None }
    }

    /// Adds what is told of the page with this root; of an empty page nothing is.
    pub(super) fn write(mut self, root: Entity, told: &mut HashMap<Entity, Spoken>) {
        if !self.visit(root, told) {
            return;
        }
        let mut page = Spoken::new(Role::Group);
        if let Some(heading) = self.heading.take() {
            page.set_label(heading);
        }
        self.place(root, &mut page);
        told.insert(root, page);
        self.tell_apart();
        for (_, bearer, name) in self.controls {
            if let Some(node) = told.get_mut(&bearer) {
                node.set_label(name);
            }
        }
    }

    /// Tells of a node and what is in it; says whether there was anything.
    fn visit(&mut self, entity: Entity, told: &mut HashMap<Entity, Spoken>) -> bool {
        if !self.names.is_seen(entity) {
            return false;
        }
        if let Some(kind) = self.names.kind(entity)
            && kind != Kind::Choice
        {
            return self.visit_control(entity, kind, told);
        }
        if let Some(node) = self.written(entity) {
            told.insert(entity, node);
            return true;
        }
        let (mut any, names) = (false, self.names);
        for part in names.children.get(entity).into_iter().flatten() {
            any |= self.visit(*part, told);
        }
        if any {
            told.insert(entity, self.container(entity));
        }
        any
    }

    /// A group of segments has a name; other nodes only keep what is in them together, and are passed over.
    fn container(&mut self, entity: Entity) -> Spoken {
        if self.names.kind(entity) != Some(Kind::Choice) {
            return Spoken::new(Role::GenericContainer);
        }
        let mut group = Spoken::new(Role::RadioGroup);
        self.place(entity, &mut group);
        self.controls.push((entity, entity, self.names.name(entity)));
        group
    }

    /// The bearer of a slider's role is the part that takes keys; everything between is passed over.
    fn visit_control(
        &mut self,
        entity: Entity,
        kind: Kind,
        told: &mut HashMap<Entity, Spoken>,
    ) -> bool {
        let mut bearer = entity;
        if kind == Kind::Slider {
            let names = self.names;
            let mut parts = names.children.iter_descendants(entity);
            let Some(track) = parts.find(|part| names.tracks.contains(*part)) else {
                return false;
            };
            bearer = track;
            for between in names.parents.iter_ancestors(track) {
                told.insert(between, Spoken::new(Role::GenericContainer));
                if between == entity {
                    break;
                }
            }
        }
        let mut node = self.control(entity, kind);
        self.place(bearer, &mut node);
        self.controls.push((entity, bearer, self.names.name(entity)));
        told.insert(bearer, node);
        true
    }

    fn control(&self, entity: Entity, kind: Kind) -> Spoken {
        let State { on, disabled } = self.names.state(entity);
        let toggled = on.map(|on| if on { Toggled::True } else { Toggled::False });
        let mut node = Spoken::new(match kind {
            Kind::Button | Kind::Toggle => Role::Button,
            Kind::Tab => Role::Tab,
            Kind::Switch => Role::Switch,
            Kind::Radio | Kind::Star => Role::RadioButton,
            Kind::Choice => Role::RadioGroup,
            Kind::Slider => Role::Slider,
            Kind::Field => Role::TextInput,
        });
        match kind {
            Kind::Tab => node.set_selected(on == Some(true)),
            _ => {
                if let Some(toggled) = toggled {
                    node.set_toggled(toggled);
                }
            }
        }
        if let Some(value) = self.names.value(entity) {
            node.set_value(value);
        }
        if let Some(slider) = self.names.slider(entity) {
            node.set_numeric_value(slider.value.into());
            node.set_min_numeric_value((*slider.range.start()).into());
            node.set_max_numeric_value((*slider.range.end()).into());
            for action in [Action::Increment, Action::Decrement, Action::SetValue] {
                node.add_action(action);
            }
        } else {
            node.add_action(Action::Click);
        }
        if kind == Kind::Field {
            node.add_action(Action::SetValue);
        }
        node.add_action(Action::Focus);
        if disabled {
            node.set_disabled();
        }
        node
    }

    /// A text that belongs to no control, if the node is one.
    fn written(&mut self, entity: Entity) -> Option<Spoken> {
        let (text, _) = self.names.texts.get(entity).ok()?;
        // Stars and arrows say nothing to whoever hears them.
        let says = |words: &&str| words.chars().any(char::is_alphanumeric);
        let words = Some(text.0.trim()).filter(says)?.to_owned();
        let letters = self.names.letters_dmm(entity).unwrap_or_default();
        let mut node = if letters >= type_size::HEADING {
            let mut heading = Spoken::new(Role::Heading);
            heading.set_level(if letters >= type_size::TITLE { 1 } else { 2 });
            heading.set_label(words.clone());
            self.heading.get_or_insert(words);
            heading
        } else {
            let mut label = Spoken::new(Role::Label);
            // A label is its value, as accesskit has it.
            label.set_value(words);
            label
        };
        self.place(entity, &mut node);
        Some(node)
    }

    fn place(&self, entity: Entity, node: &mut Spoken) {
        if let Some(bounds) = (self.bounds)(entity) {
            node.set_bounds(bounds);
        }
    }

    /// Controls of a page that are called the same are told apart by what stands beside them, and else by their place;
    /// what is only a sign is always told with that.
    fn tell_apart(&mut self) {
        let is_sign = |name: &str| !name.chars().any(char::is_alphanumeric);
        let doubled = self.doubled();
        for ((entity, _, name), double) in self.controls.iter_mut().zip(doubled) {
            if (double || is_sign(name))
                && let Some(beside) = self.names.beside(*entity)
                && beside != *name
            {
                *name = say!("access-name-of", beside, name = name.as_str());
            }
        }
        let doubled = self.doubled();
        let mut counted: HashMap<String, usize> = HashMap::new();
        for ((.., name), double) in self.controls.iter_mut().zip(doubled) {
            if double || name.is_empty() {
                let count = counted.entry(name.clone()).or_default();
                *count += 1;
                *name = say!("access-name-and-place", name = name.as_str(), place = *count);
            }
        }
    }

    /// For each control, whether another of the page is called the same.
    fn doubled(&self) -> Vec<bool> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for (.., name) in &self.controls {
            *counts.entry(name).or_default() += 1;
        }
        self.controls
            .iter()
            .map(|(.., name)| counts.get(name.as_str()).is_some_and(|n| *n > 1))
            .collect()
    }
}
