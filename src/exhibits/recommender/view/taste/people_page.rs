//! Whose taste is looked at, who chooses together with them, and what they rated.

use bevy::prelude::*;

use super::{
    BoardSystems, between,
    news::{Catalogue, news},
    pager,
    rated_lines::{self, LINES, LinesOf, RatedLines},
    tabs::{Open, TastePage},
    words as say,
};
use crate::{
    exhibits::recommender::{
        payload::Together,
        view::attention::{Profile, TasteAttention, Who},
    },
    words::Word,
    world::{
        keyboard,
        ui::{
            controls::{
                Activate, ButtonKind, Field, Offers, Typing, ValueChange, button, field, grow,
                offer, show,
            },
            notice::{Notice, Severity},
            words,
        },
    },
};

const ROWS: [&str; LINES] = ["person-row-1", "person-row-2", "person-row-3", "person-row-4"];
/// Lines that are shown beside the choice of how two become one list.
const ROWS_OF_TWO: usize = 3;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (write_names, show_people)
            .chain()
            .run_if(news.or_eager(resource_changed::<Typing>).or_eager(rated_lines::leafed))
            .in_set(BoardSystems),
    );
}

/// One of the two who may choose.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum Seat {
    First,
    Second,
}

impl Seat {
    fn who(self, attention: &TasteAttention) -> Option<Who> {
        match self {
            Self::First => Some(attention.who),
            Self::Second => attention.with,
        }
    }

    fn give(self, attention: &mut TasteAttention, who: Who) {
        match self {
            Self::First => attention.who = who,
            Self::Second => attention.with = Some(who),
        }
        // Nobody chooses together with themselves.
        if attention.with == Some(attention.who) {
            attention.with = None;
        }
    }
}

/// Where a button leads from somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PersonButton {
    Back,
    On,
    Anyone,
    You,
}

impl PersonButton {
    /// Who is next, of so many people.
    fn from(self, who: Option<Who>, count: u32) -> Option<Who> {
        let last = count.checked_sub(1);
        if self == Self::You {
            return Some(Who::You);
        }
        let last = last?;
        let next = match (self, who) {
            (_, None | Some(Who::You)) => 0,
            (Self::Back, Some(Who::Known(person))) => person.checked_sub(1).unwrap_or(last),
            (Self::Anyone, Some(Who::Known(person))) => {
                // Neighbours in this order lie far apart, and everybody comes once.
                (person + golden_stride(count)) % count
            }
            (_, Some(Who::Known(person))) => (person + 1) % count,
        };
        Some(Who::Known(next.min(last)))
    }
}

/// Near the golden section of `count`, without a common divisor.
fn golden_stride(count: u32) -> u32 {
    let divides =
        |a: u32, b: u32| (2..=a.min(b)).any(|d| a.is_multiple_of(d) && b.is_multiple_of(d));
    let golden = (f64::from(count) * 0.618_034) as u32;
    (golden.max(1)..count.max(2)).find(|&stride| !divides(stride, count)).unwrap_or(1)
}

/// How two become one list.
const JOINS: [(&str, Word, Together); 2] = [
    ("least-misery", key!("recommender-least-misery"), Together::LeastMisery),
    ("mean-of-both", key!("recommender-mean-of-both"), Together::Mean),
];

/// The line with the choice, there while two choose.
#[derive(Component, Clone, Copy, Debug)]
struct JoinLine;

/// A text of the page.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum PeopleText {
    Standing,
    Whose,
}

