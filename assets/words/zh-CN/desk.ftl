# world/desk/cost.rs
desk-of-pictures-s = 每秒要{ $asked }张画面，来{ $came }张
desk-watching-costs-of-training-of = 观看占训练时间的{ $share }{"\u000A"}{ $words }{"\u000A"}{ $bytes } / { $budget_bytes } MiB · { $remembered }
desk-1-step-in-kept = 每{ $one_step_in }步保留1步
desk-every-picture-kept = 画面全部保留
desk-1-in-kept = 每{ $one_in }张保留1张

# world/desk/enter.rs
desk-enter-vr = 进入VR
desk-f1-help = F1帮助
desk-entering = 正在进入…

# world/desk/help.rs
desk-point = 指向
desk-at-a-number-its-arithmetic = 一个数：看它的算式
desk-left-click = 左键单击
desk-press-choose = 按下，选择
desk-left-drag = 左键拖动
desk-slide-draw = 滑动，绘画
desk-right-drag = 右键拖动
desk-look-around = 环顾四周
desk-wheel = 滚轮
desk-go-closer-step-back = 走近，后退
desk-walk-shift-faster = 行走；按住Shift：加快
desk-q-and-e = Q和E
desk-sink-and-rise = 下降和上升
desk-space = 空格键
desk-pause-go-on = 暂停，继续
desk-one-step = 走一步
desk-and = +和−
desk-faster-slower = 加快，减慢
desk-number-key = 数字键
desk-visit-another-exhibit = 参观另一件展品
desk-home = Home键
desk-back-to-the-first-view = 回到最初的视角
desk-esc = Esc键
desk-back-close = 返回，关闭
desk-cells-raised-or-flat = 格子凸起或放平
desk-frame-times-a-picture = 帧时间，声音，截图
desk-timeline = 时间轴
desk-drag-back-in-time = 拖动：回到过去
desk-back-to-now = 回到现在
desk-trigger = 扳机键
desk-press-slide-draw-bare-hands = 按下、滑动、绘画；徒手时捏合
desk-grip = 握持键
desk-take-an-exhibit-both-hands = 拿起展品；双手缩放
desk-a-or-x = A或X
desk-b-or-y = B或Y
desk-forward = 前推
desk-aim-let-go-you-are = 瞄准，松开就到
desk-aside = 侧推
desk-turn-by-a-step = 转过一个角度
desk-menu = 菜单
desk-button-or-look-at-your = 按键，或看手腕
desk-recentre = 重新居中
desk-on-the-menu-or-your = 在菜单里，或系统菜单里
desk-put-back = 放回原处
desk-on-the-menu-exhibits-go = 在菜单里：展品各归原位
desk-how-to-move-and-what = 怎样走动，按什么键
desk-ease-of-use = 无障碍（F4）
desk-close = 关闭

# world/desk/lines.rs
desk-preparing = 准备中
desk-training = 训练中
desk-paused = 已暂停
desk-finished = 已完成
desk-diverged = 已发散
desk-cut-off = 连接已断开
desk-failed = 已失败
desk-epoch-of-many = 第{ $epoch }/{ $epochs }轮
desk-seed = { $run }，种子{ $seed }
desk-one-epoch = 共1轮
desk-epoch-of = 第{ $epoch }/{ $epochs }轮
desk-at-step-with-learning-rate = 在第{ $step }步，学习率为{ $learning_rate }
desk-the-first-step-is-still = 还没有走第一步
desk-step-of-live = 第{ $step }/{ $all }步，实时
desk-step-live = 第{ $step }步，实时
desk-all-learned-being-judged = 全部学完，正在评估
desk-steps-s = {" "}· { $round }步/秒
desk-waits-for-you = 等你继续
desk-the-loss-is-no-longer = 损失已不是有限的数：请用更小的学习率重新开始。
desk-begin-again-with-restart-below = 请按“重新开始”再来一次。

# world/desk/rates.rs
desk-steps-a-second = { $steps }步/秒
desk-many-steps-a-second = { $steps }步/秒
desk-no-limit = 不限
desk-speed = 速度
desk-learning-rate = 学习率

# world/desk/remarks.rs
desk-next = 翻页
desk-to-know = 须知
desk-to-know-page-of = 须知，第{ $at }/{ $pages_count }页
desk-to-know-2 = 须知：{ $remarks_count }

# world/desk/run_buttons.rs
desk-pause = 暂停
desk-one-step-2 = 走一步
desk-restart-with-a-smaller-rate = 减小学习率，重新开始
desk-restart = 重新开始
desk-new-seed = 换种子
desk-the-run-is-finished = 训练已完成：按“重新开始”可再训练一次
desk-resume = 继续

# world/desk/scrub.rs
desk-shown-step = 时间轴
desk-live = 实时

# world/desk/trouble.rs
desk-the-training-diverged-at-step = 训练在第{ $step }步发散了，当时的学习率是{ $learning_rate }。请在控制台上改用{ $proposed }重新开始。
desk-the-training-failed-restart-it = 训练失败了：{ $reason }。请在控制台上重新开始。
desk-saved-as-after-step = 第{ $step }步之后已保存为{ $place }。
desk-not-saved-after-step = 第{ $step }步之后没能保存：{ $why }。
desk-keys-walk = W A S D
desk-key-step = {"."}
desk-key-relief = F
desk-keys-pictures = F3 F5 F12
desk-next-language = English

# world/desk/lines.rs
desk-past-step = 第{ $step }步，来自记忆
desk-past-picture = 第{ $step }步，画面属第{ $picture }步
desk-exhibit-by-key = { $key } { $title }
desk-exhibits-by-key = 按键换展品：{ $exhibits }
desk-now-at = 现在：第{ $step }/{ $all }步
desk-seen-again = 回放：{ $state }
desk-now-at-step = 现在：第{ $step }步
