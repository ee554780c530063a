# cli/exhibits.rs
cli-is = ；{ $inside }即{ $name } --{ $inside }
cli-attach = ；{ $word }等待{ $what }
cli-goes-with-attach = { $option }与attach一起使用：请写perceptarium attach { $option } …。
cli-goes-with-serve = { $option }与serve一起使用：请写perceptarium serve { $option } …。
cli-is-for-no-service = { $option }用于展厅，或用于训练结束时，而{ $word }在没有显示器的情况下一直训练到被停止：请去掉它。
cli-is-for-a-training-here-too = { $option }用于在这里进行的训练，而{ $connect }观看别处的训练：请去掉它。
cli-give-an-address = 请给出本机的一个地址，可以带端口，例如0.0.0.0或127.0.0.1:7346
cli-give-host-and-port = 请给出主机和端口，例如192.0.2.7:7346
cli-is-for-a-training-here = { $option }用于在这里进行的训练，而{ $word }用于其他程序的训练：请去掉它。
cli-the-exhibit-to-visit-default = 要参观的展品：{ $names }{ $inside }{ $attach } [默认：{ $first }]
cli-for = { $name }为{ $takes }
cli-default = {" "}[默认：{ $usual }]
cli-there-is-no-exhibit-choose = 没有展品{ $name }：请从{ $names }中选择。
cli-there-is-no-exhibit-in = 本程序中没有展品。
cli-is-for-but-the-exhibit = { $option }用于{ $called }，而现在的展品是{ $name }：请改用perceptarium { $name2 } { $option } …。
cli-says-how-a-table-of = { $typed }说明你自己的表格是怎样写的：请用--data指定一个表格，供{ $names }使用。
cli-is-for-but-the-exhibit-is = { $typed }用于{ $names }，而现在的展品是{ $name }：请去掉它。

# cli/mod.rs
cli-header-and-no-header-say = --header和--no-header互相矛盾：请去掉其中一个。
cli-at-step-says-when-to = --at-step说明在第几步截图：请再加上--screenshot FILE。
cli-screenshot-takes-a-picture-of = --screenshot截取窗口中的展厅：请去掉--mode，或写--mode window。
cli-demo-walks-through-the-hall = --demo会在展厅里走动，而展厅只在窗口或头显里：请去掉--mode terminal和--screenshot。

# cli/refusal.rs
cli-see-perceptarium-help = 请看perceptarium --help
cli-needs-a-value = { $option }需要一个值：{ $advice }。
cli-cannot-be-choose-one-of = { $option }不能是{ $quoted }：请从{ $choices }中选择。
cli-cannot-be = { $option }不能是{ $quoted }：{ $why }。
cli-there-is-no-option-did = 没有选项{ $option }：你是不是要用{ $similar }？
cli-is-a-second-exhibit = { $name }是多出来的展品：请只写一个，其余的在展厅里通过展台或数字键参观。
cli-is-missing = 缺少{ $argument }：{ $advice }。
cli-is-not-understood = 看不懂{ $argument }：{ $advice }。
cli-can-be-given-only-once = { $option }只能写一次。

# cli/size.rs
cli-give-width-and-height-in = 请给出以像素为单位的宽和高，例如1280x720，范围从{ $smallest }到{ $side }x{ $side2 }

# cli/values.rs
cli-give-a-whole-number-from = 请给出{ $least }到{ $most }之间的整数{ $what }
cli-give-a-number-from-to = 请给出{ $start }到{ $end }之间的数，例如{ $example }
cli-of-steps = （步数）
cli-of-mib = （单位MiB）
cli-give-a-language = 请从{ $known }中选一个

# cli/replay.rs
cli-replay-which-recording = 请说明要看哪段录制，例如“perceptarium replay run.mcap”。
cli-replay-trains-nothing = { $option }用于训练，而录制只是重新观看：请去掉它。
cli-export-what = 请说明要写出什么：--csv FILE写出指标，--tensorboard DIR写给TensorBoard，--runs FILE写出训练列表。
cli-export-one = 一个表格只放一段录制的指标：请只给出一个文件。
cli-a-service-listens = { $option }是展厅等待训练接入的端口；{ $word }在哪里监听由--listen指定：--listen 127.0.0.1:{ $port }。
