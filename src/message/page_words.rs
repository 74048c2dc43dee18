//! The words that only a report to be sent on needs, in three languages.

words! { PageWord, "A word on a page.";
    Certificates: "Certificates: who signed whom, valid when", "証明書: 署名の関係と有効期間", "证书：签名关系与有效期";
    Copied: "copied", "コピーしました", "已复制";
    Copy: "copy", "コピー", "复制";
    Endpoints: "Endpoints", "エンドポイントの一覧", "端点列表";
    Files: "Files looked at", "確認したファイル", "已查看的文件";
    Findings: "Findings", "検出事項", "检查发现";
    Kind: "kind", "種類", "类型";
    MadeBy: "made by", "作成ツール", "生成工具";
    Observed: "observed", "観測日時", "观测时间";
    Took: "took", "所要時間", "耗时";
}
