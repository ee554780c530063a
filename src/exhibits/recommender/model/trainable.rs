//! The factorisation as a trainable: its ratings, its steps, its pictures, and the cross-validation that judges it.

use std::{ops::ControlFlow, sync::Arc};

use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use crate::{
    exhibits::recommender::{
        EXAMPLE, EXHIBIT_ID, ITEM_BIASES, ITEM_PLACES, LAST_RATING, PEOPLE_PLACES, REGULARISATION,
        Settings,
        model::{
            answer::Known,
            fold::Course,
            folds::Folds,
            graph,
            kernels::padded,
            kin::Raters,
            layout::{self, Layouts},
            map::Map,
            order::Order,
            svd::{LastRating, Rates, Svd},
            taste::FoldIn,
        },
        payload::{FoldReport, Layout, Ratings, RatingsVerdict, TasteAnswer, TasteAsk},
    },
    learning::{
        Evaluation, Judgement, Outline, Readout, StepOrder, Stepped, Taps, TrainError, Trainable,
        TrainingConfig, whole,
    },
    sentence::grouped,
    stream::{
        Fact, InputChoice, LayerId, LayerValues, Material, MetricSpec, MetricValues, ModelGraph,
        Payload, Shape, Span, Stage,
    },
};

/// The mean squared error, and how often no other rating of the scale was nearer, before each rating was learned.
const METRICS: [MetricSpec; 2] = [
    MetricSpec { unit: "stars²", meaning: "mean squared error", ..MetricSpec::LOSS },
    MetricSpec { meaning: "share of which no other rating was nearer", ..MetricSpec::ACCURACY },
];
/// Ratings that are learned between two looks at requests: some tenths of a millisecond.
const STEPS_AT_ONCE: u64 = 1024;

/// Ratings, being learned.
pub(super) struct RatingsTrainable {
    ratings: Arc<Ratings>,
    raters: Raters,
    settings: Settings,
    epochs: u32,
    fold_in: FoldIn,
    seed: u64,
    svd: Option<Svd>,
    map: Map,
    layouts: Layouts,
    /// Ratings learned in this run.
    learned: u64,
    last: Option<LastRating>,
    /// Layers of what is learned now, once they have been asked for.
    layers: Option<Vec<LayerValues>>,
    /// What was answered of what is learned now.
    answer: Option<Arc<TasteAnswer>>,
    folds: Option<Folds>,
}

impl RatingsTrainable {
    /// Turns the ratings around once; nothing is learned yet.
    pub(super) fn new(ratings: Arc<Ratings>, settings: Settings, config: &TrainingConfig) -> Self {
        let raters = Raters::new(&ratings);
        Self {
            map: map(&raters, &settings),
            fold_in: FoldIn {
                regularisation: settings.regularisation,
                reach: config.learning_rate * f64::from(config.epochs),
            },
            seed: config.seed,
            epochs: config.epochs,
            ratings,
            raters,
            settings,
            svd: None,
            layouts: Layouts::default(),
            learned: 0,
            last: None,
            layers: None,
            answer: None,
            folds: None,
        }
    }

    fn course(&self, learning_rate: f64) -> Course {
        Course {
            folds: self.settings.folds,
            epochs: self.epochs,
            factors: self.settings.factors,
            init_std: self.settings.init_std,
            rates: self.rates(learning_rate),
            seed: self.seed,
        }
    }

    fn rates(&self, learning: f64) -> Rates {
        Rates { learning, regularisation: self.settings.regularisation }
    }

    fn parameters(&self) -> usize {
        (self.ratings.people.len() + self.ratings.items.len()) * (self.settings.factors + 1)
    }

    /// The layers as they are now; the map follows what was learned since it was asked for last.
    fn layers(&mut self) -> Result<&[LayerValues], TrainError> {
        if self.layers.is_none() {
            let svd = self.svd.as_ref().ok_or_else(not_begun)?;
            self.map.follow(&svd.items);
            let biases = svd.items.biases.iter().map(|&bias| bias as f32).collect();
            self.layers = Some(vec![
                layer(ITEM_PLACES, places(svd.items.len()), self.map.item_places(&svd.items)),
                layer(PEOPLE_PLACES, places(svd.people.len()), self.map.people_places(&svd.people)),
                layer(ITEM_BIASES, Shape::flat(svd.items.len()), biases),
                last_layer(self.last),
            ]);
        }
        Ok(self.layers.as_deref().unwrap_or_default())
    }

    fn answer(&mut self, ask: &Arc<TasteAsk>) -> Result<Arc<TasteAnswer>, TrainError> {
        if let Some(answer) = self.answer.as_ref().filter(|answer| answer.asked == *ask) {
            return Ok(answer.clone());
        }
        let known = Known {
            ratings: &self.ratings,
            raters: &self.raters,
            svd: self.svd.as_ref().ok_or_else(not_begun)?,
            map: &self.map,
            fold_in: self.fold_in,
        };
        let answer = Arc::new(known.answer(ask)?);
        self.answer = Some(answer.clone());
        Ok(answer)
    }

