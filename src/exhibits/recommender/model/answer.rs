//! What is said of somebody's taste: predictions, a list, and the reasons for one item.

use std::{sync::Arc, time::Instant};

use crate::{
    exhibits::recommender::{
        model::{
            kernels::products,
            kin::{Raters, neighbours},
            lists::{Choice, listed},
            map::Map,
            svd::Svd,
            taste::{Fitted, FoldIn},
        },
        payload::{
            Listed, MovedBy, Person, Rated, Ratings, Reasons, Taste, TasteAnswer, TasteAsk, Terms,
            Why,
        },
    },
    learning::TrainError,
    words::Phrase,
};

/// So many ratings are named that speak for an item, and as many that speak against it.
const REASONS: usize = 5;

/// All that answers rest on.
pub(super) struct Known<'a> {
    /// What was learned from.
    pub(super) ratings: &'a Ratings,
    /// The same, seen from the items.
    pub(super) raters: &'a Raters,
    /// What was learned.
    pub(super) svd: &'a Svd,
    /// Where it lies.
    pub(super) map: &'a Map,
    /// How the taste of others is found.
    pub(super) fold_in: FoldIn,
}

/// Somebody, as the model knows them.
struct Someone {
    rated: Vec<Rated>,
    /// Learned, or fitted for a visitor.
    taste: Fitted,
    /// What they are predicted to give each item, before it is clipped, in stars.
    predicted: Vec<f64>,
}

