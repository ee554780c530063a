//! What the views of all image classifiers share: choosing, browsing and drawing the input, the outputs as bars, curves of
//! loss and accuracy, the confusion matrix, and the board on which one looks inside.
//!
//! An exhibit says by [`Classifier`] who it is and where its parts hang, adds [`plugin`], and tells the run's images as a
//! [`TestSet`]. Whatever hangs here bears the mark of its exhibit, and its systems run only while
//! that is on the stage, so that several such exhibits can stand in one hall.

pub mod arc;
mod attention;
mod browser;
mod confusion;
mod curves;
mod input_choice;
mod inside;
mod outputs;
mod pad;
pub mod sheet;
#[cfg(test)]
mod tests;

use std::marker::PhantomData;

use bevy::prelude::*;

use self::arc::Spot;
use super::{
    WorldSystems,
    elsewhere::Elsewhere,
    link::{Link, ShownRun},
    stage::OnStage,
};
use crate::{
    images::TestSet,
    stream::{Command, ExhibitId, InputChoice, LayerId},
    words::Word,
};

pub use attention::ClassAttention;
pub use browser::BrowserNames;
pub(crate) use browser::browser_names;
pub(crate) use inside::inside_names;
pub use inside::{InsideNames, MakesWay};
pub use sheet::class_name;

/// An exhibit whose model tells what is on an image.
///
/// Its run's first two metrics are loss and accuracy, as in [`MetricSpec::OF_CLASSIFIER`](crate::stream::MetricSpec).
pub trait Classifier: Send + Sync + 'static {
    /// Which exhibit it is.
    const EXHIBIT: ExhibitId;
    /// The tensor of the outputs after softmax: a share 0..=1 for each class, that sum to 1.
    const PROBABILITIES: LayerId;
    /// Where its parts hang.
    const PLACES: Places;
    /// What its controls are called.
    const NAMES: Names;
}

/// Where the parts of a classifier hang; none over another.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    /// What the input is, and the buttons that choose another.
    pub input_choice: Spot,
    /// The pad to draw on; images that are not as wide as high fill as much of it as they can.
    pub pad: Spot,
    /// What can be done on the pad.
    pub pad_controls: Spot,
    /// The bars of the outputs; their heading, 0.3 m high, hangs above.
    pub outputs: Spot,
    /// Loss over the steps, with its heading, ticks and legend.
    pub loss: Spot,
    /// Accuracy over the steps, with the same.
    pub accuracy: Spot,
    /// The confusion matrix with heading, ticks and caption: 0.64 m wide and 0.91 m high. While one points at it, its caption
    /// runs on below what hangs to its right, where the mistakes belong.
    pub confusion: Spot,
    /// The wall of mistakes with heading and caption: as large, and to the right of the confusion matrix, below which its
    /// own caption runs on.
    pub mistakes: Spot,
    /// The board of all test images, 1.36 m wide and 2.33 m high: it takes the place of curves, matrix and wall while it is
    /// open.
    pub browser: Spot,
    /// The board on which one looks inside, which hangs nearer than the arc, before the layers, while it is open: 3.46 m wide
    /// and 2.34 m high.
    pub inside: Spot,
}

/// What the controls of a classifier are called, each as no other in the hall, and what its pad asks for.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// The button that leads to the test image before.
    pub previous_input: &'static str,
    /// The one that leads to any.
    pub random_input: &'static str,
    /// The one that leads to the next.
    pub next_input: &'static str,
    /// The button that clears the pad.
    pub clear_pad: &'static str,
    /// The toggle that moves what is drawn to the middle before it is read.
    pub centre: &'static str,
    /// The toggle that shows the loss by its logarithm.
    pub loss_log: &'static str,
    /// The controls of the browser of test images.
    pub browser: BrowserNames,
    /// The controls of the board on which one looks inside.
    pub inside: InsideNames,
    /// What the words above the pad's buttons ask for, as “Draw a digit”.
    pub to_draw: Word,
}

/// Adds all parts of a classifier to the hall.
pub fn plugin<C: Classifier>(app: &mut App) {
    app.configure_sets(Update, AttentionSystems.in_set(WorldSystems::Steer)).add_plugins((
        attention::plugin::<C>,
        input_choice::plugin::<C>,
        pad::plugin::<C>,
        outputs::plugin::<C>,
        curves::plugin::<C>,
        confusion::plugin::<C>,
        browser::plugin::<C>,
        inside::plugin::<C>,
    ));
    app.add_systems(
        Update,
        hide_what_is_not::<C>.in_set(WorldSystems::Show).in_set(on_stage::<C>()),
    );
}

/// Lets a hall that is not open yet open with this input; call it before [`plugin`].
pub fn look_at<C: Classifier>(app: &mut App, choice: InputChoice) {
    if let Some(link) = app.world().get_resource::<Link>() {
        link.ask(Command::Watch(choice.clone()));
    }
    app.insert_resource(input_choice::Watched::<C>::of(choice));
}

/// Lets a hall that is not open yet open with the board on which one looks inside; call it before [`plugin`].
pub fn look_inside<C: Classifier>(app: &mut App) {
    app.insert_resource(inside::Inside::<C>::opened());
}

/// What an exhibit shows of images and not of texts.
#[derive(Component, Clone, Copy, Debug)]
pub struct OnlyImages(pub ExhibitId);

/// What an exhibit shows only where examples are known to be chosen from; a training of another program may tell none.
#[derive(Component, Clone, Copy, Debug)]
#[require(Visibility)]
pub struct OfExamples;

/// What asks the model, which must be in this program to answer.
#[derive(Component, Clone, Copy, Debug)]
pub struct AsksModel;

/// The parts of a classifier that are not there for every run.
type Parts<'w, 's, C> = Query<
    'w,
    's,
    (Option<&'static OnlyImages>, Has<OfExamples>, Has<AsksModel>, &'static mut Visibility),
    (Or<(With<OnlyImages>, With<OfExamples>)>, Or<(With<Of<C>>, With<OnlyImages>)>),
>;

fn hide_what_is_not<C: Classifier>(
    run: Res<ShownRun>,
    elsewhere: Option<Res<Elsewhere>>,
    mut parts: Parts<C>,
) {
    let set = run.0.material::<TestSet>();
    let of_text = set.is_some_and(|set| set.of_text);
    let elsewhere = Elsewhere::shows(elsewhere.as_deref(), &run.0);
    for (images, of_examples, asks, mut seen) in &mut parts {
        if images.is_some_and(|images| images.0 != C::EXHIBIT) {
            continue;
        }
        let lacks = elsewhere && (asks || (of_examples && set.is_none()));
        let hidden = lacks || (of_text && images.is_some());
        seen.set_if_neq(if hidden { Visibility::Hidden } else { Visibility::Inherited });
    }
}

/// Whatever writes a [`ClassAttention`] in a frame, but for those who point and press.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AttentionSystems;

/// What belongs to the classifier `C`: systems of another one pass it over.
#[derive(Component)]
struct Of<C: Classifier>(PhantomData<C>);

impl<C: Classifier> Of<C> {
    /// The mark of its entities.
    const MARK: Self = Self(PhantomData);
}

/// The systems of a classifier run while it is on the stage.
const fn on_stage<C: Classifier>() -> OnStage {
    OnStage(C::EXHIBIT)
}
