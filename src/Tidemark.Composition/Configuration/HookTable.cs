namespace Tidemark.Composition.Configuration;

/// <summary>The settings of one entry of <c>hooks</c>.</summary>
internal static class HookTable
{
    public const string Key = "key", Standard = "standard", GitHub = "github", Stripe = "stripe", None = "none";

    public const string Json = "json", CloudEvents = "cloudevents", Debezium = "debezium";

    /// <summary>Of a mapping: how a document is made of an event.</summary>
    public static readonly IReadOnlyList<SettingDefinition> Mapping =
    [
        new(SettingPaths.HookSource, SettingKind.Text, "The source that the documents belong to. Unset: the hook's name."),
        new(SettingPaths.HookNamespace, SettingKind.Text, "Value: the namespace that they are in, `tenant-{/tenant}`. Unset: that of the service."),
        new(SettingPaths.HookEvent, SettingKind.Text,
            "Value: what sort of event it is. Unset: `/type`; of GitHub `{header:X-GitHub-Event}.{/action?}` (`issues.opened`); of Debezium `/op`."),
        new(SettingPaths.HookUpsert, SettingKind.Texts,
            "Events that put a document: `product.created`, `product.*`. With neither this nor `delete` all do that are not ignored."),
        new(SettingPaths.HookDelete, SettingKind.Texts, "Events that delete it."),
        new(SettingPaths.HookIgnore, SettingKind.Texts, "Events of no concern; `*`: all that the others do not name. What no list names is a dead letter."),
        new(SettingPaths.HookDeleted, SettingKind.Text, "Pointer: what says that the document is gone, whatever the event is: true, or a time."),
        new(SettingPaths.HookId, SettingKind.Text, "Value: the document's id, `shop/{/data/id}`. Required, unless each of `mappings` has its own."),
        new(SettingPaths.HookText, SettingKind.Text, "Value: its text, `{/data/title}`. Required, unless no event puts a document."),
        new(SettingPaths.HookMetadata, SettingKind.Texts, "Its metadata: `price=/data/price` each, or a pointer to an object of which all members are taken. What is not there is left out."),
        new(SettingPaths.HookVersion, SettingKind.Text,
            "Value: a whole number that grows with each change of the document; it orders events, which do not come in order. Unset: of Debezium the position in the log."),
        new(SettingPaths.HookModifiedAt, SettingKind.Text,
            "Value: when the document was changed, in place of a number. Unset, where `version` is unset: of Stripe `/created`, of CloudEvents `/time`. One of both is needed."),
        new(SettingPaths.HookExpiresAt, SettingKind.Text, "Value: when it stops to be valid."),
        new(SettingPaths.HookTier, SettingKind.Text, "Value: its tier."),
    ];

    /// <summary>The settings.</summary>
    public static readonly IReadOnlyList<SettingDefinition> Settings =
    [
        new(SettingPaths.HookSignature, SettingKind.Choice,
            "How the sender is known: by the signature of Standard Webhooks (Svix, too), GitHub or Stripe; `key`: by a key of the service that may write; `none`: "
            + "not at all, which is for this machine alone.")
        {
            Default = Key, Choices = [Key, Standard, GitHub, Stripe, None],
        },
        new(SettingPaths.HookSecrets, SettingKind.Texts,
            "The environment variables that hold the secrets; several while one takes the place of another. The secrets themselves are never settings."),
        new(SettingPaths.HookTolerance, SettingKind.Number, "How far the time of a signature may be from the clock, before or after it.")
        {
            Default = "300", Minimum = 1, Maximum = 3_600,
        },
        new(SettingPaths.HookFormat, SettingKind.Choice, "What the body is: one event as JSON, CloudEvents 1.0 (binary, structured, batched), or Debezium's envelope.")
        {
            Default = Json, Choices = [Json, CloudEvents, Debezium],
        },
        new(SettingPaths.HookOrigins, SettingKind.Texts,
            "Which senders of CloudEvents may ask whether they may send (`WebHook-Request-Origin`), by their hosts. Unset: all."),
        new(SettingPaths.HookBy, SettingKind.Text,
            "Value: where an event says which of `mappings` is for it, `/source/table`. What is set beside it counts for each mapping that does not say otherwise."),
        .. Mapping,
        new(SettingPaths.HookMaxBytes, SettingKind.Integer, "A larger request is refused; of Debezium, and of a broker, it is a dead letter.")
        {
            Default = "1000000", Minimum = 1, Maximum = 100_000_000,
        },
        new(SettingPaths.HookRequests, SettingKind.Integer, "How many requests a minute it takes; 0: no limit of its own.")
        {
            Default = "0", Minimum = 0, Maximum = 10_000_000,
        },
        new(SettingPaths.HookRabbit, SettingKind.Text,
            "The events are messages of a RabbitMQ, and the hook has no address: `env:NAME`, the variable that holds `amqps://USER:PASSWORD@HOST:PORT/VHOST`; or the address."),
        new(SettingPaths.HookQueue, SettingKind.Text, "The queue whose messages `serve` takes. It is there already: none is made or changed. Required with `rabbitmq`."),
        new(SettingPaths.HookPrefetch, SettingKind.Integer, "So many messages at most are in hand that were not acknowledged yet, of each process that takes them.")
        {
            Default = "100", Minimum = 1, Maximum = 10_000,
        },
    ];
}
