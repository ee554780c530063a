//! The model: one parameter θ with σ(θ) the chance of heads, by stochastic gradient descent on the cross-entropy.

use std::ops::ControlFlow;

use perceptarium::{
    learning::{
        Evaluation, Judgement, Outline, Readout, StepOrder, Stepped, Taps, TrainError, Trainable,
    },
    stream::{
        Fact, InputChoice, LayerId, Material, MetricSpec, MetricValues, Payload, Shape, Span, Stage,
    },
};

use super::{After, COIN_ID, Chance, EXAMPLE, Flips};

/// The chance of heads.
pub(super) const CHANCE: LayerId = LayerId::new("Chance of heads");

pub(super) struct Coin {
    flips: Vec<bool>,
    theta: f64,
}

impl Coin {
    pub(super) fn new(flips: Vec<bool>) -> Self {
        Self { flips, theta: 0.0 }
    }
}

fn chance(theta: f64) -> f64 {
    1.0 / (1.0 + (-theta).exp())
}

impl Trainable for Coin {
    fn outline(&self) -> Outline {
        let first_input = InputChoice::of(After(0));
        let metrics = vec![MetricSpec::LOSS, MetricSpec::ACCURACY];
        Outline { first_input, metrics, ..Outline::plain(COIN_ID, EXAMPLE, 1, self.flips.len()) }
    }

    fn material(&self) -> Material {
        Material::plain(Flips(self.flips.clone()))
    }

    fn begin(&mut self, _: u64, tell: &mut dyn FnMut(Stage, Vec<Fact>)) -> Result<(), TrainError> {
        self.theta = 0.0;
        tell(Stage::Build, vec![Fact::new("Model", "σ(θ)")]);
        Ok(())
    }

    fn step(&mut self, order: StepOrder) -> Result<Stepped, TrainError> {
        let at = usize::try_from(order.at.batch).unwrap_or(usize::MAX);
        let heads = self.flips.get(at).copied().unwrap_or_default();
        let said = chance(self.theta);
        self.theta -= order.learning_rate * (said - f64::from(u8::from(heads)));
        let loss = -(if heads { said } else { 1.0 - said }).ln() as f32;
        let right = f32::from(u8::from((said >= 0.5) == heads));
        let values = MetricValues::new(&[loss, right]);
        Ok(Stepped { steps: 1, values, examples: 1, over: false })
    }

    fn show(&mut self, input: &InputChoice, taps: &mut Taps) -> Result<Readout, TrainError> {
        let InputChoice::Other(asked) = input else {
            return Err(TrainError::calculation("a coin is asked for chances"));
        };
        let more = asked.get::<After>().map_or(0, |after| after.0);
        // Each head pulls as the first would.
        let theta = self.theta + 0.05 * f64::from(more) * (1.0 - chance(self.theta));
        taps.tap(CHANCE, Shape::flat(1), Span::Unit, &[chance(self.theta) as f32]);
        let answer = Some(Payload::new(Chance(chance(theta))));
        Ok(Readout { answer, ..Readout::default() })
    }

    fn evaluate(
        &mut self,
        _: f64,
        _: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Evaluation, TrainError> {
        let chance = || Payload::new(Chance(chance(self.theta)));
        let judged =
            Judgement { findings: vec![chance()], verdict: chance(), ..Judgement::nothing() };
        Ok(Evaluation::Done(judged))
    }
}
