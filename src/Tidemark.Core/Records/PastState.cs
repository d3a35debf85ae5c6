using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>A document as it was, or still is, from one commit to another.</summary>
/// <param name="Document">What it was; its sequence, run and time are those of the commit that it begins with.</param>
/// <param name="Until">The first commit in which it was no more so; null: it still is.</param>
/// <param name="Ended">Null: it is live. With <paramref name="Until"/> null: its time is over, and nobody has closed it yet.</param>
public sealed record PastState(DocumentSummary Document, CommitMoment? Until, StateEnd? Ended)
{
    /// <summary>Why nothing but the document's id can be told of it: it is not what was stored; null: it is.</summary>
    public TidemarkException? Damage { get; init; }

    /// <summary>Of a state that cannot be read.</summary>
    public static PastState Damaged(string document, TidemarkException damage) => new(
        new DocumentSummary { Id = document, Source = "", SourceId = document, TextHash = default, Metadata = DocumentMetadata.Empty },
        Until: null,
        Ended: null)
    {
        Damage = damage,
    };

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: it is not what was stored.</exception>
    internal PastState RequireSound() => Damage is { } damage ? throw damage : this;
}
