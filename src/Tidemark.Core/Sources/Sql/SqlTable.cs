namespace Tidemark.Sources;

/// <summary>A table, a view or a query whose rows are documents.</summary>
/// <param name="Name">As SQL names it, perhaps with its schema: <c>public.product</c>. Documents have it as their source id.</param>
/// <param name="Id">
/// The document's id, made of columns: <c>products/{id}</c>. These columns name one row, none of them null; rows are read in their order, so an
/// index on them helps.
/// </param>
/// <param name="Text">The document's text, made of columns: <c>Product: {name}</c>.</param>
public sealed record SqlTable(string Name, string Id, string Text)
{
    /// <summary>A query that is read instead of the table: one <c>select</c>, without <c>order by</c>. Null: the table.</summary>
    public string? Query { get; init; }

    /// <summary>Columns that become metadata, typed as they are.</summary>
    public IReadOnlyList<string> Metadata { get; init; } = [];

    /// <summary>
    /// The columns of the time at which a row was written last; of several the first that is not null. None: the table is read whole each time.
    /// </summary>
    public IReadOnlyList<string> Updated { get; init; } = [];

    /// <summary>A column that says that the row is deleted: a time or anything else but null, false and 0. Null: rows vanish.</summary>
    public string? Deleted { get; init; }

    /// <summary>A column of a time at which the document stops to be valid; null: it does not.</summary>
    public string? ExpiresAt { get; init; }

    /// <summary>A column that holds the document's tier; null: it says none.</summary>
    public string? Tier { get; init; }
}