/// The names of a seat's controls: back, on, anyone, you, and the field.
type SeatNames = [&'static str; 5];

pub(super) fn write(page: &mut ChildSpawnerCommands) {
    let first = ["person-back", "person-on", "person-any", "person-you", "person-field"];
    write_seat(page, Seat::First, say!("recommender-of-2"), first, |line| {
        keyboard::opener(line, "person-keys", "person-field");
    });
    let second = ["with-back", "with-on", "with-any", "with-you", "with-field"];
    write_seat(page, Seat::Second, say!("recommender-and"), second, |line| {
        line.spawn(button("with-nobody", say!("recommender-none"), ButtonKind::Small)).observe(
            |_: On<Activate>, mut attention: ResMut<TasteAttention>| {
                attention.with = None;
            },
        );
    });
    page.spawn((JoinLine, between())).with_children(|line| {
        line.spawn(words::caption(say!("recommender-one-list-by")));
        offer(line, &JOINS, grow, |together| {
            move |_: On<Activate>, mut attention: ResMut<TasteAttention>| {
                attention.together = together;
            }
        });
    });
    page.spawn(between()).with_children(|line| {
        line.spawn((words::caption(""), TextLayout::no_wrap(), PeopleText::Whose));
        let of = LinesOf(TastePage::People);
        pager::write(line, ["person-rows-back", "person-rows-on"], LINES, of);
    });
    page.spawn((words::caption(""), TextLayout::no_wrap(), PeopleText::Standing));
    rated_lines::write(page, TastePage::People, ROWS);
}

/// A caption, a field for an id between two buttons, and who else could sit here.
fn write_seat(
    page: &mut ChildSpawnerCommands,
    seat: Seat,
    label: &str,
    names: SeatNames,
    more: impl FnOnce(&mut ChildSpawnerCommands),
) {
    let [back, on, anyone, you, id] = names;
    page.spawn(between()).with_children(|line| {
        line.spawn(Node { width: px(50), flex_shrink: 0.0, ..default() })
            .with_child((words::caption(label), TextLayout::no_wrap()));
        let way = |way: PersonButton| {
            move |_: On<Activate>,
                  catalogue: Res<Catalogue>,
                  mut attention: ResMut<TasteAttention>| {
                let count = catalogue.ratings.people.len() as u32;
                if let Some(who) = way.from(seat.who(&attention), count) {
                    seat.give(&mut attention, who);
                }
            }
        };
        line.spawn(button(back, "‹", ButtonKind::Small)).observe(way(PersonButton::Back));
        line.spawn((field(id, ""), seat)).observe(find_person);
        line.spawn(button(on, "›", ButtonKind::Small)).observe(way(PersonButton::On));
        line.spawn(button(anyone, say!("recommender-any"), ButtonKind::Small))
            .observe(way(PersonButton::Anyone));
        line.spawn(button(you, say!("recommender-you"), ButtonKind::Small))
            .observe(way(PersonButton::You));
        more(line);
    });
}

/// Whoever is called as the field says sits here; while nobody is, nothing changes.
fn find_person(
    change: On<ValueChange<String>>,
    seats: Query<&Seat>,
    catalogue: Res<Catalogue>,
    mut attention: ResMut<TasteAttention>,
    mut notices: MessageWriter<Notice>,
) {
    let wanted = change.value.trim();
    let person = catalogue.ratings.person_called(wanted);
    if change.is_final && person.is_none() && !wanted.is_empty() {
        let text =
            phrase!("recommender-nobody-is-called-in", wanted, name = catalogue.ratings.name);
        notices.write(Notice { severity: Severity::Amber, text });
    }
    if let Ok(seat) = seats.get(change.source)
        && let Some(person) = person
        && seat.who(&attention) != Some(Who::Known(person as u32))
    {
        seat.give(&mut attention, Who::Known(person as u32));
    }
}

/// A field that nobody writes in says who sits there.
fn write_names(
    attention: Res<TasteAttention>,
    catalogue: Res<Catalogue>,
    typing: Res<Typing>,
    mut fields: Query<(Entity, &Seat, &mut Field)>,
) {
    for (entity, seat, mut field) in &mut fields {
        let hint = match seat.who(&attention) {
            Some(who) => say::short_who(&catalogue.ratings, who).into(),
            None => phrase!("recommender-none-2"),
        };
        let text = if typing.0 == Some(entity) { field.text.clone() } else { String::new() };
        field.set_if_neq(Field { text, hint });
    }
}

fn show_people(
    open: Res<Open>,
    attention: Res<TasteAttention>,
    profile: Res<Profile>,
    catalogue: Res<Catalogue>,
    mut lines: RatedLines,
    mut texts: Query<(&PeopleText, &mut Text)>,
    mut join: Query<&mut Node, With<JoinLine>>,
    mut joins: Offers<Together>,
) {
    if open.page != TastePage::People {
        return;
    }
    let ratings = &catalogue.ratings;
    let listed = rated_lines::listed(TastePage::People, ratings, &profile, attention.who);
    let per = if attention.with.is_some() { ROWS_OF_TWO } else { LINES };
    lines.show((TastePage::People, per), ratings, &listed, None);
    for (says, mut text) in &mut texts {
        let wanted = match says {
            PeopleText::Whose => {
                say!("recommender-what-rated", ratings = say::who(ratings, attention.who))
            }
            PeopleText::Standing => {
                let nothing = say!("recommender-nothing-rated");
                rated_lines::standing(&listed, catalogue.all, nothing)
            }
        };
        text.set_if_neq(Text(wanted));
    }
    for mut node in &mut join {
        show(&mut node, attention.with.is_some());
    }
    joins.light(|together| *together == attention.together);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_can_be_reached() {
        let mut who = Some(Who::Known(0));
        let mut met = std::collections::BTreeSet::new();
        for _ in 0..671 {
            who = PersonButton::Anyone.from(who, 671);
            if let Some(Who::Known(person)) = who {
                met.insert(person);
            }
        }
        assert_eq!(met.len(), 671, "any leads to everybody once");
        assert_eq!(PersonButton::Back.from(Some(Who::Known(0)), 3), Some(Who::Known(2)));
        assert_eq!(PersonButton::On.from(Some(Who::Known(2)), 3), Some(Who::Known(0)));
        assert_eq!(PersonButton::On.from(Some(Who::You), 3), Some(Who::Known(0)));
        assert_eq!(PersonButton::You.from(None, 0), Some(Who::You));
        assert_eq!(PersonButton::Anyone.from(Some(Who::Known(0)), 1), Some(Who::Known(0)));
        assert_eq!(PersonButton::On.from(None, 0), None, "there is nobody");
    }

    #[test]
    fn nobody_chooses_with_themselves() {
        let mut attention =
            TasteAttention { with: Some(Who::Known(4)), ..TasteAttention::default() };
        Seat::First.give(&mut attention, Who::Known(4));
        assert_eq!((attention.who, attention.with), (Who::Known(4), None));
        Seat::Second.give(&mut attention, Who::You);
        assert_eq!(attention.with, Some(Who::You));
    }
}
