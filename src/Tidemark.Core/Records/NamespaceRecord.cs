namespace Tidemark.Records;

/// <param name="Sequence">The last commit sequence handed out.</param>
/// <param name="Generation">The active one; null before the first run.</param>
public sealed record NamespaceRecord(string Name, long Sequence, GenerationRecord? Generation)
{
    /// <summary>The namespace of whoever names none.</summary>
    public const string DefaultName = "default";

    /// <summary>The one generation beside it that is filled or follows; null: there is none.</summary>
    public GenerationRecord? Beside { get; init; }

    /// <summary>When the last run ended that saw everything, as it was when the namespace was opened; null: none did.</summary>
    public DateTimeOffset? LastCompleteSync { get; init; }

    /// <summary>
    /// No live document expires before, as it was when the namespace was opened: the latest time where none expires. Null: the store has
    /// not looked.
    /// </summary>
    public DateTimeOffset? NextExpiry { get; init; }

    /// <summary>How far it had come when it was opened; null: the store does not say.</summary>
    public StoreSighting? Sighting { get; init; }
}
