//! Whether a network, its training and the data suit each other, and what would suit them better.

use crate::{
    exhibits::network::model::Data,
    learning::data::Dataset,
    network::{CLASS_WEIGHTS_SETTING, ClassWeights, Plan, Training},
    sentence::shown,
    words::{Phrase, Word},
};

/// So many times as many images as the smallest class has are told of the largest.
const IMBALANCE: usize = 3;
/// Images of each class from which a network may learn as a whole.
const ENOUGH: usize = 50;
/// What is said of grey images, as of brought networks.
const COLOURS: Word = key!("network-model-colours-it-is-for-colour");

/// What a visitor has to know of them together.
///
/// # Errors
/// A fact and a remedy, if one does not fit another.
pub(super) fn remarks(
    data: &Data,
    plan: &Plan,
    training: &Training,
    described: bool,
) -> Result<Vec<Phrase>, (Phrase, Phrase)> {
    let counts = match data {
        Data::Images(dataset) => dataset.counts(),
        Data::Text(text) => text.counts(),
    };
    let weights = training.class_weights.of(&counts);
    let remedy = phrase!("network-model-give-one-for-each-class");
    weights.map_err(|fault| (phrase!("network-model-training", fault), remedy))?;
    if training.frozen {
        if let Data::Text(_) = data {
            let fact = phrase!("network-model-it-learns-a-text-and");
            return Err((fact, phrase!("network-model-leave-freeze-out")));
        }
        can_freeze(plan, training)?;
    }
    let Data::Images(dataset) = data else {
        if training.augmentation.is_nothing() {
            return Ok(Vec::new());
        }
        return Err((
            phrase!("network-model-augmentation-is-of-images"),
            phrase!("network-model-leave-it-out"),
        ));
    };
    let is_grey = dataset.channels == 1 && described;
    let repeats = is_grey && plan.model.nodes.iter().any(|node| node.name == "/input/colours");
    let colours = repeats.then(|| COLOURS.into());
    let unequal =
        imbalance(dataset, &counts).filter(|_| training.class_weights == ClassWeights::Equal);
    let unequal = unequal.map(|unequal| {
        if !described {
            return unequal;
        }
        phrase!(
            "network-model-in-training-lets-both-count",
            unequal,
            class_weights_setting = CLASS_WEIGHTS_SETTING
        )
    });
    Ok([colours, unequal, few(dataset, plan, training)].into_iter().flatten().collect())
}

/// Whether only the last layer can learn.
fn can_freeze(plan: &Plan, training: &Training) -> Result<(), (Phrase, Phrase)> {
    let wrong = |fact: Phrase, remedy: Phrase| Err((fact, remedy));
    let head = match plan.head() {
        Ok(head) => head,
        Err(fault) => return wrong(fault.into(), phrase!("network-model-leave-freeze-out")),
    };
    if !plan.has_learned_all_but(&head.parameters) {
        let fact = phrase!("network-model-what-freeze-keeps-as-it");
        return wrong(fact, phrase!("network-model-name-what-it-learned-with"));
    }
    if !training.augmentation.is_nothing() {
        let fact = phrase!("network-model-freeze-looks-at-each-image");
        return wrong(fact, phrase!("network-model-leave-one-of-both-out"));
    }
    Ok(())
}

/// Which class has the most training images and which the fewest, if they are many times apart.
fn imbalance(dataset: &Dataset, counts: &[usize]) -> Option<Phrase> {
    let name = |at: usize| shown(dataset.classes.get(at).map_or("", String::as_str));
    let met = || counts.iter().copied().enumerate().filter(|(_, count)| *count > 0);
    let (fewest, few) = met().min_by_key(|(_, count)| *count)?;
    let (most, many) = met().rev().max_by_key(|(_, count)| *count)?;
    (many >= IMBALANCE * few).then(|| {
        let many = Phrase::counted(many, "training image");
        phrase!(
            "network-model-classes-has-has",
            most = name(most),
            many,
            fewest = name(fewest),
            few
        )
    })
}