    /// The layout by neighbours, if that is asked for.
    fn laid(
        &mut self,
        wanted: Layout,
        layers: &[LayerValues],
    ) -> Result<Option<layout::ShownLayout>, TrainError> {
        let map = layers.iter().find(|layer| layer.layer == ITEM_PLACES);
        let known = layout::Known {
            items: &self.svd.as_ref().ok_or_else(not_begun)?.items,
            counts: &self.raters.counts(),
            map: map.map_or(&[], |map| &map.values),
            step: self.learned,
        };
        Ok(self.layouts.show(wanted, &known))
    }

    fn data_facts(&self) -> Vec<Fact> {
        let ratings = &self.ratings;
        let (scale, mean) = (ratings.scale, Order::of(ratings).mean());
        let items = if ratings.genres.is_empty() {
            key!("recommender-model-items")
        } else {
            key!("recommender-model-films")
        };
        vec![
            Fact::new(key!("recommender-model-ratings"), grouped(ratings.len())),
            Fact::new(items, grouped(ratings.items.len())),
            Fact::new(key!("recommender-model-people"), grouped(ratings.people.len())),
            Fact::new(
                key!("recommender-model-unrated-pairs"),
                format!("{:.2} %", 100.0 * ratings.sparsity()),
            ),
            Fact::new(
                key!("recommender-model-mean-rating"),
                phrase!("recommender-model-stars-2", mean = format_args!("{:.3}", mean)),
            ),
            Fact::new(
                key!("recommender-model-scale"),
                phrase!("recommender-model-to-stars", low = scale.low, high = scale.high),
            ),
        ]
    }
}

fn map(raters: &Raters, settings: &Settings) -> Map {
    Map::new(&raters.counts(), settings.factors, padded(settings.factors))
}

fn not_begun() -> TrainError {
    TrainError::calculation(phrase!("recommender-model-the-factors-have-not-been"))
}

fn places(count: usize) -> Shape {
    Shape::maps(1, count, 3)
}

fn layer(layer: LayerId, shape: Shape, values: Vec<f32>) -> LayerValues {
    whole(layer, shape, Span::Signed, values)
}

/// Puts other places where those of the map are.
fn lay(layers: &mut [LayerValues], id: LayerId, values: Arc<[f32]>) {
    if let Some(layer) = layers.iter_mut().find(|layer| layer.layer == id) {
        *layer = LayerValues::whole(id, layer.shape, Span::Signed, values);
    }
}

fn last_layer(last: Option<LastRating>) -> LayerValues {
    let numbers = |last: LastRating| {
        let (person, item) = (last.person as f32, last.item as f32);
        let (stars, predicted) = (last.stars as f32, last.predicted as f32);
        vec![person, item, stars, predicted, (last.stars - last.predicted) as f32]
    };
    let values = last.map(numbers).unwrap_or_default();
    layer(LAST_RATING, Shape::flat(values.len()), values)
}

impl Trainable for RatingsTrainable {
    fn outline(&self) -> Outline {
        Outline {
            exhibit: EXHIBIT_ID,
            example: EXAMPLE,
            metrics: METRICS.to_vec(),
            parameters: self.parameters(),
            train_examples: self.ratings.len(),
            test_examples: 0,
            batch: 1,
            device: "cpu",
            steps_per_epoch: self.ratings.len() as u64,
            steps_at_once: STEPS_AT_ONCE,
            first_input: InputChoice::of(TasteAsk::default()),
            pictures_gradients: false,
            in_epochs: true,
            learning_rates: [1e-5, 1.0],
            largest_stable_rate: None,
        }
    }

    fn material(&self) -> Material {
        let remarks = self.ratings.remarks.to_vec();
        Material { content: Payload::shared(self.ratings.clone()), remarks }
    }

    fn graph(&self) -> Result<ModelGraph, TrainError> {
        graph::graph(self.ratings.people.len(), self.ratings.items.len(), self.settings.factors)
            .map_err(TrainError::calculation)
    }

    fn begin(
        &mut self,
        seed: u64,
        tell: &mut dyn FnMut(Stage, Vec<Fact>),
    ) -> Result<(), TrainError> {
        self.seed = seed;
        (self.last, self.layers, self.answer, self.folds) = (None, None, None, None);
        self.learned = 0;
        self.layouts.forget();
        let Settings { factors, init_std, regularisation, .. } = self.settings;
        tell(Stage::Preprocess, self.data_facts());
        tell(
            Stage::Build,
            vec![
                Fact::new(key!("recommender-model-factors"), factors),
                Fact::new(key!("recommender-model-parameters"), grouped(self.parameters())),
                Fact::new(
                    key!("recommender-model-prediction"),
                    key!("recommender-model-mean-two-biases-taste"),
                ),
                Fact::new(REGULARISATION, regularisation),
            ],
        );
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        let (order, items) = (Order::of(&self.ratings), self.ratings.items.len());
        self.svd = Some(Svd::init(order, items, factors, init_std, &mut generator));
        self.map = map(&self.raters, &self.settings);
        tell(
            Stage::Initialise,
            vec![
                Fact::new(key!("recommender-model-factors"), format!("N(0, {init_std}²)")),
                Fact::new(key!("recommender-model-biases"), key!("recommender-model-zero")),
                Fact::new(key!("recommender-model-seed"), seed),
            ],
        );
        Ok(())
    }

