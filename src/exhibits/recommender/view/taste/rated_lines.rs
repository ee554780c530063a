//! Lines of films with the stars that they were given, a page at a time: what the pages of people and of the visitor's own
//! ratings share.

use bevy::{ecs::system::SystemParam, prelude::*, ui::Checked};
use indicatif::HumanCount;

use super::{column, news::Catalogue, pager::Pager, tabs::TastePage, words as say};
use crate::{
    exhibits::recommender::{
        payload::{Rated, Ratings},
        view::attention::{self, Profile, TasteAttention, Who},
    },
    world::ui::controls::{Activate, Entry, Lines, entry, mark},
};

/// Lines of a page.
pub(super) const LINES: usize = 4;

/// A line, by its place on its page.
#[derive(Component, Clone, Copy, Debug)]
pub(super) struct RatedLine {
    page: TastePage,
    place: usize,
}

/// Marks the pager of a page's lines.
#[derive(Component, Clone, Copy, Debug)]
pub(super) struct LinesOf(pub(super) TastePage);

/// Writes the lines of a page, empty.
pub(super) fn write(
    list: &mut ChildSpawnerCommands,
    page: TastePage,
    names: [&'static str; LINES],
) {
    list.spawn(column(8.0)).with_children(|list| {
        for (place, name) in names.into_iter().enumerate() {
            list.spawn((entry(name, Lines::One), RatedLine { page, place })).observe(choose);
        }
    });
}

/// Whether somebody leafed through the lines of one of the pages.
pub(super) fn leafed(pagers: Query<(), (With<LinesOf>, Changed<Pager>)>) -> bool {
    !pagers.is_empty()
}

/// What is listed on a page: the visitor's own ratings, the newest first, or somebody's, the best first.
pub(super) fn listed(
    page: TastePage,
    ratings: &Ratings,
    profile: &Profile,
    who: Who,
) -> Vec<attention::Entry> {
    let plain = |rated: Rated| attention::Entry { rated, sculpted: false };
    let mut listed: Vec<attention::Entry> = match (page, who) {
        (TastePage::Rated, _) => return profile.entries.iter().rev().copied().collect(),
        (_, Who::You) => profile.entries.iter().map(|entry| plain(entry.rated)).collect(),
        (_, Who::Known(person)) => ratings.of(person as usize).map(plain).collect(),
    };
    listed.sort_by(|a, b| b.rated.stars.total_cmp(&a.rated.stars));
    listed
}

fn choose(
    press: On<Activate>,
    lines: Query<&RatedLine>,
    pagers: Query<(&Pager, &LinesOf)>,
    catalogue: Res<Catalogue>,
    profile: Res<Profile>,
    mut attention: ResMut<TasteAttention>,
) {
    let Ok(line) = lines.get(press.entity) else { return };
    let Some((pager, _)) = pagers.iter().find(|(_, of)| of.0 == line.page) else { return };
    let listed = listed(line.page, &catalogue.ratings, &profile, attention.who);
    if let Some(entry) = listed.get(pager.first + line.place) {
        attention.chosen = Some(entry.rated.item);
    }
}

/// The lines of both pages with their pagers.
#[derive(SystemParam)]
pub(super) struct RatedLines<'w, 's> {
    pagers: Query<'w, 's, (&'static mut Pager, &'static LinesOf)>,
    lines: Query<'w, 's, (Entity, &'static RatedLine, &'static mut Entry, Has<Checked>)>,
    commands: Commands<'w, 's>,
}

impl RatedLines<'_, '_> {
    /// Shows so many at a time of what is listed on a page, with one of them lit.
    pub(super) fn show(
        &mut self,
        (page, per): (TastePage, usize),
        ratings: &Ratings,
        listed: &[attention::Entry],
        lit: Option<u32>,
    ) {
        let Some((mut pager, _)) = self.pagers.iter_mut().find(|(_, of)| of.0 == page) else {
            return;
        };
        let now = Pager { first: pager.first / per * per, per, of: 0 }.within(listed.len());
        pager.set_if_neq(now);
        for (entity, line, mut entry, checked) in
            self.lines.iter_mut().filter(|(_, line, ..)| line.page == page)
        {
            let of = listed.get(now.first + line.place).filter(|_| line.place < per);
            let is_lit = of.is_some_and(|of| lit == Some(of.rated.item));
            mark::<Checked>(&mut self.commands, entity, checked, is_lit);
            entry.set_if_neq(of.map_or_else(Entry::default, |of| line_of(ratings, of)));
        }
    }
}

fn line_of(ratings: &Ratings, of: &attention::Entry) -> Entry {
    let sculpted = if of.sculpted { say!("recommender-sculpted") } else { "" };
    Entry {
        words: say::title_of(ratings, of.rated.item),
        figure: format!("{sculpted}{} ★", say::given(of.rated.stars)),
        ..default()
    }
}

/// How somebody rates, against all; `nothing` where they have rated nothing.
pub(super) fn standing(
    listed: &[attention::Entry],
    all: Option<(f64, f64)>,
    nothing: &'static str,
) -> String {
    let stars = listed.iter().map(|entry| entry.rated.stars);
    let Some((mean, spread)) = say::mean_and_spread(stars) else { return nothing.to_owned() };
    let all = all.map_or_else(String::new, |(mean, spread)| {
        say!(
            "recommender-all-2",
            mean = format_args!("{:.2}", mean),
            spread = format_args!("{:.2}", spread)
        )
    });
    say!(
        "recommender-rated-mean",
        rated_count = HumanCount(listed.len() as u64),
        mean = format_args!("{:.2}", mean),
        spread = format_args!("{:.2}", spread),
        all
    )
}