/// That a network which has learned is to learn from few images.
fn few(dataset: &Dataset, plan: &Plan, training: &Training) -> Option<Phrase> {
    let each = dataset.train.len() / dataset.classes.len().max(1);
    let is_few = each < ENOUGH && plan.begins_with_its_own() && !training.frozen;
    let could = is_few && plan.head().is_ok_and(|head| plan.has_learned_all_but(&head.parameters));
    could.then(|| phrase!("network-model-few-images-about-of-each", each))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        learning::data::Images,
        network::{First, description},
    };

    const LAYERS: &str = "[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\nout_features = 4\n\
                          [[layers]]\nkind = \"linear\"\n";

    /// Grey images of 2 × 2 pixels, so many of each class.
    fn dataset(counts: &[usize]) -> Dataset {
        let labels: Vec<u8> =
            (0_u8..).zip(counts).flat_map(|(label, count)| vec![label; *count]).collect();
        let images = Images { pixels: vec![0; labels.len() * 4].into(), labels: labels.into() };
        let classes: Vec<String> = (0..counts.len()).map(|at| format!("c{at}")).collect();
        Dataset {
            name: String::new(),
            channels: 1,
            rows: 2,
            columns: 2,
            classes: classes.into(),
            train: images.clone(),
            test: images,
            remarks: Vec::new(),
        }
    }

    /// What is said of a network, whose first layers may have learned, on so many images of each class.
    fn said(
        settings: &str,
        counts: &[usize],
        has_learned: bool,
        frozen: bool,
    ) -> Result<Vec<Phrase>, (Phrase, Phrase)> {
        let described = description(&format!("{LAYERS}{settings}")).unwrap();
        let network = described.network([1, 2, 2], counts.len()).unwrap();
        let mut plan = network.plan().unwrap();
        if has_learned {
            for parameter in plan.parameters.iter_mut().take(2) {
                parameter.first = First::Given(vec![0.0; parameter.len()].into());
            }
        }
        let training = Training { frozen, ..described.training };
        remarks(&dataset(counts).into(), &plan, &training, true)
    }

    #[test]
    fn classes_that_are_many_times_apart_are_told_with_what_balances_them() {
        let remark = "Classes: “c1” has 1,200 training images, “c2” has 400: class_weights = \"balanced\" in [training] lets \
                      both count the same";
        assert_eq!(said("", &[500, 1200, 400, 0], false, false).unwrap(), [remark]);
        assert_eq!(said("", &[500, 1199, 400], false, false), Ok(Vec::new()));
        let balanced = "[training]\nclass_weights = \"balanced\"\n";
        assert_eq!(said(balanced, &[500, 1200, 400], false, false), Ok(Vec::new()));
        let (fact, _) =
            said("[training]\nclass_weights = [1, 2]\n", &[9, 9, 9], false, false).unwrap_err();
        assert_eq!(fact, "[training]: class_weights has 2 numbers, but the data have 3 classes");
    }

    #[test]
    fn few_images_for_a_network_that_has_learned_are_told_with_what_suits_them() {
        let few = said("", &[40, 50], true, false).unwrap();
        assert!(few[0].starts_with("Few images: about 45 of each class; --freeze"), "{few:?}");
        for (counts, has_learned, frozen) in
            [([50, 50], true, false), ([40, 50], false, false), ([40, 50], true, true)]
        {
            assert_eq!(said("", &counts, has_learned, frozen), Ok(Vec::new()));
        }
    }

    #[test]
    fn what_cannot_be_frozen_is_told() {
        let (fact, remedy) = said("", &[9, 9], false, true).unwrap_err();
        assert_eq!(fact, "what --freeze keeps as it is has learned nothing");
        assert!(remedy.contains("--weights"), "{remedy}");
        let changed = "[augmentation]\nhorizontal_flip = true\n";
        assert!(said(changed, &[9, 9], true, true).unwrap_err().0.contains("[augmentation]"));
        let no_head = "[[layers]]\nkind = \"relu\"\n";
        let (fact, remedy) = said(no_head, &[9, 9], true, true).unwrap_err();
        assert_eq!(fact, "it does not end in a linear layer");
        assert_eq!(remedy, "leave --freeze out");
    }

    #[test]
    fn grey_images_for_colours_are_told() {
        let coloured = said("[input]\nchannels = 3\n", &[90, 90], false, false).unwrap();
        assert_eq!(coloured, [Phrase::from(COLOURS)]);
    }
}
