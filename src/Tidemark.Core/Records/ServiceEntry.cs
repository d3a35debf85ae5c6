namespace Tidemark.Records;

/// <summary>Something that a service has to remember beside the index: a key, what it has done, what it has answered.</summary>
/// <param name="Kind">What sort of thing it is, at most 50 characters; it says how the value is read.</param>
/// <param name="Key">What names it among its kind, at most 500 characters. What people or other systems choose freely is hashed first.</param>
/// <param name="Value">Text, by custom JSON; compared as it is, character by character.</param>
/// <param name="At">When it was written; lists go by it.</param>
/// <param name="ExpiresAt">From then on it is in no answer, and goes at the next cleaning. Null: never.</param>
public sealed record ServiceEntry(string Kind, string Key, string Value, DateTimeOffset At, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Characters of a kind.</summary>
    public const int LongestKind = 50;

    /// <summary>Characters of a key.</summary>
    public const int LongestKey = 500;

    /// <summary>Where it stands among its kind; a list goes on behind it.</summary>
    public ServicePosition Position => new(At, Key);

    /// <summary>Whether its time is over.</summary>
    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;

    /// <summary>For implementers: before it is written.</summary>
    /// <exception cref="ArgumentException">Kind or key is empty or too long.</exception>
    public void RequireStorable()
    {
        Require("kind", Kind, LongestKind);
        Require("key", Key, LongestKey);
    }

    private static void Require(string name, string text, int longest)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (text.Length > longest)
        {
            throw new ArgumentException($"The {name} has {text.Length} characters, and at most {longest} are kept; hash it first.", nameof(text));
        }
    }
}
