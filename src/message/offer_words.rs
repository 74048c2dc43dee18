//! The words around what a server offers, in three languages.

words! { OfferWord, "A label in the report of `probe`.";
    AskedFor: "asked for", "要求される", "要求提供";
    Groups: "key exchange groups", "鍵交換グループ", "密钥交换组";
    NamelessSni: "without a name (SNI)", "名前なし (SNI)", "不带名称 (SNI)";
    NotAskedFor: "not asked for", "要求されない", "不要求提供";
    GradeFit: "fit for etcd", "etcd に適しています", "适用于 etcd";
    GradeWeak: "works, with weaknesses", "動作しますが弱点があります", "可用，但有弱点";
    GradeUnfit: "unfit for etcd", "etcd には使えません", "不适用于 etcd";
}
