//! Weights changed by hand: which numbers make a unit, what an edit makes of them, and the states that a run had before its
//! edits, to which it can go back.

use super::{Explained, hidden};
use crate::{
    inside::{Answered, Edit, EditAsked, EditChange, EditReport, Edited, PlannedEdit, UnitLayer},
    learning::{AfterEdit, Progress, TrainError},
    sentence::{grouped, listed, shown},
    stream::{Payload, TestReport},
};

/// Edits that can be taken back: so many states are kept.
const MOST_KEPT: usize = 8;

/// The numbers on which a unit hangs, by their places in [`Parameters::numbers`](super::Parameters::numbers).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handles {
    /// The weights that make it.
    pub weights: Vec<usize>,
    /// Its bias, where it has one of its own.
    pub bias: Option<usize>,
    /// For each class the weights by which its logit reads the unit; none where other layers lie between.
    pub towards: Vec<Vec<usize>>,
}

/// A network after an edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// All that it has learned, as one row.
    pub numbers: Vec<f32>,
    /// The layer that was meant.
    pub layer: String,
    /// Numbers that are others now.
    pub count: usize,
}

/// What an edit makes of a model's parameters: the same numbers give the same bits, whoever asks.
///
/// # Errors
/// One sentence if there is no such unit, or it has no such weights.
pub fn edited(model: &dyn Explained, edit: &Edit) -> Result<Changed, TrainError> {
    let layer = meant(model, edit.layer.as_deref())?;
    if edit.unit >= layer.units() {
        return Err(TrainError::Calculation(phrase!(
            "studies-the-layer-has-no-unit",
            name = shown(&layer.name),
            unit = edit.unit,
            units = grouped(layer.units())
        )));
    }
    let none = || {
        let able: Vec<String> = editable(model).into_iter().map(|layer| layer.name).collect();
        TrainError::Calculation(match able.is_empty() {
            true => phrase!("studies-no-unit-of-this-network"),
            false => phrase!(
                "studies-no-weights-make-this-unit",
                name = shown(&layer.name),
                able = listed(&able)
            ),
        })
    };
    let opened = hidden::open(model, &layer.name)?;
    let handles = opened.handles(edit.unit).ok_or_else(none)?;
    let mut numbers = model.parameters()?.ok_or_else(none)?.numbers;
    let before = numbers.clone();
    apply(&mut numbers, &handles, edit.change)?;
    let others = numbers.iter().zip(&before);
    let count = others.filter(|(one, other)| one.to_bits() != other.to_bits()).count();
    Ok(Changed { numbers, layer: layer.name, count })
}

/// The layer that is meant: where none is named the one that questions of units mean, or else the last whose units can be changed.
fn meant(model: &dyn Explained, asked: Option<&str>) -> Result<UnitLayer, TrainError> {
    let (_, layer) = hidden::found(model, asked)?;
    if asked.is_some() || is_editable(model, &layer) {
        return Ok(layer);
    }
    Ok(editable(model).pop().unwrap_or(layer))
}

/// The layers whose units are made by weights of their own.
fn editable(model: &dyn Explained) -> Vec<UnitLayer> {
    let layers = model.unit_layers().map(|all| all.layers).unwrap_or_default();
    layers.into_iter().filter(|layer| is_editable(model, layer)).collect()
}

fn is_editable(model: &dyn Explained, layer: &UnitLayer) -> bool {
    hidden::open(model, &layer.name).is_ok_and(|layer| layer.handles(0).is_some())
}

fn apply(numbers: &mut [f32], handles: &Handles, change: EditChange) -> Result<(), TrainError> {
    let mut each = |places: &mut dyn Iterator<Item = usize>, of: &dyn Fn(f32) -> f32| {
        for place in places {
            if let Some(number) = numbers.get_mut(place) {
                *number = of(*number);
            }
        }
    };
    let weights = &mut handles.weights.iter().copied();
    match change {
        EditChange::Scale(factor) => {
            each(&mut weights.chain(handles.bias), &|number| number * factor);
        }
        EditChange::Add(amount) => each(weights, &|number| number + amount),
        // A bound below zero would be none; `f32::clamp` keeps what is no number.
        EditChange::Clamp(bound) => {
            let bound = bound.abs();
            each(weights, &|number| number.clamp(-bound, bound));
        }
        EditChange::Bias(bias) => {
            let none = || TrainError::calculation(phrase!("studies-this-unit-has-no-bias"));
            each(&mut [handles.bias.ok_or_else(none)?].into_iter(), &|_| bias);
        }
        EditChange::Towards { class, factor } => {
            let read = handles.towards.get(class).ok_or_else(|| {
                TrainError::Calculation(match handles.towards.len() {
                    0 => phrase!("studies-no-class-reads-this-unit"),
                    count => phrase!("studies-there-is-no-class-only", class, count),
                })
            })?;
            each(&mut read.iter().copied(), &|number| number * factor);
        }
    }
    Ok(())
}

