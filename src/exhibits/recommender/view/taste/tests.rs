//! The board in a hall without window and GPU: what a hand aims at, and what it changes.

use std::sync::{Arc, Mutex};

use bevy::{
    input::{
        ButtonState,
        keyboard::{Key, KeyboardInput},
    },
    prelude::*,
    ui::{ComputedUiTargetCamera, UiGlobalTransform},
};

use super::{
    plugin,
    sums::Sum,
    tabs::{Open, TastePage},
};
use crate::{
    exhibits::recommender::{
        EXHIBIT_ID,
        payload::{
            AlsoLiked, Item, Listed, MovedBy, Neighbour, Person, Rated, Ratings, Reasons,
            Suggested, Taste, TasteAnswer, TasteAsk, Terms, Together, Why,
        },
        view::attention::{Profile, Sculpting, TasteAttention, Who},
    },
    golden::kept,
    history::Run,
    stream::{Material, Payload, Report, Step},
    world::{
        WorldSystems,
        hall_events::{HallEvent, HallListener},
        harness::answered,
        headless::{frames, hall_with, lay_out, place, place_if_seen},
        interaction::aim::Aim,
        keyboard,
        link::{ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        ui::{
            controls::{Activate, ControlName, Entry, Field, Typing},
            panel::Panel,
        },
    },
};

const FILMS: u32 = 30;
const MIDDLE: Vec2 = Vec2::splat(0.5);

fn ratings() -> Arc<Ratings> {
    let genres = ["Drama", "Horror", "War"].map(str::to_owned);
    let items = (0..FILMS).map(|n| Item {
        id: n.to_string(),
        title: if n == 7 { "Amélie".to_owned() } else { format!("Film number {n}, A long one") },
        year: Some(1970 + n as u16),
        genres: 1 << (n % 3),
        count: 300 - n,
        mean: 3.5,
    });
    Arc::new(Ratings {
        items: items.collect::<Vec<_>>().into(),
        genres: genres.into(),
        people: ["1", "15", "x"].map(str::to_owned).into(),
        starts: [0, 3, 5, 5].into(),
        rated: [0, 1, 2, 0, 3].into(),
        stars: [4.0, 2.5, 5.0, 3.0, 4.5].into(),
        ..Ratings::default()
    })
}

const TERMS: Terms = Terms { mean: 3.544, person: -0.116, item: 0.6045, taste: 0.2045 };

/// An answer with these films on the list.
fn answer(films: impl IntoIterator<Item = u32>, people: usize) -> TasteAnswer {
    let reasons = Reasons {
        terms: TERMS,
        predicted: TERMS.sum(),
        fitted: 4.2,
        moved_by: vec![MovedBy { rated: Rated { item: 2, stars: 4.5 }, stars: 0.081 }],
        tried: (3, 3),
    };
    let second = Reasons {
        moved_by: vec![MovedBy { rated: Rated { item: 3, stars: 2.0 }, stars: -0.31 }],
        ..reasons.clone()
    };
    let listed = |item| Listed { item, stars: 4.0, terms: vec![TERMS; people] };
    TasteAnswer {
        people: vec![
            Taste {
                predicted: vec![4.0; FILMS as usize].into(),
                bias: -0.1,
                place: [0.0; 3],
                ratings: 3,
            };
            people
        ],
        list: films.into_iter().map(listed).collect(),
        eligible: 27,
        items: FILMS as usize,
        why: Some(Why {
            item: 4,
            people: std::iter::once(reasons.clone())
                .chain(std::iter::once(second).filter(|_| people > 1))
                .collect(),
            neighbours: vec![Neighbour { item: 9, distance: 0.21 }],
            also_liked: vec![AlsoLiked { item: 8, people: 41, of: 118, lift: 2.1 }],
        }),
        suggestions: (20..24)
            .map(|item| Suggested { item, ratings: 237, spread: 1.1, apart: 0.95 })
            .collect(),
        ..TasteAnswer::default()
    }
}

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

struct Visit {
    app: App,
    aim: Entity,
    heard: Heard,
}

/// A visitor before the board, with a list of twenty.
fn visit() -> Visit {
    let mut run = Run::new(0);
    run.take(Report::Material(Material {
        content: Payload::shared(ratings()),
        remarks: Vec::new(),
    }));
    let heard = Heard::default();
    let listener = heard.clone();
    let told = HallListener::new(move |event| {
        if let HallEvent::Own(event) = event {
            listener.0.lock().unwrap().push(serde_json::to_string(event).unwrap());
        }
    });
    let mut app = hall_with(|app| {
        app.configure_sets(
            Update,
            (WorldSystems::Receive, WorldSystems::Steer, WorldSystems::Arrange, WorldSystems::Show)
                .chain(),
        )
        .insert_resource(ShownRun(run))
        .init_resource::<ShownSnapshot>()
        .init_resource::<TasteAttention>()
        .init_resource::<Profile>()
        .init_resource::<Sculpting>()
        .insert_resource(told);
        keyboard::plugin(app);
        plugin(app);
    });
    let aim = app.world_mut().spawn(Aim::default()).id();
    let mut visit = Visit { app, aim, heard };
    visit.show(answer(4..24, 1));
    let entity = visit.app.world_mut().spawn((Transform::default(), Visibility::default())).id();
    visit.app.world_mut().trigger(PlinthPlaced { entity, exhibit: EXHIBIT_ID });
    lay_out(&mut visit.app);
    // The board is folded away until somebody asks for it.
    let world = visit.app.world_mut();
    let mut tabs = world.query::<(Entity, &ControlName)>();
    let tab = tabs.iter(world).find(|(_, control)| control.0 == "unfold-taste").unwrap().0;
    world.trigger(Activate { entity: tab });
    lay_out(&mut visit.app);
    visit
}

impl Visit {
    /// Shows an answer to what the visitor asks now, unless it says to what.
    fn show(&mut self, mut answer: TasteAnswer) {
        if *answer.asked == TasteAsk::default() {
            let attention = self.attention();
            let person = |who: Who| match who {
                Who::You => Person::Visitor([].into()),
                Who::Known(person) => Person::Known(person),
            };
            let people = std::iter::once(attention.who).chain(attention.with).map(person).collect();
            let together = attention.together;
            answer.asked = Arc::new(TasteAsk { people, together, ..TasteAsk::default() });
        }
        self.app.insert_resource(ShownSnapshot::of(answered(1, answer)));
        frames(&mut self.app, 2);
    }

    /// A picture from the past, and what the model says now.
    fn reply(&mut self, past: TasteAnswer, now: TasteAnswer) {
        let past = answered(1, past);
        self.app.insert_resource(ShownSnapshot::replied(past, Payload::new(now), Step(1200)));
        frames(&mut self.app, 2);
    }

    #[track_caller]
    fn click(&mut self, name: &'static str) {
        let eye = vec3(0.0, 1.6, 0.0);
        for pressed in [false, true, false] {
            let at = place(&mut self.app, name, MIDDLE);
            let ray = Some(Ray3d::new(eye, Dir3::new(at - eye).unwrap()));
            self.app.world_mut().entity_mut(self.aim).insert(Aim { ray, pressed, ..default() });
            frames(&mut self.app, 1);
        }
        frames(&mut self.app, 3);
    }

    fn is_seen(&mut self, name: &'static str) -> bool {
        place_if_seen(&mut self.app, name, MIDDLE).is_some()
    }

    fn entry(&mut self, name: &str) -> Entry {
        let world = self.app.world_mut();
        let mut entries = world.query::<(&ControlName, &Entry)>();
        entries.iter(world).find(|(control, _)| control.0 == name).unwrap().1.clone()
    }

    /// Every text on the board that can be seen.
    fn texts(&mut self) -> Vec<String> {
        let world = self.app.world_mut();
        let mut texts = world.query::<(&Text, &ComputedNode, &InheritedVisibility)>();
        let seen = texts.iter(world).filter(|(_, node, seen)| seen.get() && !node.is_empty());
        seen.map(|(text, ..)| text.0.clone()).collect()
    }

    fn says(&mut self, wanted: &str) -> bool {
        self.texts().iter().any(|text| text.contains(wanted))
    }

    fn attention(&self) -> &TasteAttention {
        self.app.world().resource()
    }

    fn profile(&self) -> &Profile {
        self.app.world().resource()
    }

    fn heard(&mut self) -> Vec<String> {
        std::mem::take(&mut self.heard.0.lock().unwrap())
    }

    /// A key of the keyboard.
    fn key(&mut self, key: Key) {
        let text = match &key {
            Key::Character(letters) => Some(letters.clone()),
            Key::Space => Some(" ".into()),
            _ => None,
        };
        self.app.world_mut().write_message(KeyboardInput {
            key_code: KeyCode::KeyA,
            logical_key: key,
            state: ButtonState::Pressed,
            text,
            repeat: false,
            window: Entity::PLACEHOLDER,
        });
        frames(&mut self.app, 2);
    }

    fn write(&mut self, word: &str) {
        for letter in word.chars() {
            self.key(Key::Character(letter.to_string().into()));
        }
    }
}

#[test]
fn the_list_says_whose_it_is_and_from_how_many() {
    let mut visit = visit();
    assert!(visit.says("For person 1"));
    assert!(visit.says("From 27 of 30 films"));
    assert!(visit.says("1–5 of 20"));
    assert_eq!(visit.entry("film-row-1").figure, "★ 4.00");
    visit.click("list-on");
    assert!(visit.says("6–10 of 20"));
    assert!(visit.entry("film-row-1").words.starts_with("6  Film number 9"));
    let heard = visit.heard();
    let [list] = &heard[..] else { panic!("{heard:?}") };
    kept("recommender-list", list);
    visit.show(answer([6, 4, 5], 1));
    assert!(visit.entry("film-row-1").figure.starts_with("▲2"));
    assert_eq!(visit.heard().len(), 1);
    visit.show(answer([6, 4, 5], 1));
    assert!(visit.heard().is_empty(), "the same list is no news");
}

#[test]
fn tabs_open_their_pages() {
    let mut visit = visit();
    for (tab, control) in [
        ("taste-tab-why", "why-ratings"),
        ("taste-tab-you", "search-field"),
        ("taste-tab-people", "person-any"),
        ("taste-tab-filters", "genre-1"),
        ("taste-tab-list", "film-row-1"),
    ] {
        visit.click(tab);
        assert!(visit.is_seen(control), "{control} on {tab}");
        assert_eq!(visit.is_seen("list-on"), tab == "taste-tab-list", "{tab}");
    }
}

#[test]
fn a_film_of_the_list_is_explained_by_numbers_that_add_up() {
    let mut visit = visit();
    visit.click("film-row-1");
    assert_eq!(visit.attention().chosen, Some(4));
    assert_eq!(visit.app.world().resource::<Open>().page, TastePage::Why);
    assert!(visit.says("Film number 4, A long one (1974)"));
    assert!(visit.says("3.50 ★, 296 ratings"));
    for part in ["3.54", "−0.12", "+0.61", "+0.21", "= 4.24"] {
        assert!(visit.texts().iter().any(|text| text == part), "{part}");
    }
    assert_eq!(Sum::of(&TERMS).unwrap().total, 424);
    assert_eq!(visit.entry("why-row-1").figure, "gave 4.5: +0.08");
    visit.click("why-near");
    assert_eq!(visit.entry("why-row-1").figure, "0.21");
    visit.click("why-liked");
    assert_eq!(visit.entry("why-row-1").figure, "41 of 118, ×2.1");
    visit.click("why-near");
    visit.click("why-row-1");
    assert_eq!(visit.attention().chosen, Some(9), "a neighbour is chosen");
    assert!(!visit.says("= 4.24"), "the reasons of another film are none");
}

#[test]
fn a_question_from_the_past_is_answered_by_the_model_as_it_is_now() {
    let mut visit = visit();
    visit.click("film-row-1");
    visit.show(TasteAnswer { why: None, ..answer(9..24, 1) });
    assert!(visit.says("The model has not answered yet"));
    let past = TasteAnswer { why: None, ..answer(9..24, 1) };
    visit.reply(past, answer(4..24, 1));
    assert!(!visit.says("The model has not answered yet"));
    assert!(visit.says("= 4.24"), "the sum of the film that was pressed");
    assert!(visit.says("Answered at step 1,200, as it is now"));
    visit.click("taste-tab-list");
    assert!(visit.entry("film-row-1").words.starts_with("1  Film number 4"));
    assert!(visit.says("Answered at step 1,200, as it is now"));
}

#[test]
fn stars_that_are_pressed_rate_for_the_visitor() {
    let mut visit = visit();
    visit.click("film-row-1");
    visit.heard();
    visit.click("why-rate-4.5");
    assert_eq!(visit.profile().stars_of(4), Some(4.5));
    assert_eq!(visit.attention().who, Who::You);
    visit.click("why-rate-2");
    assert_eq!(visit.profile().stars_of(4), Some(2.0));
    visit.click("taste-tab-you");
    visit.click("unrate");
    assert_eq!(visit.profile().stars_of(4), None);
    kept("recommender-ratings", &visit.heard().join("\n"));
}

#[test]
fn films_are_found_while_one_types() {
    let mut visit = visit();
    visit.click("taste-tab-you");
    assert!(visit.entry("suggestion-1").note.contains("Known by 237, opinions ± 1.1"));
    visit.key(Key::Character("z".into()));
    assert!(visit.is_seen("suggestion-1"), "nobody has asked for letters yet");
    visit.click("search-field");
    visit.write("amel");
    assert_eq!(visit.entry("search-row-1").words, "Amélie (1977)");
    assert!(visit.says("1 of 30 films"));
    assert!(!visit.is_seen("suggestion-1"));
    visit.key(Key::Enter);
    assert_eq!(*visit.app.world().resource::<Typing>(), Typing(None));
    visit.click("search-row-1");
    assert_eq!(visit.attention().chosen, Some(7));
    assert_eq!(
        visit.app.world().resource::<Open>().page,
        TastePage::Find,
        "it is to be rated here"
    );
    visit.click("rate-5");
    assert_eq!(visit.profile().stars_of(7), Some(5.0));
    assert_eq!(visit.entry("search-row-1").figure, "you: 5 ★");
    visit.click("taste-rated");
    assert_eq!(visit.entry("rated-row-1").words, "Amélie (1977)");
    visit.click("sculpt-raise");
    assert_eq!(*visit.app.world().resource::<Sculpting>(), Sculpting::Raise);
    visit.click("start-over");
    assert!(visit.profile().entries.is_empty());
}

#[test]
fn hands_write_with_keys() {
    let mut visit = visit();
    visit.click("taste-tab-you");
    assert!(!visit.is_seen("key-a"));
    visit.click("search-keys");
    for key in ["key-a", "key-m", "key-space", "key-backspace", "key-backspace", "key-f"] {
        visit.click(key);
    }
    let world = visit.app.world_mut();
    let mut fields = world.query::<(&ControlName, &Field)>();
    let search = fields.iter(world).find(|(name, _)| name.0 == "search-field").unwrap().1.clone();
    assert_eq!(search.text, "af");
    visit.click("key-figures");
    visit.click("key-q");
    visit.click("key-backspace");
    visit.click("key-backspace");
    visit.click("key-figures");
    visit.click("key-m");
    assert_eq!(visit.entry("search-row-1").words, "Amélie (1977)");
    visit.click("key-done");
    assert!(!visit.is_seen("key-a"));
}

#[test]
fn two_people_choose_one_list() {
    let mut visit = visit();
    visit.click("taste-tab-people");
    assert!(visit.says("3 rated, mean 3.83"));
    assert_eq!(visit.entry("person-row-1").figure, "5 ★", "the best first");
    visit.click("person-field");
    visit.write("15");
    visit.key(Key::Enter);
    assert_eq!(visit.attention().who, Who::Known(1));
    visit.click("with-you");
    visit.click("mean-of-both");
    assert_eq!(visit.attention().with, Some(Who::You));
    assert_eq!(visit.attention().together, Together::Mean);
    visit.show(answer(4..24, 2));
    visit.click("taste-tab-list");
    assert!(visit.says("For person 15 and you"));
    assert_eq!(visit.entry("film-row-1").figure, "★ 4.00 · 4.00");
    visit.click("film-row-1");
    assert!(visit.says("By 15") && visit.says("By you"), "{:?}", visit.texts());
    assert_eq!(visit.entry("why-row-1").figure, "gave 4.5: +0.08");
    visit.click("why-ratings-2");
    assert_eq!(visit.entry("why-row-1").figure, "gave 2: −0.31", "the second has other reasons");
    visit.click("taste-tab-people");
    visit.click("with-nobody");
    assert_eq!(visit.attention().with, None);
    visit.show(answer(4..24, 1));
    visit.click("taste-tab-why");
    assert_eq!(visit.entry("why-row-1").figure, "gave 4.5: +0.08", "only one is left");
    assert!(visit.says("Rated films") && !visit.is_seen("why-ratings-2"));
}

#[test]
fn a_list_and_its_reasons_are_named_after_those_whom_the_answer_is_of() {
    let mut visit = visit();
    visit.click("film-row-1");
    // The visitor looks back to a step at which another person was asked for.
    visit.app.world_mut().resource_mut::<TasteAttention>().who = Who::You;
    let mut past = answer(4..24, 1);
    let people = vec![Person::Known(1)];
    past.asked = Arc::new(TasteAsk { people, ..TasteAsk::default() });
    visit.show(past);
    assert!(visit.texts().iter().any(|text| text == "15"), "{:?}", visit.texts());
    visit.click("taste-tab-list");
    assert!(visit.says("For person 15") && !visit.says("For you"), "{:?}", visit.texts());
}

#[test]
fn what_is_filtered_is_said() {
    let mut visit = visit();
    visit.click("taste-tab-filters");
    visit.click("genre-2");
    assert_eq!(visit.attention().list.genres, 0b10);
    let mut filtered = answer(4..6, 1);
    let list = visit.attention().list.clone();
    filtered.asked = Arc::new(TasteAsk { list, ..TasteAsk::default() });
    filtered.eligible = 9;
    visit.show(filtered);
    assert!(visit.says("From 9 of 30 films, Horror"));
    visit.click("filter-numbers");
    visit.click("filter-diversity");
    assert!((visit.attention().list.diversity - 0.5).abs() < 0.06);
    visit.click("filter-from");
    assert!(visit.attention().list.years.is_some());
    visit.click("filter-none");
    assert_eq!(visit.attention().list, TasteAsk::default().list);
}

#[test]
fn nothing_runs_over_the_edge_of_any_page() {
    let mut visit = visit();
    visit.show(answer(4..24, 2));
    visit.app.world_mut().resource_mut::<TasteAttention>().with = Some(Who::You);
    visit.click("film-row-1");
    for (tab, more) in [
        ("taste-tab-list", None),
        ("taste-tab-why", Some("why-near")),
        ("taste-tab-you", Some("search-keys")),
        ("taste-tab-you", Some("taste-rated")),
        ("taste-tab-people", None),
        ("taste-tab-filters", Some("filter-numbers")),
        ("taste-tab-filters", Some("filter-genres")),
    ] {
        visit.click(tab);
        visit.check_edges(tab);
        if let Some(more) = more {
            visit.click(more);
            visit.check_edges(more);
        }
    }
}

impl Visit {
    fn check_edges(&mut self, page: &str) {
        let world = self.app.world_mut();
        let panels: Vec<Panel> = world.query::<&Panel>().iter(world).cloned().collect();
        let mut nodes = world.query::<(
            &ComputedNode,
            &UiGlobalTransform,
            &InheritedVisibility,
            Option<&ControlName>,
            Option<&Text>,
            &ComputedUiTargetCamera,
        )>();
        for (node, at, seen, name, text, camera) in nodes.iter(world) {
            let panel = panels.iter().find(|panel| camera.get() == Some(panel.camera));
            let Some(panel) = panel.filter(|_| seen.get() && !node.is_empty()) else {
                continue;
            };
            let size = node.size() / panel.target.scale_factor;
            let at = at.translation / panel.target.scale_factor;
            let (low, high) = (at - size / 2.0, at + size / 2.0);
            let inside = low.min_element() > -0.5 && (panel.size_dmm - high).min_element() > -0.5;
            assert!(inside, "{page}: {name:?} {text:?} from {low} to {high} of {}", panel.size_dmm);
        }
    }
}
