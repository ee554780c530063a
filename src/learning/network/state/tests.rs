//! What is written is read again, and nothing else is.

use std::{fs, sync::Arc};

use proptest::prelude::*;

use super::*;
use crate::{
    learning::{
        DeviceName, StepPlace,
        data::fixtures::{Damage, damage},
        network::Batch,
    },
    network::{Training, description},
};

const LAYERS: &str = "[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\nout_features = 3\n\
                      [[layers]]\nkind = \"batch_norm\"\n[[layers]]\nkind = \"linear\"\n[training]\n";

fn model(optimiser: &str) -> (NetworkModel, Training) {
    let described = description(&format!("{LAYERS}{optimiser}")).unwrap();
    let plan = described.network([1, 2, 2], 2).unwrap().plan().unwrap();
    let Training { rule, weight_decay, .. } = described.training;
    let device = DeviceName::Flex.device();
    let mut model = NetworkModel::new(Arc::new(plan), device, rule, weight_decay).unwrap();
    model.begin(3);
    for number in 0..3 {
        let images = (0..12).map(|at| (at as f32 * 0.7 + number as f32).sin().abs()).collect();
        model
            .step(Batch { inputs: images, labels: vec![0, 1, 0], counts: None }, number, 0.1)
            .unwrap();
    }
    (model, described.training)
}

fn words() -> StateWords {
    StateWords {
        network: fingerprint(b"the network"),
        data: Fingerprint { train: 3, test: 1, size: [1, 2, 2], classes: 2, hash: "0".to_owned() },
        seed: u64::MAX,
        data_seed: 42,
        device: "flex".to_owned(),
        training: "optimiser = \"sgd\"\n".to_owned(),
        progress: Progress {
            step: 3,
            at: StepPlace { epoch: 1, batch: 2 },
            learning_rate: 0.1 + 0.2,
            examples: 6,
            sums: [1.0 / 3.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        },
    }
}

/// What a file of these bytes says to a model.
fn read(bytes: &[u8], (model, training): &(NetworkModel, Training)) -> Result<Saved, Fault> {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), bytes).unwrap();
    let rule = (training.rule, training.weight_decay);
    StateFile::open(file.path())?.training(model.plan(), (*model.weights).clone(), (rule, false))
}

#[test]
fn each_rule_remembers_to_the_last_bit_and_no_other_takes_it() {
    let rules = [
        "optimiser = \"sgd\"",
        "optimiser = \"sgd\"\nmomentum = 0.9",
        "optimiser = \"adamw\"",
        "optimiser = \"rmsprop\"\nmomentum = 0.5",
        "optimiser = \"rmsprop\"",
    ];
    let models = rules.map(model);
    for (at, of) in models.iter().enumerate() {
        let bytes = of.0.state(words()).unwrap();
        let saved = read(&bytes, of).unwrap();
        assert_eq!((&saved.words, &saved.optimiser), (&words(), &of.0.optimiser));
        assert_eq!(saved.optimiser.taken, 3);
        // SGD and its steps are told from others by what they remember; Adam and RMSProp with momentum are not, but by
        // their settings.
        for (other, model) in models.iter().enumerate() {
            if other != at && ![(2, 3), (3, 2)].contains(&(at, other)) {
                assert!(read(&bytes, model).is_err(), "{} for {}", rules[at], rules[other]);
            }
        }
    }
}

#[test]
fn what_is_no_state_is_a_sentence() {
    let of = model("optimiser = \"adamw\"");
    let said = |bytes: &[u8]| read(bytes, &of).unwrap_err().to_string();
    let weights = safetensors([("a".to_owned(), &[1][..], &[0.5][..])].into_iter(), None);
    assert_eq!(said(&weights.unwrap()), "it holds no state of a training");
    for bytes in [&b""[..], b"{}", &[0xff; 64]] {
        assert!(!said(bytes).is_empty());
    }
    // A header that claims more than there is.
    let mut vast = (1_u64 << 24).to_le_bytes().to_vec();
    vast.extend(b"{\"first\":");
    assert_eq!(said(&vast), "it is damaged or cut short");
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(StateFile::open(folder.path()).unwrap_err().to_string(), "it is no plain file");
}

proptest! {
    #[test]
    fn no_damage_passes(damages in prop::collection::vec(any::<Damage>(), 1..3)) {
        let of = model("optimiser = \"adamw\"");
        let whole = of.0.state(words()).unwrap();
        let mut bytes = whole.clone();
        for one in damages {
            damage(&mut bytes, one);
        }
        if let Ok(saved) = read(&bytes, &of) {
            // Blanks behind the header may be others.
            prop_assert_eq!((&saved.words, &saved.optimiser), (&words(), &of.0.optimiser));
        }
    }
}
