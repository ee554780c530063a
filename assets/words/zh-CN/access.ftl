# world/access/board.rs
access-heading = 无障碍
access-size = 放大显示的字号
access-smaller = 缩小
access-larger = 放大
access-captions = 声音字幕
access-contrast = 高对比度
access-dwell = 停留即按下（秒）
access-never = 不用
access-size-note = 大于100 %时，所指的内容会在单独的一块牌子上以这个字号再显示一遍。

# world/access/names.rs
access-chosen = 已选中
access-not-now = 暂不可用
access-off = 关
access-on = 开
access-stars = { $stars } 颗星

# world/access/tree/page.rs
access-name-and-place = { $name }（{ $place }）
access-name-of = { $beside }：{ $name }
