//! The list: what the model would suggest, best first, and where each film stood before.

use bevy::{prelude::*, ui::Checked};

use super::{
    BoardSystems, between, keeping,
    news::{Answered, Catalogue, news},
    pager::{self, Pager},
    slide::Slide,
    tabs::{Open, TastePage},
    words as say,
};
use crate::{
    exhibits::recommender::{
        payload::{Listed, TasteAnswer},
        view::attention::{TasteAttention, Who},
    },
    world::ui::{
        controls::{Activate, Entry, Lines, entry, mark},
        type_size, words,
    },
};

/// Lines that are shown at a time.
const ROWS: usize = 5;
const NAMES: [&str; ROWS] = ["film-row-1", "film-row-2", "film-row-3", "film-row-4", "film-row-5"];

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        show_list
            .run_if(news.or_eager(|pagers: Query<(), (With<ListPager>, Changed<Pager>)>| {
                !pagers.is_empty()
            }))
            .in_set(BoardSystems),
    );
}

/// A line of the list, by its place on the page.
#[derive(Component, Clone, Copy, Debug)]
struct ListRow(usize);

/// The pager of the list.
#[derive(Component, Clone, Copy, Debug)]
struct ListPager;

/// What is read above the list.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    Whose,
    Filters,
}

pub(super) fn write(page: &mut ChildSpawnerCommands) {
    page.spawn(Node { align_items: AlignItems::Start, ..between() }).with_children(|line| {
        line.spawn(Node {
            flex_direction: FlexDirection::Column,
            flex_grow: 1.0,
            flex_basis: px(0),
            // Two lines of filters, so that the list does not jump when there is one.
            height: px(type_size::ROW * 2.0 + type_size::GAP),
            overflow: Overflow::clip(),
            ..default()
        })
        .with_children(|column| {
            column.spawn((words::figure(""), Head::Whose));
            column.spawn((words::caption(""), Head::Filters));
        });
        line.spawn(Node {
            flex_direction: FlexDirection::Column,
            align_items: AlignItems::End,
            row_gap: px(type_size::GAP),
            ..default()
        })
        .with_children(|column| {
            pager::write(column, ["list-back", "list-on"], ROWS, ListPager);
            keeping::write_list_button(column);
        });
    });
    for (place, name) in NAMES.into_iter().enumerate() {
        page.spawn((entry(name, Lines::One), ListRow(place), Slide::default())).observe(choose);
    }
}

fn choose(
    press: On<Activate>,
    rows: Query<&ListRow>,
    pagers: Query<&Pager, With<ListPager>>,
    answered: Res<Answered>,
    mut attention: ResMut<TasteAttention>,
    mut open: ResMut<Open>,
) {
    let (Ok(row), Ok(pager), Some(answer)) = (rows.get(press.entity), pagers.single(), &answered.0)
    else {
        return;
    };
    if let Some(listed) = answer.list.get(pager.first + row.0) {
        attention.chosen = Some(listed.item);
        // It may have been chosen before, and is asked about again.
        let wanted = open.at(TastePage::Why);
        open.set_if_neq(wanted);
    }
}

/// The list as it was shown last.
#[derive(Default)]
struct Before {
    /// Whose it was.
    who: Option<(Who, Option<Who>)>,
    items: Vec<u32>,
    /// Where each of them had been in the list before that.
    earlier: Vec<u32>,
}

impl Before {
    /// Notes a list; another person's list tells nothing of what rose and fell.
    fn note(&mut self, who: (Who, Option<Who>), list: &[Listed]) -> bool {
        let items: Vec<u32> = list.iter().map(|listed| listed.item).collect();
        if self.who != Some(who) {
            *self = Self { who: Some(who), earlier: items.clone(), items };
            return false;
        }
        if self.items == items {
            return false;
        }
        self.earlier = std::mem::replace(&mut self.items, items);
        true
    }

    fn earlier_place(&self, item: u32) -> Option<usize> {
        self.earlier.iter().position(|earlier| *earlier == item)
    }

