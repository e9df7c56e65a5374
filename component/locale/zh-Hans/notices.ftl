# 主动告知的内容：处罚及其解除。

in-room = { $room ->
    [none] 在所有群中
   *[other] 在 { $room } 中
}
from-room = { $room ->
    [none] 所有群
   *[other] { " " }{ $room }
}
rule-name = { $rule ->
    [manager] 群管理者的决定
    [moderator] 管理员的决定
   *[other] { $rule }
}
objection = 如果您认为有误，请给 { $service } 发消息“申诉”，将由其他人裁定。这项处罚的编号为 { $number }。

notice-warned = 这是一次警告（{ in-room }），目前没有其他处罚。规则：{ rule-name }。原因：{ $reason }。请遵守规则。{ objection }
notice-muted = { $until ->
    [none] 您{ in-room }被禁言：可以阅读但不能发言，直到管理员解除为止。规则：{ rule-name }。原因：{ $reason }。{ objection }
   *[other] 您{ in-room }被禁言：可以阅读但不能发言，至 { $until } 为止。规则：{ rule-name }。原因：{ $reason }。{ objection }
}
notice-own-muted = { $until ->
    [none] 您{ in-room }因本群自己的规则“{ $rule }”被禁言：可以阅读但不能发言，直到解除为止。{ objection-own }
   *[other] 您{ in-room }因本群自己的规则“{ $rule }”被禁言：可以阅读但不能发言，至 { $until } 为止。{ objection-own }
}
objection-own = 如果您认为有误，请联系该群的群主或群管理：规则由他们设置，他们可以解除这项禁言（编号 { $number }）。也可以给 { $service } 发消息“申诉”。
notice-own-rule-removed = 管理员移除了您管理的群 { $room } 的规则“{ $rule }”。{ $reason ->
    [none] {""}
   *[other] 原因：{ $reason }。
}
notice-posting-suspended = { $until ->
    [none] 您{ in-room }被暂停发言：可以阅读但不能发言，直到管理员解除为止。规则：{ rule-name }。原因：{ $reason }。{ objection }
   *[other] 您{ in-room }被暂停发言：可以阅读但不能发言，至 { $until } 为止。规则：{ rule-name }。原因：{ $reason }。{ objection }
}
notice-removed = 您已被移出{ from-room }，不再是成员。规则：{ rule-name }。原因：{ $reason }。您可以像其他人一样重新加入，请遵守规则。{ objection }
notice-kicked = 您已被移出{ from-room }。规则：{ rule-name }。原因：{ $reason }。您可以再次加入，请遵守规则。{ objection }
notice-banned = { $until ->
    [none] 您{ in-room }被封禁，直到管理员解除为止。规则：{ rule-name }。原因：{ $reason }。{ objection }
   *[other] 您{ in-room }被封禁，至 { $until } 为止。规则：{ rule-name }。原因：{ $reason }。{ objection }
}
notice-lifted = 您{ in-room }受到的处罚（编号 { $number }）已解除。原因：{ $reason }。您可以重新参与了，如有不便，敬请谅解。
notice-overruled = 您{ in-room }受到的处罚（编号 { $number }）有误，已撤销。{ undone }原因：{ $reason }。给您带来不便，非常抱歉。
notice-case-overruled = 您{ in-room }因规则“{ $rule }”受到的处理有误，已撤销。{ undone }原因：{ $reason }。给您带来不便，非常抱歉。
undone = { $strikes ->
    [0] {""}
   *[other] { $strikes } 次违规记录不再计算。
}{ $credit ->
    [0] {""}
   *[other] 退还信用分 { $credit } 分。
}
notice-held = 有 { $count } 条内容等待管理员审核。请给 { $service } 发消息“待审”，或使用命令“待审”。
notice-hold-approved = 管理员已同意您{ in-room }所写的内容。至 { $until } 之前，您可以在那里再次发送同样的内容。您的内容：“{ $text }”
notice-hold-refused = 管理员未同意您{ in-room }所写的内容，没有其他人看到。规则：{ rule-name }。原因：{ $reason }。如果您认为有误，请给 { $service } 发消息“状态”，可以看到向谁询问。您的内容：“{ $text }”
notice-hold-lapsed = 您{ in-room }所写的内容未能及时审核，没有其他人看到。如仍有需要，请再次发送。您的内容：“{ $text }”
notice-retracted = 您{ in-room }的 { $count } 条消息已被撤回。原因：{ $reason }。{ how-to-ask }
notice-blacklisted = 您已被列入黑名单，不能再参与这里的任何群。原因：{ $reason }。{ how-to-appeal }
notice-unblacklisted = 您已被移出黑名单。原因：{ $reason }。您可以重新参与了。
notice-room-blacklisted = 群 { $room } 已被列入黑名单，任何人都不能再进入或发言。原因：{ $reason }。群主、群管理和建群人如认为有误，可给 { $service } 发消息“申诉”，将由其他人裁定。
notice-room-unblacklisted = 群 { $room } 已被移出黑名单。原因：{ $reason }。现在可以重新使用。
how-to-ask = 如果您认为有误，请给 { $service } 发消息“状态”，可以看到向谁询问。
notice-left = 您已不再是这个群的成员，可以随时再次加入。
reason-own-rule = 违反本群自己的规则“{ $rule }”，群主与群管理可以解除
reason-rule = 违反规则“{ $rule }”

duration-seconds = { $count } 秒
duration-minutes = { $count } 分钟
duration-hours = { $count } 小时
duration-days = { $count } 天
