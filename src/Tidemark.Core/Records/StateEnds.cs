namespace Tidemark.Records;

/// <summary>How a state's end follows from what comes after it, and how it is called.</summary>
public static class StateEnds
{
    /// <param name="next">What is known of the document from then on.</param>
    public static StateEnd Before(DocumentState next) => next switch
    {
        DocumentState.Removed => StateEnd.Removed,
        DocumentState.Tombstoned => StateEnd.Tombstoned,
        DocumentState.Expired => StateEnd.Expired,
        _ => StateEnd.Superseded,
    };

    /// <param name="number">As it was read.</param>
    /// <param name="document">Whose state it is.</param>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there is no such reason.</exception>
    public static StateEnd FromStored(long number, string document) => IsKnown(number)
        ? (StateEnd)number
        : throw Documents.StoredValue.Damaged(document, $"its 'ended' ({number}) is no reason");

    /// <summary>Whether a store may have written it.</summary>
    public static bool IsKnown(long number) => number is 0 or 2 or 3 or 4;

    /// <summary>As scripts read it.</summary>
    public static string NameOf(StateEnd end) => end switch
    {
        StateEnd.Superseded => "superseded",
        StateEnd.Removed => "removed",
        StateEnd.Tombstoned => "tombstoned",
        StateEnd.Expired => "expired",
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, message: null),
    };
}
