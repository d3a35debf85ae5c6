namespace Tidemark.Archiving;

/// <summary>A table as every store can write and read it.</summary>
public sealed class ArchiveTable
{
    internal ArchiveTable(string name, params ArchiveColumn[] columns) => (Name, Columns) = (name, columns);

    /// <summary>As in docs/storage-format.md.</summary>
    public string Name { get; }

    /// <summary>In the order of a row's values.</summary>
    public IReadOnlyList<ArchiveColumn> Columns { get; }

    /// <summary>The names of the columns, as a list in SQL.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(column => column.Name));

    /// <summary>
    /// What of the table is copied, as a condition in SQL; empty: all of it. What is left of a rebuild that did not end can be
    /// made again, and is not copied.
    /// </summary>
    public string Condition { get; internal init; } = "";

    /// <summary>Where a column stands in a row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i].Name, column, StringComparison.Ordinal))
            {
                return i;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(column), column, $"'{Name}' has no such column");
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
