//! What keeps a connection or an answer from coming about, and what an endpoint is like.

messages! { NetworkMessage, "What keeps a connection or an answer from coming about, and what an endpoint is like.";
    NoAnswerInTime: "no answer in time", "時間内に応答がありませんでした", "超时无应答";
    Refused: "connection refused", "接続が拒否されました", "连接被拒绝";
}