impl Known<'_> {
    /// Answers, or says in a sentence what cannot be asked.
    pub(super) fn answer(&self, ask: &Arc<TasteAsk>) -> Result<TasteAnswer, TrainError> {
        let start = Instant::now();
        self.check(ask)?;
        let people: Vec<Someone> = ask.people.iter().map(|person| self.someone(person)).collect();
        let predicted: Vec<&[f64]> =
            people.iter().map(|someone| someone.predicted.as_slice()).collect();
        let mut rated = vec![false; self.ratings.items.len()];
        for each in people.iter().flat_map(|someone| &someone.rated) {
            rated[each.item as usize] = true;
        }
        let choice =
            Choice { predicted: &predicted, together: ask.together, scale: self.ratings.scale };
        let is_rated = |item: u32| rated[item as usize];
        let (best, eligible) =
            listed(self.ratings, self.raters, self.svd, &choice, &ask.list, is_rated);
        let list = best.into_iter().map(|one| Listed {
            item: one.item,
            stars: one.stars,
            terms: people.iter().map(|someone| self.terms(someone, one.item)).collect(),
        });
        let visitor = ask.people.iter().position(|person| matches!(person, Person::Visitor(_)));
        let suggestions = visitor.map(|at| self.raters.suggestions(self.svd, &people[at].rated));
        Ok(TasteAnswer {
            asked: ask.clone(),
            list: list.collect(),
            eligible,
            items: self.ratings.items.len(),
            why: ask.item.map(|item| self.why(&people, item)),
            suggestions: suggestions.unwrap_or_default(),
            factors: ask.with_factors.then(|| Arc::new(self.svd.without_padding())),
            laid: None,
            people: people.iter().map(|someone| self.taste(someone)).collect(),
            seconds: start.elapsed().as_secs_f64(),
        })
    }

    fn check(&self, ask: &TasteAsk) -> Result<(), TrainError> {
        let wrong = |reason: Phrase| Err(TrainError::Calculation(reason));
        let items = self.ratings.items.len();
        if !(1..=2).contains(&ask.people.len()) {
            return wrong(phrase!(
                "recommender-model-people-cannot-choose-together",
                people_count = ask.people.len()
            ));
        }
        if let Some(item) = ask.item.filter(|item| *item as usize >= items) {
            return wrong(phrase!("recommender-model-there-is-no-item-only", item, items));
        }
        for person in &ask.people {
            match person {
                Person::Known(person) if *person as usize >= self.ratings.people.len() => {
                    let people = self.ratings.people.len();
                    return wrong(phrase!(
                        "recommender-model-there-is-no-person-only",
                        person,
                        people
                    ));
                }
                Person::Known(_) => {}
                Person::Visitor(rated) => {
                    for rated in rated.iter() {
                        self.check_rating(*rated).or_else(wrong)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn check_rating(&self, Rated { item, stars }: Rated) -> Result<(), Phrase> {
        let (items, scale) = (self.ratings.items.len(), self.ratings.scale);
        if item as usize >= items {
            return Err(phrase!("recommender-model-there-is-no-item-to", item, items));
        }
        if !(scale.low..=scale.high).contains(&stars) {
            let (low, high) = (scale.low, scale.high);
            return Err(phrase!("recommender-model-is-no-rating-stars-go", stars, low, high));
        }
        Ok(())
    }

    fn someone(&self, person: &Person) -> Someone {
        let (rated, taste) = match person {
            Person::Known(person) => {
                let person = *person as usize;
                let people = &self.svd.people;
                let factors = people.row(person).to_vec();
                let taste = Fitted { bias: people.biases[person], factors };
                (self.ratings.of(person).collect(), taste)
            }
            Person::Visitor(rated) => {
                let rated = last_of_each(rated);
                let taste = self.fold_in.fit(self.svd, &rated);
                (rated, taste)
            }
        };
        let own = self.svd.mean + taste.bias;
        let mut predicted = products(&self.svd.items.rows, &taste.factors);
        for (predicted, bias) in predicted.iter_mut().zip(&self.svd.items.biases) {
            *predicted += own + bias;
        }
        Someone { rated, taste, predicted }
    }

    fn terms(&self, someone: &Someone, item: u32) -> Terms {
        self.svd.terms_of(someone.taste.bias, &someone.taste.factors, item as usize)
    }

    fn taste(&self, someone: &Someone) -> Taste {
        let (low, high) = (self.ratings.scale.low, self.ratings.scale.high);
        let clipped = |stars: &f64| (*stars as f32).clamp(low, high);
        Taste {
            predicted: someone.predicted.iter().map(clipped).collect(),
            bias: someone.taste.bias,
            place: self.map.place(&someone.taste.factors),
            ratings: someone.rated.len(),
        }
    }

    fn why(&self, people: &[Someone], item: u32) -> Why {
        Why {
            item,
            people: people.iter().map(|someone| self.reasons(someone, item)).collect(),
            neighbours: neighbours(self.svd, self.raters, item),
            also_liked: self.raters.also_liked(self.ratings, item),
        }
    }

    fn reasons(&self, someone: &Someone, item: u32) -> Reasons {
        let (low, high) = (self.ratings.scale.low, self.ratings.scale.high);
        let terms = self.terms(someone, item);
        let moved = self.fold_in.moved(self.svd, &someone.rated, item);
        let tried = (moved.by.len(), someone.rated.len());
        let (mut speak_for, mut against) = (0, 0);
        // They come with what moved the prediction most first.
        let telling = |by: &MovedBy| {
            let said = if by.stars > 0.0 { &mut speak_for } else { &mut against };
            *said += 1;
            by.stars != 0.0 && *said <= REASONS
        };
        Reasons {
            terms,
            predicted: terms.sum().clamp(f64::from(low), f64::from(high)),
            fitted: moved.fitted,
            moved_by: moved.by.into_iter().filter(telling).collect(),
            tried,
        }
    }
}

/// What is rated again counts as it was rated last.
fn last_of_each(rated: &[Rated]) -> Vec<Rated> {
    let mut kept: Vec<Rated> = Vec::with_capacity(rated.len());
    for &rated in rated {
        match kept.iter_mut().find(|other| other.item == rated.item) {
            Some(before) => *before = rated,
            None => kept.push(rated),
        }
    }
    kept
}
