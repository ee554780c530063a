# app.rs
start-no-vulkan-metal-or-directx = 没有找到Vulkan、Metal或DirectX 12设备，无法绘制展厅：请安装显卡驱动（在Debian或Ubuntu上，运行`apt-get install mesa-vulkan-drivers`后没有GPU也能绘制），或使用--mode terminal
start-a-library-or-driver-that = 所需的库或驱动缺失或已损坏（在Debian或Ubuntu上，X11需要libxkbcommon-x11-0 libx11-xcb1 libxcursor1 libxi6 libxrandr2 mesa-vulkan-drivers），用RUST_LOG=debug可以看到更多
start-the-hall-had-to-close = 展厅不得不关闭：原因见上面的日志
start-the-picture-could-not-be = 无法绘制画面；原因见上面的日志
start-perceptarium = Perceptarium

# asset_path.rs
start-there-is-no-folder-of = 在{ $looked }中没有本程序的文件夹“{ $name }”：请把随程序附带的文件夹放在程序旁边，或在BEVY_ASSET_ROOT中写明它的上一级文件夹。
start-the-folder-cannot-be-read = 无法读取文件夹{ $folder }（{ $error }）：请允许读取，或在BEVY_ASSET_ROOT中写明另一个文件夹的上一级。

# check.rs
start-holds-more-than-files-and = { $path }中的文件和文件夹超过{ $most_folders }个：请指定放有测试用例的那一个。
start-holds-no-conformance-case-name = { $path }中没有一致性测试用例：请指定含有model.onnx及其数据的文件夹，或由这样的文件夹组成的文件夹。
start-failed-its-line-says-what = { $failed }没有通过：对应的那一行写明了实际结果。

# display_server/asked.rs
start-neither-display-nor-wayland-display = DISPLAY和WAYLAND_DISPLAY都没有指明显示器
start-and = { $wayland }，而且{ $x11 }

# display_server/wayland.rs
start-wayland-display-leads-nowhere-without = 没有文件夹XDG_RUNTIME_DIR，WAYLAND_DISPLAY={ $display }就找不到显示器
start-no-wayland-compositor-listens-at = { $at }处没有Wayland合成器
start-what-listens-at-as-wayland = { $at }处的Wayland没有回应
start-waylands-library-libwayland-client-is = 缺少Wayland的库libwayland-client
start-what-listens-at-is-no = { $at }处的程序不是Wayland合成器
start-the-wayland-compositor-at-offers = { $at }处的Wayland合成器不提供{ $lacking }

# display_server/x11.rs
start-what-listens-at-does-not = { $at }处没有回应
start-names-no-display = { $at }没有指明显示器
start-the-x-server-at-has = { $at }处的X服务器没有这个屏幕
start-no-x-server-listens-at = { $at }处没有X服务器
start-what-listens-at-is-no-x = { $at }处的程序不是X服务器
start-the-x-server-at-lets = { $at }处的X服务器不让本程序连接（“{ $reason }”）

# narrator.rs
start-epoch = {" "}    轮  { $headings }
start-training = 训练
start-test = 测试
start-in-s = { $steps }，用时{ $seconds }秒

# program.rs
start-there-is-no-exhibit-to = 没有可参观的展品。
start-no-window-can-open = 无法打开窗口：{ $nowindow }
start-x11-is-tried-as-on = 改试X11，因为在Wayland上{ $why }。
start-the-training-is-told-in = 训练过程将在终端中报告，因为{ $why }。
start-no-window-can-open-here = 这里无法打开窗口，因为{ $nowindow }：请先修好，或使用--mode terminal。
start-a-window-opens-on-x11 = 窗口将在X11上打开，因为{ $why }。
start-and-the-program-cannot-be = { $why }，而且无法为X11重新启动程序（{ $error }）
start-there-is-no-exhibit = 没有展品{ $name }
start-the-hall-opens-in-the = 展厅将在头显{ $name }中打开。
start-mode-headset-finds-none-to = --mode headset没有找到可进入的头显，因为{ $why }：请先解决，或使用--mode window。
start-no-headset-can-be-entered = 没有可进入的头显：{ $why }
start-no-graphics-driver-answers = 没有显卡驱动回应
start-the-hall-opens-in-a = 展厅将在窗口中打开，因为{ $no_headset }。
start-the-training-is-told-in-the = 训练过程将在终端中报告，因为无法打开窗口：{ $why }。
start-no-picture-can-be-drawn = 这里无法绘制画面，因为{ $why }：请安装一个，例如Debian或Ubuntu上的mesa-vulkan-drivers。
start-no-window-can-open-here-as = 这里无法打开窗口，因为{ $why }：请在图形会话中启动，或使用--mode terminal。
start-the-screenshot-cannot-be-written = 无法把截图写入{ $file }（{ $error }）：请让--screenshot指向你有权写入的文件夹中的文件。
start-perceptarium-2 = perceptarium：{ $sentence }

# sentence.rs
start-many-a-second = { $many }/秒
start-and-a-second = ，{ $speed }
start-a-second = 每秒{ $counted }
start-of-split = { $what }{ $name }

# python_package.rs
start-the-python-package-is-in = Python包在{ $file }：用“pip install { $file }”安装。
start-the-python-package-cannot-be = 无法写入{ $file }（{ $error }）：请换一个有权写入的文件夹。
