using Tidemark.Documents;

namespace Tidemark.Syncing;

/// <summary>An item that is not simply unchanged. Exactly one of the properties says what it is.</summary>
internal sealed class InspectedItem
{
    public required int Index { get; init; }

    public Decision? Decision { get; set; }

    public ItemFailure? Failure { get; init; }

    public DocumentChange.DeleteSource? DeletedSource { get; init; }

    /// <summary>Another item of the page has the same id and wins.</summary>
    public bool Superseded { get; set; }
}