    /// How it came to its place.
    fn mark(&self, item: u32, place: usize) -> String {
        match self.earlier_place(item) {
            None => say!("recommender-new").to_owned(),
            Some(before) if before > place => format!("▲{}", before - place),
            Some(before) if before < place => format!("▼{}", place - before),
            Some(_) => String::new(),
        }
    }
}

fn show_list(
    answered: Res<Answered>,
    attention: Res<TasteAttention>,
    catalogue: Res<Catalogue>,
    mut before: Local<Before>,
    mut pagers: Query<&mut Pager, With<ListPager>>,
    mut heads: Query<(&Head, &mut Text)>,
    mut rows: Query<(Entity, &ListRow, &mut Entry, &mut Slide, Has<Checked>)>,
    mut commands: Commands,
) {
    let ratings = &catalogue.ratings;
    for (head, mut text) in &mut heads {
        let wanted = match (head, &answered.0) {
            (Head::Whose, Some(answer)) => {
                let people = say::answered_for(&answer.asked);
                say::list_of(ratings, people, answer.asked.together)
            }
            (Head::Whose, None) => {
                let people = [Some(attention.who), attention.with];
                say::list_of(ratings, people, attention.together)
            }
            (Head::Filters, Some(_)) if answered.1.is_some() => say::answered_at(answered.1),
            (Head::Filters, Some(answer)) => {
                say::filters(ratings, &answer.asked.list, answer.eligible, answer.items)
            }
            (Head::Filters, None) => say!("recommender-the-model-has-not-answered").to_owned(),
        };
        text.set_if_neq(Text(wanted));
    }
    let list = answered.0.as_ref().map_or(&[][..], |answer| &answer.list);
    let Ok(mut pager) = pagers.single_mut() else {
        return;
    };
    let moved = before.note((attention.who, attention.with), list);
    let now = pager.within(list.len());
    pager.set_if_neq(now);
    for (entity, row, mut entry, mut slide, checked) in &mut rows {
        let place = now.first + row.0;
        let listed = list.get(place).zip(answered.0.as_deref());
        let wanted = listed.map_or_else(Entry::default, |(listed, answer)| Entry {
            words: format!("{}  {}", place + 1, say::title_of(ratings, listed.item)),
            figure: figure(listed, answer, &before.mark(listed.item, place)),
            ..default()
        });
        entry.set_if_neq(wanted);
        if moved && let Some((listed, _)) = listed {
            // What is new rises from below.
            let from = before.earlier_place(listed.item).unwrap_or(now.first + ROWS);
            slide.set_if_neq(Slide::between(from, place, ROWS));
        }
        let chosen = listed.is_some_and(|(listed, _)| attention.chosen == Some(listed.item));
        mark::<Checked>(&mut commands, entity, checked, chosen);
    }
}

/// What each person is predicted to give, and how it came to its place.
fn figure(listed: &Listed, answer: &TasteAnswer, mark: &str) -> String {
    let stars: Vec<String> = answer
        .people
        .iter()
        .filter_map(|person| person.predicted.get(listed.item as usize))
        .map(|stars| format!("{stars:.2}"))
        .collect();
    let gap = if mark.is_empty() { "" } else { "  " };
    format!("{mark}{gap}★ {}", stars.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(items: &[u32]) -> Vec<Listed> {
        items.iter().map(|&item| Listed { item, stars: 4.0, terms: Vec::new() }).collect()
    }

    #[test]
    fn a_list_tells_what_rose_and_fell() {
        let mut before = Before::default();
        let you = (Who::You, None);
        assert!(!before.note(you, &listed(&[1, 2, 3])), "the first list has no before");
        assert_eq!(before.mark(1, 0), "");
        assert!(!before.note(you, &listed(&[1, 2, 3])));
        assert!(before.note(you, &listed(&[3, 1, 7])));
        let marks = [(3, 0), (1, 1), (7, 2)].map(|(item, place)| before.mark(item, place));
        assert_eq!(marks, ["▲2", "▼1", "new"]);
        assert!(!before.note((Who::Known(4), None), &listed(&[9, 1])));
        assert_eq!(before.mark(9, 0), "", "another person's list is no change");
    }
}
