# world/ui/notice.rs
ui-dismiss = 收起

# world/ui/sheet.rs
ui-no-number = 不是数
