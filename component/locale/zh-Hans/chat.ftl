# 通过聊天使用命令。同义词写在一行，用空格分开；帮助中显示第一个。

words-help = 帮助 菜单 帮忙 幫助 ？
words-cancel = 取消 停止 退出
words-skip = 跳过 略过 跳過
words-yes = 是 好 确认 确定 同意 可以 確認
words-no = 否 不 不是 不同意
words-verify = 验证 实名 实名验证 认证 驗證
words-status = 状态 我的状态 狀態
words-rules = 规则 平台规则 規則
words-my-rooms = 我的群 我的群组 我的群聊 我的群組
words-room-rules = 群规 群规则 本群规则 群規
words-person = 用户 查询用户
words-room = 群 群组 查询群
words-classify = 分类 群分类 分類
words-sanction = 处罚
words-lift = 解除 解除处罚
words-held = 待审 待审核 待審
words-cases = 案件
words-retract = 撤回 撤回消息
words-blacklist = 黑名单 拉黑 黑名單
words-adjust-credit = 信用 调整信用
words-rule-stats = 规则统计 規則統計
words-audit = 审计
words-reload = 重载 重新加载

chat-help = 您好，这里是 { $service }，负责维护群组规则。请发送以下词语之一：
chat-help-end = 帮助: 再次查看这些说明
chat-how-to-cancel = （随时可以发送“取消”停止。）
chat-answer-boolean = 请回答“是”或“否”。
chat-answer-list = 请回答列表中的编号。
chat-answer-optional = { $value ->
    [none] 发送“跳过”可以留空。
   *[other] 发送“跳过”即为 { $value }。
}
chat-puzzled = 我没有看懂。发送“帮助”可以查看我能做什么。
chat-too-late = 等您的回答太久，之前的内容我已忘记。请重新开始，发送“帮助”查看方法。如果您刚才的消息里有私密内容，请立即删除。
chat-encrypted = 我无法阅读加密消息。请为这个聊天关闭加密后再发。
chat-cancelled = 已取消，没有执行任何操作。
chat-nothing-to-cancel = 没有可以取消的操作。
chat-gave-up = 没能完成，我不再继续询问，也没有执行任何操作。发送“帮助”可以重新开始。
chat-delete-secrets = 请立即删除您上面的消息：其中有您的证件号码和姓名，您的设备和服务器可能会保存它们。