    fn step(&mut self, order: StepOrder) -> Result<Stepped, TrainError> {
        let rates = self.rates(order.learning_rate);
        let ratings = Order::of(&self.ratings);
        let start = usize::try_from(order.at.batch).unwrap_or(usize::MAX).min(ratings.len());
        let end = start.saturating_add(order.steps as usize).min(ratings.len());
        let svd = self.svd.as_mut().ok_or_else(not_begun)?;
        let learned = svd.learn(ratings, start..end, rates, self.ratings.scale);
        (self.layers, self.answer) = (None, None);
        self.last = learned.last.or(self.last);
        self.learned += learned.ratings as u64;
        // An error that is no number is told by the step that meets it first and has changed nothing.
        let loss = learned.squared_error / learned.ratings as f64;
        Ok(Stepped {
            steps: learned.ratings.max(1) as u64,
            values: MetricValues::new(&[
                loss as f32,
                learned.right as f32 / learned.ratings.max(1) as f32,
            ]),
            examples: learned.ratings,
            over: false,
        })
    }

    fn show(&mut self, input: &InputChoice, taps: &mut Taps) -> Result<Readout, TrainError> {
        let ask = match input {
            InputChoice::Other(ask) => ask.get::<TasteAsk>(),
            _ => None,
        };
        let ask = ask.ok_or_else(|| {
            TrainError::calculation(phrase!("recommender-model-a-recommender-is-asked-for"))
        })?;
        let mut layers = self.layers()?.to_vec();
        let mut answer = self.answer(ask)?;
        if let Some(shown) = self.laid(ask.layout, &layers)? {
            let mut said = TasteAnswer::clone(&answer);
            said.laid = Some(shown.laid);
            if let Some(places) = shown.places {
                lay(&mut layers, ITEM_PLACES, places);
                lay(
                    &mut layers,
                    PEOPLE_PLACES,
                    vec![f32::NAN; 3 * self.ratings.people.len()].into(),
                );
                // A place in the middle of groups that are far apart would say nothing true.
                said.people.iter_mut().for_each(|taste| taste.place = [f32::NAN; 3]);
            }
            answer = Arc::new(said);
        }
        layers.iter().for_each(|layer| taps.share(layer, Span::Signed));
        Ok(Readout { parameters: Vec::new(), answer: Some(Payload::shared(answer)) })
    }

    fn is_busy(&self) -> bool {
        self.layouts.is_busy()
    }

    fn evaluate(
        &mut self,
        learning_rate: f64,
        _: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Evaluation, TrainError> {
        let course = self.course(learning_rate);
        let folds = self.folds.get_or_insert_with(|| Folds::new(self.ratings.clone(), course));
        let reports = folds.go_on()?;
        let Some(verdict) = folds.verdict() else {
            return Ok(Evaluation::Going(found(reports)));
        };
        self.folds = None;
        Ok(Evaluation::Done(Judgement {
            findings: found(reports),
            test: None,
            verdict: Payload::new(verdict),
            facts: verdict_facts(&verdict),
        }))
    }

    fn forget_evaluation(&mut self) {
        self.folds = None;
    }
}

fn found(reports: Vec<FoldReport>) -> Vec<Payload> {
    reports.into_iter().map(Payload::new).collect()
}

fn verdict_facts(verdict: &RatingsVerdict) -> Vec<Fact> {
    let lists = |name, value: f64| Fact::new(name, format!("{value:.3}"));
    vec![
        Fact::new(
            key!("recommender-model-rmse-2"),
            phrase!("recommender-model-stars-3", rmse = format_args!("{:.4}", verdict.rmse)),
        ),
        Fact::new(
            key!("recommender-model-mae"),
            phrase!("recommender-model-stars-4", mae = format_args!("{:.4}", verdict.mae)),
        ),
        Fact::new(
            key!("recommender-model-rmse-from-fold-to-fold"),
            phrase!(
                "recommender-model-stars-5",
                rmse_std = format_args!("{:.4}", verdict.rmse_std)
            ),
        ),
        Fact::new(
            key!("recommender-model-rmse-of-the-biases-alone"),
            phrase!(
                "recommender-model-stars-6",
                bias_rmse = format_args!("{:.4}", verdict.bias_rmse)
            ),
        ),
        lists(phrase!("recommender-model-precision-at-10"), verdict.lists.precision),
        lists(phrase!("recommender-model-recall-at-10"), verdict.lists.recall),
        lists(phrase!("recommender-model-ndcg-at-10"), verdict.lists.ndcg),
        lists(phrase!("recommender-model-ndcg-at-10-of-the"), verdict.popular_lists.ndcg),
        Fact::new(key!("recommender-model-folds"), verdict.folds),
    ]
}
