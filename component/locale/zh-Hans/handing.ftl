# 群由谁管理。

command-appoint = 任命群管理
command-appoint-about = 任命或撤销您所拥有的群的群管理（群主）
command-transfer = 转让群
command-transfer-about = 把您所拥有的群转让给别人（群主）
command-take-over = 接收群
command-take-over-about = 接收群主转让给您的群
words-appoint = 任命
words-transfer = 转让
words-take-over = 接收

field-role = 职务
field-offer = 哪个群

appoint-instructions = 要任命谁为 { $room } 的群管理，或撤销谁的职务？平台要求实名的，群管理须已实名验证，且在该群没有生效的处罚。
appoint-role = { $role ->
    [admin] 群管理
   *[member] 普通成员（撤销职务）
}
appoint-self = 请选择其他人。
appoint-already = { $account } 已经是{ $role ->
    [owner] 群主
    [admin] 群管理
   *[member] 普通成员
}。什么也没有做。
appoint-later = 暂时无法联系该群，请一分钟后再试。
appoint-done = 完成：{ $account } 现在是 { $room } 的{ $role ->
    [admin] 群管理
   *[member] 普通成员
}，并已收到通知。
room-not-owned = 只有群主可以这样做。

transfer-instructions = 要把 { $room } 转让给谁？对方须同意；平台要求实名的，须已实名验证，且可拥有的群尚有名额。您将成为群管理。
transfer-summary = 将把 { $room } 转让给 { $account }。对方同意后成为群主，您成为群管理。
transfer-done = 已询问 { $account } 是否接收 { $room }，结果会通知您。

take-over-instructions = 以下群等待您接收。群主对群负责，该群计入您可拥有的群。
take-over-line = { $room }，来自 { $account }，有效至 { $until }
take-over-deed = { $deed ->
    [take] 接收
   *[refuse] 不接收
}
take-over-none = 没有等待您接收的群。
take-over-over = 这项转让已经结束，什么也没有做。
take-over-done = { $room } 即将归您所有，完成后会通知您。
take-over-refused = 完成：您没有接收 { $room }，已通知群主。

notice-room-offered = { $account } 想把 { $room } 转让给您。请在 { $until } 之前给 { $service } 发消息“接收”，选择是否接收。不处理则仍归对方所有。
notice-room-yours = { $room } 现在归您所有：您是群主，对该群负责。客户端会列出该群的命令；给 { $service } 发消息“帮助”可以看到说明。
notice-handover = { $outcome ->
    [done] { $room } 现在归 { $account } 所有，您是群管理。
    [refused] { $account } 没有接收 { $room }，仍归您所有。
    [lapsed] { $account } 未在期限内答复是否接收 { $room }，仍归您所有。
   *[failed] 未能把 { $room } 转让给 { $account }：该群拒绝了操作，仍归您所有。
}
notice-appointed = { $role ->
    [admin] 您现在是 { $room } 的群管理，与群主一同对该群负责。
   *[member] 您不再是 { $room } 的群管理，仍是成员。
}
