//! Pages of a long list: which part of it is shown, and two buttons to leaf through it.

use bevy::{prelude::*, ui::InteractionDisabled};

use crate::world::{
    WorldSystems,
    ui::{
        controls::{Activate, ButtonKind, button, mark},
        type_size, words,
        written_again::WrittenAgain as _,
    },
};

pub(super) fn plugin(app: &mut App) {
    app.written_again::<Pager>().add_systems(
        Update,
        show.after(super::BoardSystems).in_set(WorldSystems::Show).in_set(super::ON_STAGE),
    );
}

/// Which part of a list is shown.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pager {
    /// Before the first that is shown.
    pub(super) first: usize,
    /// Shown at a time.
    pub(super) per: usize,
    /// How many there are.
    pub(super) of: usize,
}

impl Pager {
    pub(super) const fn of(per: usize) -> Self {
        Self { first: 0, per, of: 0 }
    }

    /// The same part of a list that may have become shorter.
    pub(super) fn within(self, of: usize) -> Self {
        let last = of.saturating_sub(1) / self.per * self.per;
        Self { first: self.first.min(last), per: self.per, of }
    }

    fn leafed(self, way: PagerButton) -> Self {
        let first = match way {
            PagerButton::Back => self.first.saturating_sub(self.per),
            PagerButton::On => self.first + self.per,
        };
        Self { first, ..self }.within(self.of)
    }

    fn words(self) -> String {
        match self.of {
            0 => String::new(),
            of => say!(
                "recommender-of",
                first = self.first + 1,
                first2 = (self.first + self.per).min(of),
                of
            ),
        }
    }
}

#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum PagerButton {
    Back,
    On,
}

#[derive(Component)]
struct PagerText;

/// Room for "16–20 of 671", in dmm.
const WORDS_DMM: f32 = 150.0;

/// Writes a pager of so many at a time, marked so that its list finds it.
pub(super) fn write(
    line: &mut ChildSpawnerCommands,
    names: [&'static str; 2],
    per: usize,
    mark: impl Bundle,
) {
    line.spawn((
        Pager::of(per),
        mark,
        Node {
            column_gap: px(type_size::GAP),
            align_items: AlignItems::Center,
            flex_shrink: 0.0,
            ..default()
        },
    ))
    .with_children(|pager| {
        let [back, on] = names;
        pager.spawn((button(back, "‹", ButtonKind::Small), PagerButton::Back)).observe(leaf);
        pager
            .spawn(Node {
                width: px(WORDS_DMM),
                justify_content: JustifyContent::Center,
                ..default()
            })
            .with_child((words::caption(""), TextLayout::no_wrap(), PagerText));
        pager.spawn((button(on, "›", ButtonKind::Small), PagerButton::On)).observe(leaf);
    });
}

fn leaf(press: On<Activate>, ways: Query<(&PagerButton, &ChildOf)>, mut pagers: Query<&mut Pager>) {
    if let Ok((way, parent)) = ways.get(press.entity)
        && let Ok(mut pager) = pagers.get_mut(parent.parent())
    {
        let leafed = pager.leafed(*way);
        pager.set_if_neq(leafed);
    }
}

fn show(
    changed: Query<(Entity, &Pager), Changed<Pager>>,
    children: Query<&Children>,
    ways: Query<(&PagerButton, Has<InteractionDisabled>)>,
    mut places: Query<&mut Text, With<PagerText>>,
    mut commands: Commands,
) {
    for (entity, pager) in &changed {
        for part in children.iter_descendants(entity) {
            if let Ok(mut text) = places.get_mut(part) {
                text.set_if_neq(Text(pager.words()));
            } else if let Ok((way, disabled)) = ways.get(part) {
                let leads = pager.leafed(*way).first != pager.first;
                mark::<InteractionDisabled>(&mut commands, part, disabled, !leads);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leafing_stays_within_the_list() {
        let mut pager = Pager::of(5).within(12);
        assert_eq!(pager.words(), "1–5 of 12");
        pager = pager.leafed(PagerButton::On).leafed(PagerButton::On).leafed(PagerButton::On);
        assert_eq!(pager.words(), "11–12 of 12");
        assert_eq!(pager.within(10).first, 5, "a list became shorter");
        assert_eq!(pager.leafed(PagerButton::Back).first, 5);
        assert_eq!(pager.within(0).words(), "");
        assert_eq!(Pager::of(5).within(5).leafed(PagerButton::On).first, 0);
    }
}
