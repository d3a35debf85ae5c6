using Tidemark.Indexing;

namespace Tidemark.Syncing.Rules;

/// <summary>
/// What holds for documents that say nothing themselves. Of several rules that cover a document the first one counts; what the document says
/// of itself counts before any rule.
/// </summary>
public sealed record DocumentPolicy
{
    /// <summary>No rules.</summary>
    public static DocumentPolicy None { get; } = new();

    /// <summary>How long documents are valid.</summary>
    public IReadOnlyList<TimeToLive> Expiry { get; init; } = [];

    /// <summary>Of which tier they are.</summary>
    public IReadOnlyList<TierRule> Tiers { get; init; } = [];

    /// <summary>All of it as one text, in which every rule stands; empty: there is none.</summary>
    public string Describe() => string.Join("; ", [
        .. Expiry.Select((rule, i) => $"expiry[{i}]: {Describe(rule)}"), .. Tiers.Select((rule, i) => $"tiers[{i}]: {Describe(rule)}"),
    ]);

    /// <summary>Those of the rules that may hold in a source.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="appendOnly">Nothing in it expires.</param>
    internal SourcePolicy For(string source, bool appendOnly)
    {
        var expiry = appendOnly ? [] : Expiry.Select((rule, i) => (Name: $"expiry[{i}]", Rule: rule)).Where(one => Concerns(one.Rule.Documents, source)).ToArray();
        var tiers = Tiers.Select((rule, i) => (Name: $"tiers[{i}]", Rule: rule)).Where(one => Concerns(one.Rule.Documents, source)).ToArray();
        return expiry.Length + tiers.Length == 0 ? SourcePolicy.None : new SourcePolicy(source, expiry, tiers);
    }

    internal static string Describe(TierRule rule) => $"{Describe(rule.Documents)} {rule.Tier}";

    internal static string Describe(TimeToLive rule) => $"{Describe(rule.Documents)} {rule.After?.ToString() ?? "never"} from {rule.From}";

    private static bool Concerns(MetadataFilter documents, string source) =>
        documents.Source is not { } named || string.Equals(named, source, StringComparison.Ordinal);

    private static string Describe(MetadataFilter documents) =>
        $"{Quote(documents.Source)}|{Quote(documents.Path)}|{string.Join('&', documents.Conditions.Select(Describe))}";

    private static string Describe(MetadataCondition condition) => $"{Quote(condition.Key)} {condition.Test} {string.Join(',', condition.Values.Select(Quote))}";

    /// <summary>What is written by people stays apart from what stands between it.</summary>
    private static string Quote(string? text) => text is null ? "null" : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
