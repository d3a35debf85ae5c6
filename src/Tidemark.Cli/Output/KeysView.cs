using Tidemark.Serving;

namespace Tidemark.Cli.Output;

/// <summary>Keys of the service, for people.</summary>
internal static class KeysView
{
    private static readonly string[] Headers = ["id", "name", "may", "namespaces", "used", "state", "limits"];

    public static IEnumerable<Block> Of(NewAccessKey made)
    {
        yield return new Block.Line("  ", new(made.Token, Tone.Strong));
        yield return new Block.Line($"  {Of(made.Key)}");
        if (made.Key.FormerUntil is { } until)
        {
            yield return new Block.Line($"  the former one is taken until {Units.Time(until)}");
        }

        yield return new Block.Line("  It is shown this once. Where it is lost, it is made anew:");
        yield return new Block.Line($"    tidemark keys rotate {made.Key.Id}");
    }

    public static IEnumerable<Block> Of(IReadOnlyList<AccessKey> keys, DateTimeOffset now)
    {
        yield return keys.Count == 0
            ? new Block.Line("  no keys yet: tidemark keys create NAME")
            : new Block.Table(Headers, [.. keys.Select(key => Row(key, now))]);
    }

    public static IEnumerable<Block> Revoked(AccessKey key)
    {
        yield return new Block.Line($"  the key '{key.Name}' ({key.Id}) opens nothing any more, since {Units.Time(key.RevokedAt!.Value)}");
    }

    private static string Of(AccessKey key) =>
        $"'{key.Name}': {MayOf(key)} in {NamespacesOf(key)}"
        + (key.ExpiresAt is { } end ? $", until {Units.Time(end)}" : ", for ever")
        + (LimitsOf(key) is { Length: > 0 } limits ? $", {limits}" : "");

    private static Span[] Row(AccessKey key, DateTimeOffset now) =>
    [
        key.Id,
        key.Name,
        MayOf(key),
        NamespacesOf(key),
        key.LastUsedAt is { } used ? $"{Units.Age(now - used)} ago" : "never",
        StateOf(key, now),
        LimitsOf(key),
    ];

    private static Span StateOf(AccessKey key, DateTimeOffset now) =>
        key.Scope == AccessScope.None ? new Span("damaged", Tone.Bad)
        : key.RevokedAt is { } revoked ? new Span($"revoked {Units.Time(revoked)}", Tone.Muted)
        : key.ExpiresAt is not { } end ? new Span("")
        : key.IsValid(now) ? new Span($"until {Units.Time(end)}")
        : new Span($"expired {Units.Time(end)}", Tone.Muted);

    private static string MayOf(AccessKey key) => AccessScopeNames.Of(key.Scope) is [.., var most] ? most : "nothing";

    private static string NamespacesOf(AccessKey key) => key.Namespaces is { } names ? string.Join(", ", names) : "all namespaces";

    private static string LimitsOf(AccessKey key) => string.Join(", ", new[]
    {
        key.RequestsPerMinute is { } requests ? $"{Units.Count(requests, "request")} a minute" : null,
        key.TokensPerDay is { } tokens ? $"{Units.Count(tokens, "token")} a day" : null,
    }.OfType<string>());
}
