//! The loss in which classes are weighed, against `PyTorch`.

use super::*;

/// A row of `tests/network/class_weights.csv`, which the script beside it made.
fn said(name: &str) -> Vec<f32> {
    let rows: &str = include_str!("../../../../tests/network/class_weights.csv");
    let row = rows.lines().find_map(|row| row.strip_prefix(name)?.strip_prefix(';')).unwrap();
    row.split(';').map(|number| number.parse().unwrap()).collect()
}

fn close(name: &str, numbers: &[f32], within: f32) {
    let wanted = said(name);
    assert_eq!(numbers.len(), wanted.len());
    let apart = numbers.iter().zip(&wanted).map(|(own, torch)| (own - torch).abs());
    assert!(apart.fold(0.0, f32::max) < within, "{name}: {numbers:?} for {wanted:?}");
}

#[test]
fn weighed_classes_are_learned_as_pytorch_does() {
    let number = |at: usize| (at * 37 % 101) as f32 / 100.0 - 0.5;
    let layers = "[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\n[training]\noptimiser = \"sgd\"\n";
    let run = |class_weights: Option<Vec<f32>>| {
        let mut model = model(layers, [1, 2, 3], 3);
        model.weigh(class_weights);
        let weights = Arc::make_mut(&mut model.weights);
        weights.parameters = [0..18, 50..53].map(|of| Arc::new(of.map(number).collect())).into();
        let mut gradients = Vec::new();
        let losses: Vec<f32> = (0..3)
            .map(|step| {
                let images = (5..47).map(number).collect();
                let batch =
                    Batch { inputs: images, labels: vec![0, 2, 0, 0, 1, 0, 2], counts: None };
                let said = model.step(batch, step, 0.5).unwrap();
                gradients.push(model.gradients().to_vec());
                said.loss
            })
            .collect();
        (losses, gradients.swap_remove(0), model.weights().parameters.clone())
    };
    let (losses, gradients, weights) = run(Some(said("class_weights")));
    close("losses", &losses, 1e-6);
    close("weight gradient", &gradients[0], 1e-6);
    close("bias gradient", &gradients[1], 1e-6);
    close("weight", &weights[0], 2e-6);
    close("bias", &weights[1], 2e-6);
    // Weights that are all alike change nothing but the last digits, whatever they are.
    let (plain, alike) = (run(None), run(Some(vec![3.0; 3])));
    assert!((plain.0[0] - losses[0]).abs() > 0.01);
    assert!(plain.0.iter().zip(&alike.0).all(|(one, other)| (one - other).abs() < 1e-6));
}
