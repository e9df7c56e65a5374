# 群主与群管理在自己群里能做的事。

command-room-mute = 在您的群里禁言
command-room-mute-about = 在您管理的群里暂时禁言某人
command-room-unmute = 解除您群里的禁言
command-room-unmute-about = 解除由群管理者或本群规则作出的禁言
command-room-remove = 将成员移出您的群
command-room-remove-about = 结束某人在您管理的群里的成员资格
words-room-mute = 群内禁言
words-room-unmute = 群内解禁
words-room-remove = 移出成员

field-member = 对象：群内昵称，或成员的地址
field-room-mute-length = 时长，如 10m（分）、12h（时）

room-mute-instructions = 在 { $room } 中被禁言的人可以阅读但不能发言。最长 { $longest }；平台管理员可以解除。
room-mute-too-long = 群管理者的禁言最长为 { $longest }。需要更久，请联系平台管理员。
room-mute-done = { $who } 已被禁言至 { $until }（编号 { $number }），并已收到通知。
room-unmute-instructions = 要解除哪一项禁言？平台管理员和平台规则作出的禁言不能由您解除。
room-remove-instructions = 要结束谁在 { $room } 的成员资格？名额会立即空出。开放的群里对方可以再次加入；要禁止其加入，请用客户端将其封禁。
room-remove-summary = 将结束 { $who } 在 { $room } 的成员资格。
room-remove-done = { $who } 已不再是 { $room } 的成员，并已收到通知。
no-such-member = { $room } 中没有名为“{ $who }”的人或成员。
member-manages = 不能这样处罚本群的群主和群管理：可由群主先撤销其职务。
member-is-staff = 对方在平台担任职务，只有平台的管理人员才能处罚。
