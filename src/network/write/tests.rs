//! What is written is read as the network that it was written from.

use proptest::prelude::*;

use super::*;

/// A network of a description, and that of the text that is written of it, with its training.
fn twice(text: &str, input: [usize; 3], classes: usize) -> [(Network, Training); 2] {
    let first = description(text).unwrap();
    let network = first.network(input, classes).unwrap();
    let written = network.text(&first.training).unwrap_or_else(|fault| panic!("{fault}:\n{text}"));
    let second = description(&written).unwrap_or_else(|fault| panic!("{fault}:\n{written}"));
    let again = second.network(input, classes).unwrap();
    [(network, first.training), (again, second.training)]
}

#[test]
fn all_that_ship_are_written_with_their_blocks() {
    for (name, blocks) in [("perceptron", 0), ("lenet5", 0), ("vgg", 4), ("resnet", 2)] {
        let path = format!("{}/assets/networks/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        for (size, classes) in [([1, 28, 28], 10), ([3, 32, 32], 100)] {
            let [first, second] = twice(&text, size, classes);
            assert_eq!(first, second, "{name}");
            let plan = |network: &Network| network.plan().unwrap();
            assert_eq!(plan(&first.0), plan(&second.0), "{name}");
            let written = first.0.text(&first.1).unwrap();
            assert_eq!(written.matches("kind = \"block\"").count(), blocks, "{written}");
            assert_eq!(written.contains("repeat = 2"), blocks > 0, "{written}");
        }
    }
}

#[test]
fn every_setting_is_written() {
    let text = r#"
name = "All \"kinds\" \\ of it"
[[layers]]
kind = "conv2d"
out_channels = 4
kernel_size = [3, 2]
stride = [2, 1]
padding = [1, 0]
dilation = [1, 2]
bias = false
[[layers]]
kind = "batch_norm"
eps = 0.001
momentum = 0.03
[[layers]]
kind = "depthwise_conv2d"
kernel_size = 3
padding = "same"
[[layers]]
kind = "group_norm"
num_groups = 2
eps = 1e-7
[[layers]]
kind = "leaky_relu"
negative_slope = 0.2
[[layers]]
kind = "dropout"
p = 0.4
[[layers]]
kind = "concat"
from = ["dropout1", "norm1"]
[[layers]]
kind = "max_pool2d"
kernel_size = 3
stride = 2
padding = 1
[[layers]]
kind = "avg_pool2d"
kernel_size = [1, 2]
[[layers]]
kind = "gelu"
[[layers]]
kind = "silu"
[[layers]]
kind = "sigmoid"
[[layers]]
kind = "tanh"
[[layers]]
kind = "flatten"
[[layers]]
kind = "layer_norm"
[[layers]]
kind = "linear"
out_features = 3
bias = false
[[layers]]
kind = "linear"
[training]
"#;
    for training in [
        "optimiser = \"sgd\"\nmomentum = 0.9\nnesterov = true\nschedule = \"cosine\"\n",
        "optimiser = \"adam\"\nbeta1 = 0.8\neps = 1e-5\nweight_decay = 1e-20\n",
        "optimiser = \"adamw\"\nbeta2 = 0.99\nlearning_rate = 3e-4\nepochs = 3\n",
        "optimiser = \"rmsprop\"\nalpha = 0.9\nmomentum = 0.1\nschedule = \"step\"\nstep_size = 4\ngamma = 0.5\n",
    ] {
        let [first, second] = twice(&format!("{text}{training}"), [2, 16, 17], 3);
        assert_eq!(first, second);
        assert_eq!(Training::read(&first.1.text()).unwrap(), first.1);
    }
}

/// Layers of a block that keep four maps as they are, as numbers that choose; what they make is a text and its names.
fn block(choices: &mut impl Iterator<Item = u8>, table: &str, outside: &[String]) -> String {
    let mut text = String::new();
    let mut own: Vec<String> = Vec::new();
    let count = 1 + choices.next().unwrap_or(0) % 4;
    for at in 0..count {
        let name = format!("a{at}");
        let mut next = || usize::from(choices.next().unwrap_or(0));
        let known: Vec<String> =
            own.iter().chain(outside).cloned().chain(["input".to_owned()]).collect();
        let any = |at: usize| format!("{:?}", known[at % known.len()]);
        text += &format!("[[{table}]]\nname = \"{name}\"\n");
        let depth = table.matches('.').count();
        match next() % 7 {
            0 if depth < 3 => {
                let repeat = next() % 4;
                text += "kind = \"block\"\n";
                if repeat > 0 {
                    text += &format!("repeat = {repeat}\n");
                }
                if next() % 3 == 0 {
                    text += &format!("from = {}\n", any(next()));
                }
                let inner: Vec<String> = own.iter().chain(outside).cloned().collect();
                text += &block(choices, &format!("{table}.layers"), &inner);
            }
            1 => text += &format!("kind = \"add\"\nfrom = [{}, {}]\n", any(next()), any(next())),
            2 => text += "kind = \"batch_norm\"\n",
            3 => text += "kind = \"conv2d\"\nout_channels = 4\nkernel_size = 3\npadding = 1\n",
            4 => text += &format!("kind = \"relu\"\nfrom = {}\n", any(next())),
            5 => text += "kind = \"dropout\"\np = 0.25\n",
            _ => text += "kind = \"relu\"\n",
        }
        own.push(name);
    }
    text
}

proptest! {
    #[test]
    fn any_description_comes_back(choices in prop::collection::vec(any::<u8>(), 1..120)) {
        let layers = block(&mut choices.into_iter(), "layers", &[]);
        let text = format!(
            "{layers}[[layers]]\nkind = \"global_avg_pool2d\"\n[[layers]]\nkind = \"linear\"\n"
        );
        let network = description(&text).unwrap().network([4, 5, 6], 2).unwrap();
        let training = Training::default();
        match network.text(&training) {
            Ok(written) => {
                prop_assert_eq!(description(&written).unwrap().network([4, 5, 6], 2).unwrap(), network);
            }
            // Blocks within blocks here call their layers alike, and so may hide what is read.
            Err(fault) => prop_assert!(
                text.matches(".layers]]").count() > 1,
                "{}:\n{}", fault, text
            ),
        }
    }
}
