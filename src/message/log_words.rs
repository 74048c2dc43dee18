//! The words in which log lines are told, in three languages.

words! { LogWord, "A word or phrase around a log line.";
    AlertToClient: "The server refused this client", "サーバーがこのクライアントを拒否しました", "服务器拒绝了此客户端";
    AlertToListener:
        "The client, or a peer, refused this server's certificate",
        "クライアントまたはピアがこのサーバーの証明書を拒否しました",
        "客户端或对等成员拒绝了此服务器的证书";
    AlertToPeerIn:
        "A peer that dialled this member refused its certificate",
        "接続してきたピアがこのメンバーの証明書を拒否しました",
        "连接此成员的对等成员拒绝了它的证书";
    AlertToPeerOut: "The peer that was dialled refused this member", "接続先のピアがこのメンバーを拒否しました", "所连接的对等成员拒绝了此成员";
    AlertToServer: "The client refused the server's certificate", "クライアントがサーバー証明書を拒否しました", "客户端拒绝了服务器的证书";
    And: "and more addresses", "ほかにもアドレスあり", "还有更多地址";
    ByAddress: "no server name, dialled by address", "サーバー名なし (アドレスで接続)", "没有服务器名称（按地址连接）";
    Candidates: "candidates", "候補", "可能的原因";
    Certain: "certain", "確実", "确定";
    Compared: "compared with", "照合した名前", "比对的名称";
    Decide: "Decide with", "判定するコマンド", "用此命令判定";
    File: "file", "ファイル", "文件";
    Fix: "Fix", "対処方法", "解决办法";
    From: "from", "接続元", "来自";
    FirstLine: "first in line", "最初の行", "首次出现的行";
    Likely: "likely", "可能性が高い", "很可能";
    Lines: "lines", "行数", "日志行数";
    NothingRecognised:
        "no line says anything of TLS, certificates or etcd's connections",
        "TLS、証明書、etcd の接続に関する行はありません",
        "没有任何行与 TLS、证书或 etcd 的连接有关";
    Open: "Leaves open", "わからないこと", "未能说明";
    Proves: "Proves", "わかること", "可以证明";
    RefusedByClient: "This client refuses the server's certificate", "このクライアントがサーバー証明書を拒否しました", "此客户端拒绝了服务器的证书";
    RefusedByListener:
        "etcd refuses the certificate of a client or peer",
        "etcd がクライアントまたはピアの証明書を拒否しました",
        "etcd 拒绝了客户端或对等成员的证书";
    RefusedByPeerIn:
        "This member refuses the certificate of a peer that dialled it",
        "このメンバーが、接続してきたピアの証明書を拒否しました",
        "此成员拒绝了连接它的对等成员的证书";
    RefusedByPeerOut:
        "This member refuses the certificate of the peer that it dialled",
        "このメンバーが、接続先のピアの証明書を拒否しました",
        "此成员拒绝了所连接对等成员的证书";
    RefusedByServer: "The server refuses the client's certificate", "サーバーがクライアント証明書を拒否しました", "服务器拒绝了客户端的证书";
    ServerName: "server name asked for", "要求されたサーバー名", "请求的服务器名称";
    Stories: "In all", "まとめ", "汇总";
    Times: "time", "時刻", "时间";
}
