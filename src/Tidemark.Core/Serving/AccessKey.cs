namespace Tidemark.Serving;

/// <summary>What is known of a key of the service; never the key itself, which nobody can read again.</summary>
public sealed record AccessKey
{
    /// <summary>What names it: 12 letters and digits, a part of the token.</summary>
    public required string Id { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required AccessScope Scope { get; init; }

    /// <summary>The namespaces that it reaches. Null: all.</summary>
    public IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on it is no key any more. Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>So many requests a minute at most. Null: as the service says.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>So many tokens may be embedded for it in a day of UTC. Null: as the service says.</summary>
    public long? TokensPerDay { get; init; }

    /// <summary>Until then the token before the last rotation is taken as well.</summary>
    public DateTimeOffset? FormerUntil { get; init; }

    /// <summary>When it was revoked; null: it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was used last, to a minute; only in lists.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Whether it may do that.</summary>
    public bool Allows(AccessScope scope) => Scope >= scope;

    /// <summary>Whether it reaches a namespace.</summary>
    public bool Reaches(string @namespace) => Namespaces is null || Namespaces.Contains(@namespace, StringComparer.Ordinal);

    /// <summary>Whether it is neither revoked nor expired.</summary>
    public bool IsValid(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}
