# world/exhibit_sessions/opening.rs
exhibit-sessions-the-system-gave-no-thread = 系统没有给出线程（{ $error }）
exhibit-sessions-reading-its-data-broke-down = 读取数据时中断了

# world/exhibit_sessions/signs.rs
exhibit-sessions-look-inside = 看看内部
exhibit-sessions-visit = 参观
exhibit-sessions-visit-by-key = 参观（按{ $key }键）
exhibit-sessions-let-it-go-on = 让它继续
exhibit-sessions-being-opened-its-data-are = 正在打开：读取数据
exhibit-sessions-not-visited-yet = 还没有参观过
exhibit-sessions-pause-it = 让它暂停
exhibit-sessions-it-has-learned-in-steps = 学完了，共{ $step }步
exhibit-sessions-it-diverged-at-step = 在第{ $step }步发散了
exhibit-sessions-it-failed-at-step = 在第{ $step }步失败了
exhibit-sessions-goes-on-slowly-at-step = 正在慢慢继续，第{ $step }步
exhibit-sessions-paused-at-step = 已暂停，第{ $step }步

# world/exhibit_sessions/turn.rs
exhibit-sessions-cannot-be-opened = “{ $title }”打不开：{ $why }
exhibit-sessions-another-exhibit-is-being-opened = 另一件展品正在打开，请稍等。
exhibit-sessions-is-being-opened-its-data = “{ $title }”正在打开：读取数据。
exhibit-sessions-cannot-be-opened-2 = “{ $title }”打不开：{ $why }。
exhibit-sessions-is-paused-at-step-and = “{ $title }”停在第{ $step }步，等着你；在它的展台上可以让它继续。
exhibit-sessions-has-learned-all-it-was = “{ $title }”已经全部学完。
