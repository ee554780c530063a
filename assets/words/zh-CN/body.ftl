# world/body/menu/comfort_page.rs
body-ease-of-use = 无障碍
body-comfort = 舒适
body-turn-by = 每次转动
body-i-am = 姿势
body-standing = 站着
body-seated = 坐着
body-main-hand = 惯用手
body-left = 左手
body-right = 右手
body-walk-smoothly-with-the-stick = 用摇杆平稳行走
body-darken-the-edges-meanwhile = 行走时调暗视野边缘

# world/body/menu/first_page.rs
body-recentre = 重新居中
body-put-back = 放回原处
body-help = 帮助
body-frames = 帧时间
body-picture = 截图
body-leave-vr = 退出VR
body-a-or-x-pauses-push = A或X：暂停。前推摇杆，瞄准后松开就到那里；侧推则转身。握持键：拿起展品。
body-menu = 菜单
body-close = 关闭
body-less-motion-in-the-hall = 减少展厅里的动画
