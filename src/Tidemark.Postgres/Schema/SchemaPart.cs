namespace Tidemark.Postgres.Schema;

/// <summary>A table, index, trigger, view, function or sequence that the scripts make.</summary>
/// <param name="Kind">What it is called in SQL.</param>
/// <param name="Sql">What makes it; of a table with the columns that later formats added.</param>
internal sealed record SchemaPart(string Kind, string Name, string Sql)
{
    /// <summary>Of a table.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
}