/// The states of a run before its edits.
#[derive(Debug)]
pub struct Edits<S> {
    /// The edits of the run, the states of its last ones with them.
    done: Vec<(PlannedEdit, Option<Before<S>>)>,
    /// Where the next run goes on.
    back: Option<Before<S>>,
}

impl<S> Default for Edits<S> {
    fn default() -> Self {
        Self { done: Vec::new(), back: None }
    }
}

/// Where a run stood.
#[derive(Debug)]
pub struct Before<S> {
    /// Between which steps.
    pub progress: Progress,
    /// What the trainable was.
    pub state: S,
}

impl<S> Edits<S> {
    /// Remembers an edit and what was before it.
    pub fn made(&mut self, edit: PlannedEdit, before: Before<S>) {
        self.done.push((edit, Some(before)));
        let old = self.done.len().saturating_sub(MOST_KEPT);
        self.done.iter_mut().take(old).for_each(|(_, before)| *before = None);
    }

    /// Takes the last edit back, with what the trainable was before it.
    ///
    /// # Errors
    /// If there is none, or its state is not kept any more.
    pub fn take_back(&mut self) -> Result<(PlannedEdit, Before<S>), TrainError> {
        let (edit, before) = self
            .done
            .pop()
            .ok_or_else(|| TrainError::calculation(phrase!("studies-no-edit-was-made-in")))?;
        match before {
            Some(before) => Ok((edit, before)),
            None => {
                self.done.push((edit, None));
                Err(TrainError::Calculation(phrase!(
                    "studies-only-the-last-edits-can",
                    most_kept = MOST_KEPT
                )))
            }
        }
    }

    /// Lets the run that begins next go on there.
    pub fn go_back(&mut self, before: Before<S>) {
        self.back = Some(before);
    }

    /// Where the run that begins goes on, if an edit was taken back; else it has no edits.
    pub fn begin(&mut self) -> Option<Before<S>> {
        let back = self.back.take();
        if back.is_none() {
            self.done.clear();
        }
        back
    }
}

/// A trainable whose weights can be changed by hand.
pub trait Editable {
    /// What is kept before an edit, so that the run can go back.
    type State;

    /// Its parameters after an edit.
    ///
    /// # Errors
    /// As [`edited`].
    fn edited(&self, edit: &Edit) -> Result<Changed, TrainError>;

    /// What it is now.
    ///
    /// # Errors
    /// If it cannot be copied.
    fn state(&self) -> Result<Self::State, TrainError>;

    /// Goes on with other parameters, and remembers why.
    ///
    /// # Errors
    /// If it cannot be done; it is as it was then.
    fn replace(&mut self, numbers: &[f32], edit: &PlannedEdit) -> Result<(), TrainError>;

    /// Is again what it was before an edit after which no step was taken.
    ///
    /// # Errors
    /// If it cannot be done.
    fn restore(&mut self, state: Self::State) -> Result<(), TrainError>;

    /// How it reads the test images; `None` where that takes too long between two steps.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn read(&mut self) -> Result<Option<TestReport>, TrainError>;

    /// The edits of the run.
    fn edits(&mut self) -> &mut Edits<Self::State>;
}

/// Does what is asked with a trainable's weights.
///
/// # Errors
/// One sentence if it cannot be done; everything is as it was then.
pub fn edit<E: Editable>(
    of: &mut E,
    asked: &Payload,
    progress: &Progress,
) -> Result<AfterEdit, TrainError> {
    let asked = asked.get::<EditAsked>();
    let asked =
        asked.ok_or_else(|| TrainError::calculation(phrase!("studies-this-is-no-edit-of")))?;
    let step = progress.step;
    let report =
        |edited| Payload::new(EditReport { step, asked: (**asked).clone(), said: Ok(edited) });
    let edit = match &**asked {
        EditAsked::Make(edit) => PlannedEdit { step, edit: edit.clone() },
        EditAsked::Undo => {
            let (edit, before) = of.edits().take_back()?;
            let undone = Edited { edit, layer: String::new(), numbers: 0, answers: None };
            if before.progress.step == step {
                // No step was taken since, so that nothing has to be taken again.
                of.restore(before.state)?;
                return Ok(AfterEdit::GoOn(report(undone)));
            }
            of.edits().go_back(before);
            return Ok(AfterEdit::Begin(report(undone)));
        }
    };
    let Changed { numbers, layer, count } = of.edited(&edit.edit)?;
    if count == 0 {
        // The weights are so already: there is nothing that could be taken back.
        return Ok(AfterEdit::GoOn(report(Edited { edit, layer, numbers: 0, answers: None })));
    }
    let before = Before { progress: *progress, state: of.state()? };
    let read_before = of.read()?;
    of.replace(&numbers, &edit)?;
    let read_after = of.read()?;
    of.edits().made(edit.clone(), before);
    let answers = read_before.zip(read_after).map(|(one, other)| [answered(one), answered(other)]);
    Ok(AfterEdit::GoOn(report(Edited { edit, layer, numbers: count, answers })))
}

