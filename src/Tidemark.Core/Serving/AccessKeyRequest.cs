namespace Tidemark.Serving;

/// <summary>A key to be made.</summary>
public sealed record AccessKeyRequest
{
    /// <summary>Characters of a name.</summary>
    public const int LongestName = 100;

    /// <summary>For people: who or what uses it. Several keys may have one name.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public AccessScope Scope { get; init; } = AccessScope.Read;

    /// <summary>The namespaces that it reaches, by their exact names, whether they exist by now or not. Null: all.</summary>
    public IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>From then on it is no key any more. Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>So many requests a minute at most. Null: as the service says.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>So many tokens may be embedded for it in a day of UTC. Null: as the service says.</summary>
    public long? TokensPerDay { get; init; }

    /// <exception cref="TidemarkException"><c>usage</c>.</exception>
    internal void Require(DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > LongestName || Name.Any(char.IsControl))
        {
            throw Wrong($"a key needs a name of 1 to {LongestName} characters in one line", "say who or what uses it");
        }

        if (Scope is not (AccessScope.Read or AccessScope.Write or AccessScope.Admin))
        {
            throw Wrong($"the key '{Name}' may do nothing", "give it 'read', 'write' or 'admin'");
        }

        if (Namespaces is { Count: 0 } || Namespaces?.Any(string.IsNullOrEmpty) == true)
        {
            throw Wrong($"the key '{Name}' reaches no namespace, or one without a name", "name namespaces, or leave them out for all");
        }

        if (ExpiresAt <= now)
        {
            throw Wrong($"the key '{Name}' would have expired before it is made", "give it a time that is still to come");
        }

        if (RequestsPerMinute < 1 || TokensPerDay < 1)
        {
            throw Wrong($"a limit of the key '{Name}' is below 1", "leave the limit out, or revoke the key");
        }
    }

    private static TidemarkException Wrong(string what, string remedy) => new(ErrorCodes.Usage, what, remedy);
}
