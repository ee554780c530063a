# world/xr/actions/mod.rs
xr-hall = 展厅
xr-point = 指向
xr-hold = 握持
xr-press = 按下
xr-grab = 抓取
xr-travel = 移动
xr-travel-with-a-pad = 触控板移动
xr-pause-or-go-on = 暂停或继续
xr-back = 返回
xr-menu = 菜单
xr-tick = 轻震

# world/xr/graphics.rs
xr-its-driver-shares-no-pictures = 其驱动不共享画面
xr-it-is-not-driven-by = 它不是由Vulkan驱动的

# world/xr/manifest.rs
xr-no-openxr-runtime-is-active = 没有启用OpenXR运行时，{ $at }无法读取
xr-the-file-that-names-the = 指明OpenXR运行时的文件{ $at }在第{ $line }行有错
xr-the-file-that-names-the-openxr = 指明OpenXR运行时的文件{ $at }没有写明库
xr-the-library-of-the-openxr = 缺少{ $at }所指的OpenXR运行时库{ $path }
xr-the-library-of-the-openxr-runtime = 无法加载{ $at }所指的OpenXR运行时库{ $library }；请重新安装运行时

# world/xr/runtime.rs
xr-there-is-no-openxr-loader = 没有OpenXR加载器（{ $value }）
xr-no-openxr-runtime-is-active-2 = 没有启用OpenXR运行时
xr-the-openxr-runtime-does-not = OpenXR运行时没有回应；它的服务可能没有运行
xr-the-openxr-runtime-cannot-be = 无法用Vulkan为OpenXR运行时绘制
xr-finds-no-headset-connect-it = { $value }没有找到头显；请连接并打开头显
xr-the-openxr-runtime-refused = OpenXR运行时拒绝了：{ $value }
xr-its-graphics-device-cannot-be = 无法使用它的图形设备：{ $value }
xr-its-pictures-would-be-drawn = 它的画面会由窗口之外的另一个图形设备绘制；请重新启动程序

# world/xr/screenshot.rs
xr-what-the-eyes-see-is = 双眼所见的画面也存在旁边，最后一张是{ $file }

# world/xr/session.rs
xr-the-headset-cannot-be-entered = 无法进入头显：{ $why }。
xr-it-has-no-views = 它没有视图
xr-it-takes-no-8-bit = 它不接受8位sRGB画面
xr-it-knows-no-floor = 它不知道地面在哪里
xr-the-openxr-runtime-is-about = OpenXR运行时即将结束。
xr-the-openxr-runtime-ended-the = OpenXR运行时结束了会话。
xr-the-headsets-runtime-has-gone = 头显的运行时已退出，展厅又回到窗口中。请重新启动运行时，再按“进入VR”。