/// Whether a trainable's weights could be changed as is asked.
///
/// # Errors
/// As [`edit`].
pub fn can_edit<E: Editable>(of: &E, asked: &Payload) -> Result<(), TrainError> {
    match asked.get::<EditAsked>().map(|asked| &**asked) {
        Some(EditAsked::Make(edit)) => of.edited(edit).map(|_| ()),
        _ => Ok(()),
    }
}

fn answered(report: TestReport) -> Answered {
    let accuracy = report.values.get(1).unwrap_or(f32::NAN);
    Answered { accuracy, confusion: report.confusion.to_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::StepPlace;

    fn handles() -> Handles {
        Handles { weights: vec![0, 2], bias: Some(3), towards: vec![vec![1], vec![4, 5]] }
    }

    fn after(change: EditChange) -> Result<Vec<f32>, String> {
        let mut numbers = vec![1.0, 2.0, -3.0, 0.5, f32::NAN, 6.0];
        apply(&mut numbers, &handles(), change).map_err(|error| error.to_string())?;
        Ok(numbers)
    }

    #[test]
    fn an_edit_changes_its_numbers_and_no_other() {
        let is = |change, expected: [f32; 6]| {
            let bits = |numbers: &[f32]| numbers.iter().map(|n| n.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&after(change).unwrap()), bits(&expected), "{change}");
        };
        let nan = f32::NAN;
        is(EditChange::Scale(-2.0), [-2.0, 2.0, 6.0, -1.0, nan, 6.0]);
        is(EditChange::Add(0.5), [1.5, 2.0, -2.5, 0.5, nan, 6.0]);
        is(EditChange::Clamp(2.0), [1.0, 2.0, -2.0, 0.5, nan, 6.0]);
        is(EditChange::Bias(7.0), [1.0, 2.0, -3.0, 7.0, nan, 6.0]);
        is(EditChange::Towards { class: 0, factor: 3.0 }, [1.0, 6.0, -3.0, 0.5, nan, 6.0]);
        is(EditChange::Towards { class: 1, factor: 0.5 }, [1.0, 2.0, -3.0, 0.5, nan, 3.0]);
    }

    #[test]
    fn what_a_unit_has_not_is_said() {
        let refused = after(EditChange::Towards { class: 2, factor: 0.0 }).unwrap_err();
        assert!(refused.contains("no class 2, only 2"), "{refused}");
        let bare = Handles { weights: vec![0], ..Handles::default() };
        let none = |change| apply(&mut [1.0], &bare, change).unwrap_err().to_string();
        assert!(none(EditChange::Bias(1.0)).contains("no bias of its own"));
        assert!(none(EditChange::Towards { class: 0, factor: 1.0 }).contains("lie between"));
    }

    #[test]
    fn the_last_edits_can_be_taken_back_one_after_the_other() {
        let planned = |step: u64| PlannedEdit {
            step,
            edit: Edit { layer: None, unit: 1, change: EditChange::Scale(0.0) },
        };
        let mut edits = Edits::default();
        assert!(edits.take_back().err().unwrap().to_string().contains("no edit was made"));
        let progress = |step| Progress {
            step,
            at: StepPlace { epoch: 0, batch: step },
            learning_rate: 1e-3,
            examples: 0,
            sums: [0.0; crate::stream::MOST_METRICS],
        };
        for step in 0..=MOST_KEPT as u64 {
            edits.made(planned(step), Before { progress: progress(step), state: step });
        }
        for step in (1..=MOST_KEPT as u64).rev() {
            let (edit, before) = edits.take_back().unwrap();
            assert_eq!(edit, planned(step));
            edits.go_back(before);
            let back = edits.begin().unwrap();
            assert_eq!((back.progress.step, back.state), (step, step));
        }
        let refused = edits.take_back().err().unwrap().to_string();
        assert!(refused.contains("only the last 8"), "{refused}");
        assert!(edits.begin().is_none() && edits.take_back().is_err());
    }
}
