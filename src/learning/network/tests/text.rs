//! A network for text against `PyTorch` and against finite differences.

use super::*;
use crate::network::weights::read;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/network/text");

/// The network whose weights are stored, as `PyTorch` began it.
fn begun(seed: u64) -> NetworkModel {
    let text = std::fs::read_to_string(format!("{FOLDER}/small.toml")).unwrap();
    let described = description(&text).unwrap();
    let network = described.text_network(7).unwrap();
    let mut plan = network.plan().unwrap();
    let arrays = read(format!("{FOLDER}/state.pt").as_ref()).unwrap();
    plan.begin_with(&network, network.with_weights(arrays).unwrap());
    assert!(plan.begins_with_its_own());
    let device = DeviceName::Flex.device();
    let training = described.training;
    let mut model =
        NetworkModel::new(Arc::new(plan), device, training.rule, training.weight_decay).unwrap();
    model.begin(seed);
    model
}

fn tokens() -> Vec<f32> {
    (0..12).map(|at| (at * 5 % 7) as f32).collect()
}

fn passages() -> Batch {
    Batch { inputs: tokens(), labels: (0..12).map(|at| at * 3 % 7).collect(), counts: None }
}

#[test]
fn a_transformer_learns_as_pytorchs_does() {
    let rows = std::fs::read_to_string(format!("{FOLDER}/said.csv")).unwrap();
    let rows: Vec<Vec<f32>> = rows
        .lines()
        .map(|row| row.split(',').map(|number| number.parse().unwrap()).collect())
        .collect();
    let near = |own: &[f32], torch: &[f32], within: f32| {
        assert_eq!(own.len(), torch.len());
        for (own, torch) in own.iter().zip(torch) {
            assert!((own - torch).abs() < within, "{own} for {torch}");
        }
    };
    let mut model = begun(1);
    near(&model.logits(tokens(), 2).unwrap(), &rows[0], 1e-5);
    for (step, loss) in rows[1].iter().enumerate() {
        let said = model.step(passages(), step as u64, 0.01).unwrap();
        assert_eq!(said.logits.len(), 2 * 6 * 7);
        near(&[said.loss], &[*loss], 1e-4);
        if step == 0 {
            let plan = model.plan().clone();
            let of = |one: &crate::network::Parameter| one.name == "h.0.attn.in_proj_weight";
            let at = plan.parameters.iter().position(of).unwrap();
            near(&model.gradients()[at], &rows[2], 1e-5);
        }
    }
    near(&model.logits(tokens(), 2).unwrap(), &rows[3], 2e-3);
}

#[test]
fn no_token_sees_what_is_behind_it() {
    let model = begun(1);
    let logits = model.logits(tokens(), 2).unwrap();
    let mut other = tokens();
    other[3] = 6.0;
    let changed = model.logits(other, 2).unwrap();
    // Three tokens of seven classes each, and the other passage whole.
    assert_eq!(changed[..21], logits[..21]);
    assert_ne!(changed[21..42], logits[21..42]);
    assert_eq!(changed[42..], logits[42..]);
    // One passage alone says what it says among others, but for the order of sums.
    let alone = model.logits(tokens()[..6].to_vec(), 1).unwrap();
    assert!(alone.iter().zip(&logits).all(|(a, b)| (a - b).abs() < 1e-5), "{alone:?}");
}

#[test]
fn gradients_of_a_transformer_are_what_finite_differences_say() {
    let mut model = begun(1);
    model.step(passages(), 0, 1e-30).unwrap();
    let gradients = model.gradients().to_vec();
    let loss = |model: &NetworkModel| {
        let logits = model.logits(tokens(), 2).unwrap();
        let rows = logits.chunks(7).zip(passages().labels);
        let lost = rows.map(|(row, truth)| {
            let sum: f64 = row.iter().map(|logit| f64::from(*logit).exp()).sum();
            sum.ln() - f64::from(row[truth as usize])
        });
        lost.sum::<f64>() / 12.0
    };
    let plan = model.plan().clone();
    for (of, parameter) in plan.parameters.iter().enumerate() {
        for at in [0, parameter.len() / 2, parameter.len() - 1] {
            let mut moved = |by: f32| {
                Arc::make_mut(&mut Arc::make_mut(&mut model.weights).parameters[of])[at] += by;
                let loss = loss(&model);
                Arc::make_mut(&mut Arc::make_mut(&mut model.weights).parameters[of])[at] -= by;
                loss
            };
            let slope = (moved(0.01) - moved(-0.01)) / 0.02;
            let own = f64::from(gradients[of][at]);
            assert!((own - slope).abs() < 2e-4, "{}[{at}]: {own} for {slope}", parameter.name);
        }
    }
}
