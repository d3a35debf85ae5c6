namespace Tidemark.Records;

/// <summary>A rule about documents that outlives them.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Scope">What is named.</param>
/// <param name="Name">The id; of what was forgotten its salted hash.</param>
/// <param name="Note">Why: a reason, or the number of a receipt.</param>
/// <param name="Since">When it was made.</param>
public sealed record Safeguard(SafeguardKind Kind, SafeguardScope Scope, string Name, string Note, DateTimeOffset Since)
{
    private const string UnfinishedNote = "unfinished ";

    /// <summary>Whether the erasure that it was made for has not come to its end.</summary>
    public bool IsUnfinished => Kind == SafeguardKind.Forgotten && Note.StartsWith(UnfinishedNote, StringComparison.Ordinal);

    /// <summary>The same while its erasure goes on.</summary>
    public Safeguard Begun() => IsUnfinished ? this : this with { Note = UnfinishedNote + Note };

    /// <summary>The same after that.</summary>
    public Safeguard Ended() => IsUnfinished ? this with { Note = Note[UnfinishedNote.Length..] } : this;

    /// <summary>Whether it is about a document.</summary>
    public bool Covers(string document, string sourceId) =>
        string.Equals(Name, Scope == SafeguardScope.Document ? document : sourceId, StringComparison.Ordinal);
}
