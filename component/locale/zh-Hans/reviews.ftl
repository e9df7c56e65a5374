# 管理员对群的定期复核。

command-group-reviews = 群复核
command-group-reviews-about = 查看到期需要复核的群（管理员）
words-group-reviews = 群复核 复核

field-review = 选择群
fact-review = 复核

group-review-last = 上次复核：{ $at }{ $by ->
    [none] {""}
   *[other] ，由 { $by }
}
group-review-next = 下次复核：{ $at }
group-review-waits = 自 { $since } 起等待管理员复核
group-review-line = 第 { $number } 号：{ $room } · { $category }，{ $scale } · 自 { $since }{ $late ->
    [none] {""}
   *[other] {" "}· 已逾期
}
group-review-manager = { $role ->
    [owner] 群主
   *[admin] 群管理
}：{ $account }
group-review-managers-missing = 现有群主和群管理 { $managers } 人；按其活跃度应有 { $needed } 人。
group-review-deed = { $deed ->
    [keep] 维持现状
    [warn] 警告
    [suspend] 暂停发言
   *[close] 关闭：销毁该群，地址不能再用
}

group-reviews-none = 没有到期需要复核的群。
group-reviews-over = 这次复核已经结束，什么也没有做。
group-reviews-instructions = 有 { $count } 个群到期需要复核。请选择一个查看。如需调整类别或规模，请先使用命令“分类”。
group-reviews-decide = 也请进群看一看。如何处理？
group-reviews-why = { $room }：请说明{ $deed ->
    [keep] 维持现状
   *[other] 作出处置
}的理由。群主和群管理会看到。
group-reviews-done = { $deed ->
    [keep] 完成：{ $room } 维持现状。
    [warn] 完成：{ $room } 已被警告。
    [suspend] 完成：{ $room } 已暂停发言。
   *[close] 完成：{ $room } 已关闭。
}已通知群主和群管理。

notice-group-reviews = 有 { $count } 个群到期需要复核{ $overdue ->
    [0] {""}
   *[other] ，其中 { $overdue } 个已逾期
}。请给 { $service } 发消息“群复核”，或使用命令“群复核”。
notice-group-review-comes = 管理员将从 { $until } 起对您的群 { $room }（群号 { $code }）进行定期复核，同类群都会定期复核。复核内容包括群的用途、由谁管理、收到的举报以及现有处置。请确认群名称和简介准确，并处理好未决事项；发送“状态”可以查看群的情况。{ $needed ->
    [none] {""}
   *[other] 按您的群的活跃度，应有群主和群管理 { $needed } 人，现有 { $managers } 人：请用命令“任命”增加。
}
notice-group-review-kept = 管理员已复核您的群 { $room }（群号 { $code }）：维持现状。{ $reason }。
