//! What verification expected and found instead.

messages! { VerdictMessage, "What verification expected and found instead.";
    None: "none", "なし", "无";
    ValidAt { time }: "valid at {time}", "{time} の時点で有効", "在 {time} 有效";
}
