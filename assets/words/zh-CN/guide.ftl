# world/guide/telling.rs
guide-point-at-any-cell = 指向任意一个格子：它会报出自己的数值
guide-see-where-it-comes-from = 看看这个数是怎么来的

# world/guide/tasks.rs
guide-click = 点击它：{ $what }
guide-trigger = 扣动扳机键，或捏合手指：{ $what }
guide-back-by-key = Esc键：回到全景
guide-back-by-hand = B、Y键或手腕菜单：回到全景
guide-pull-by-mouse = 把“{ $slider }”向左拉：看看它先前的样子
guide-pull-by-hand = 按住“{ $slider }”向左拉：看看它先前的样子
guide-live = 按“实时”：回到此刻
guide-visit-by-key = 按{ $key }，或走到展台前：参观另一件展品
guide-visit-by-hand = 转向一座展台，按“参观”：换一件展品

# exhibits/descent/view/mod.rs
guide-point-at-the-ground = 指向地面：它会报出那里的损失
guide-all-start-from-there = 大家都从那里重新出发

# exhibits/logistic/view/mod.rs
guide-point-at-any-row = 指向任意一个点：它是表中的一行
guide-see-the-sum-of-the-row = 看看它的概率是怎样加出来的

# exhibits/recommender/view/mod.rs
guide-point-at-any-film = 指向任意一部电影：它会报出预测的星数
guide-see-why-the-film = 看看为什么会喜欢或不喜欢它

# world/demo/captions.rs
guide-demo-invites = 你在看，它在学。碰一下任何东西，展厅就交给你
guide-demo-points = 指向就是提问：每个数都会说出自己是什么
guide-demo-presses = 按一下：{ $what }
guide-demo-pulls = 回到这次运行的过去：当时是这样
guide-demo-is-live = 再回到它此刻学到的样子
guide-demo-looks-inside = 往里看：它为什么这样回答
guide-demo-renews = 这次运行结束了：换一个种子，再来一次

# world/demo/play.rs
guide-demo-yields = 展厅交给你了。最后一次触碰一分钟后，它会继续自己演示。
