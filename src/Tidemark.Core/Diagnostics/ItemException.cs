namespace Tidemark;

/// <summary>One item of a source cannot be taken: it is reported and counted as failed, and the run goes on.</summary>
public sealed class ItemException(string code, string message, string remedy, Exception? inner = null)
    : TidemarkException(code, message, remedy, inner)
{
    /// <summary>As in <see cref="Documents.ItemFailure"/>: what the item hides is not known, so nothing is inferred deleted.</summary>
    public bool HidesDocuments { get; init; }
}
