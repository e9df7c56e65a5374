# 冻结与突袭。

command-lockdown = 紧急冻结
command-lockdown-about = 在一个群、一个类别或全部群中暂停建群、加入或发言（管理员）
words-lockdown = 冻结 紧急冻结

in-place = { $room ->
    [none] { $category ->
        [none] 在所有群中
       *[other] 在类别“{ $category }”的群中
    }
   *[other] 在 { $room } 中
}
deed-create = 建群
deed-join = 加入
deed-approval = 未经批准加入
deed-post = 发言
list-comma = 、

deny-lockdown = { $deed ->
    [create] 目前暂停建群，至 { $until } 为止。原因：{ $reason }。请在此之后再试。
    [join] 目前{ $room ->
        [none] 这里的群
       *[other] 这个群
    }暂停加入，至 { $until } 为止。原因：{ $reason }。请在此之后再试。
   *[other] 目前{ $room ->
        [none] 这里
       *[other] 这个群
    }暂停发言，至 { $until } 为止。原因：{ $reason }。仍可阅读。请在此之后再试。
}
deny-raid = 短时间内有大量的人涌入这个群，目前只有成员可以加入，至 { $until } 为止。请在此之后再试，或请群主、群管理把您设为成员。

notice-lockdown = { in-place }紧急冻结至 { $until }：{ $deeds }。原因：{ $reason }。到期自动结束。{ lockdown-yours }
lockdown-yours = 涉及您管理的 { $count } 个群。
notice-lockdown-over = { in-place }的紧急冻结已结束：{ $deeds }。{ lockdown-yours }
notice-raid = 短时间内有大量的人涌入 { $room }。至 { $until } 为止只有成员可以加入；您设为成员的人也可以加入。到期自动结束；管理员可以用命令“冻结”提前结束。
notice-raid-over = 所有人又可以加入 { $room } 了。
notice-raid-approval = 短时间内有大量的人涌入 { $room }。至 { $until } 为止，非成员加入须经群主或群管理批准：请运行“入群申请”查看申请，或把对方设为成员。到期自动结束；管理员可以用命令“冻结”提前结束。
notice-raid-approval-over = { $room } 又可以按管理者选择的方式加入了。

fact-lockdowns = 紧急冻结
lockdown-line = 第 { $number } 号：{ in-place }，{ $deeds }，至 { $until }：{ $reason }

lockdown-instructions = 冻结立即生效，到期自动结束。所涉及的群的群主和群管理会收到通知。
lockdown-none = 目前没有冻结。
lockdown-begin = 开始冻结
lockdown-end = 结束 { $line }
lockdown-to-end = 将结束：{ $line }
lockdown-ended = 完成：第 { $number } 号冻结已结束。
lockdown-over-already = 第 { $number } 号冻结已经结束。
lockdown-order = 在哪里、冻结什么、多长时间？被拒绝的人会看到原因和结束时间。
field-where = 范围
field-room-if-one = 群地址或群号（仅限一个群时）
lockdown-one-room = 一个群
lockdown-category = 类别“{ $category }”的所有群
lockdown-everywhere = 全部群
lockdown-create = 不能建群
lockdown-join = 不能加入
lockdown-post = 不能发言
lockdown-members = 已是成员的人可以回来
field-lockdown-length = 多长时间，如 10m 或 12h（留空：{ $length }）
lockdown-of-nothing = 请至少选择一项要冻结的内容。
lockdown-summary = 至 { $until } 为止，{ in-place }不能：{ $deeds }。{ $members ->
    [none] 成员也不能进入。
   *[other] 成员可以回来。
}原因：{ $reason }。
lockdown-begun = 完成：第 { $number } 号冻结已生效，至 { $until } 为止。
