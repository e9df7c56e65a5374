# 对处罚、处置与黑名单的申诉。

command-appeal = 申诉
command-appeal-about = 说明对您的处罚、对您的群的处置或列入黑名单有误
command-appeals = 申诉处理
command-appeals-about = 裁定对处罚、处置与黑名单的申诉（管理员）
words-appeal = 申诉
words-appeals = 申诉处理

field-appeal-against = 申诉对象
field-appeal-words = 为什么有误
field-appeal = 选择一项
field-ruling = 裁定

appeal-instructions = 请选择要申诉的事项。每项只能申诉一次。
appeal-why = 请说明为什么有误，管理员会看到。裁定之前，原决定继续有效。
appeal-none = 目前没有可以申诉的事项：须在作出后 { $window } 内申诉，且每项只能申诉一次。
appeal-line = 申诉 { $number }，{ $at }，针对{ $kind ->
    [sanction] 处罚 { $against }
    [blacklisting] 第 { $against } 号黑名单决定
   *[measure] 第 { $against } 号处置
}
appeal-over = 这一项已不能申诉。
appeal-done = 您的申诉编号为 { $number }，只要还有其他人，将由未作出该决定的人裁定；在此之前原决定继续有效。如果申诉成立，其全部后果都会撤销；无论结果如何，都会告知您并说明理由。

appeals-instructions = 有 { $count } 项申诉等待裁定。请选择一项查看。
appeals-none = 没有等待裁定的申诉。
appeals-over = 这项申诉已经裁定，什么也没有做。
appeals-own = 这项申诉不能由您裁定：由您提出、针对您作出的决定，或涉及您管理的群。请交给其他管理员。
appeals-graver = 此后有管理员作出了更严重的处置，请先用命令“处置”将其撤销。
appeals-decide = 裁定结果及理由？对方会看到理由。
appeals-last-resort = 裁定结果及理由？被申诉的决定由您作出，或涉及您管理的群，但这里没有其他人可以裁定。对方会看到理由，并会得知由您裁定，记录中也会注明。最好增设一位管理员：请联系服务的运营者。
appeals-imposed = 由 { $by } 于 { $at } 作出
appeals-evidence = 依据：{ $text }
appeals-words = 对方说：“{ $text }”
appeals-ruling = { $ruling ->
    [rejected] 决定无误：驳回申诉
    [last] 决定有误：撤销
   *[all] 决定及其所依据的全部记录均有误：全部撤销
}
appeals-done = { $state ->
    [upheld] 完成：申诉 { $number } 成立，原决定已撤销，并会通知对方。
   *[rejected] 完成：申诉 { $number } 被驳回，并会通知对方。
}

notice-appeals = 有 { $count } 项申诉等待管理员裁定。请给 { $service } 发消息“申诉处理”，或使用命令“申诉处理”。
notice-appeal-upheld = 您的申诉（编号 { $number }）成立：原决定有误，其后果已撤销。理由：{ $reason }。给您带来不便，非常抱歉。
notice-appeal-rejected = 您的申诉（编号 { $number }）被驳回，原决定维持。理由：{ $reason }。这是最终裁定；给 { $service } 发消息“状态”，可以看到目前有效的处罚及其期限。
notice-appeal-by-imposer = 您的申诉（编号 { $number }）由作出原决定或管理该群的人裁定，因为没有其他人可以裁定；记录中已注明。
blacklisting-line = 第 { $number } 号，{ $kind ->
    [account] 帐号 { $name } 列入黑名单
    [person] 用户 { $name } 列入黑名单
   *[room] 群 { $name } 列入黑名单
}，{ $at }：{ $reason }
notice-restored = 您被列入黑名单之前所在的 { $count } 个群，您现在又是成员了。您原是群主、群管理或名单上的成员的，也已恢复，除非您在那里已有其他身份。其间已不存在的群无法恢复，其间的消息也无法补发。
how-to-appeal = 如果您认为有误，请给 { $service } 发消息“申诉”，将由其他人裁定。
