//! Networks on a GPU say and learn what they do on the processor, within rounding; where this machine has one.

use std::fs;

use super::*;
use crate::network::{Network, Training};

fn described(name: &str) -> (Network, Training) {
    let path = format!("{}/assets/networks/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let described = description(&fs::read_to_string(path).unwrap()).unwrap();
    let network = match described.context() {
        Some(_) => described.text_network(30),
        None => described.network([1, 28, 28], 10),
    };
    (network.unwrap(), described.training)
}

/// What it says of examples before and after three steps, the losses of these and the last gradients.
fn course(name: &str, device: DeviceName) -> Vec<Vec<f32>> {
    const EXAMPLES: usize = 4;
    let (network, training) = described(name);
    let plan = Arc::new(network.plan().unwrap());
    let (rule, decay) = (training.rule, training.weight_decay);
    let mut model = NetworkModel::new(plan.clone(), device.device(), rule, decay).unwrap();
    model.begin(3);
    let is_text = plan.answers() > 1;
    let count = plan.input_dims(EXAMPLES).iter().product::<usize>();
    let number = |at: usize| (at * 37 % 101) as f32;
    let inputs: Vec<f32> =
        (0..count).map(|at| if is_text { number(at) % 30.0 } else { number(at) / 100.0 }).collect();
    let labels = (0..EXAMPLES * plan.answers()).map(|at| (at * 7 % plan.classes) as i64);
    let labels: Vec<i64> = labels.collect();
    let mut all = vec![model.logits(inputs.clone(), EXAMPLES).unwrap()];
    for step in 0..3 {
        let batch = Batch { inputs: inputs.clone(), labels: labels.clone(), counts: None };
        all.push(vec![model.step(batch, step, 0.001).unwrap().loss]);
        if step == 0 {
            all.extend(model.gradients().iter().cloned());
        }
    }
    all.push(model.logits(inputs, EXAMPLES).unwrap());
    all
}

#[test]
fn a_gpu_learns_as_the_processor_does() {
    let gpus = DeviceName::ALL.iter().filter(|device| !device.is_on_cpu());
    for gpu in gpus.filter_map(|device| DeviceName::asked(device.name()).ok()) {
        for name in ["lenet5", "resnet", "transformer"] {
            let (own, other) = (course(name, DeviceName::Flex), course(name, gpu));
            assert_eq!(own.len(), other.len());
            for (which, (own, other)) in own.iter().zip(&other).enumerate() {
                let largest = own.iter().fold(0.01_f32, |largest, one| largest.max(one.abs()));
                let off = own.iter().zip(other).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
                assert!(off < 0.02 * largest, "{name} {which} on {gpu}: {off} of {largest}");
            }
        }
    }
}
