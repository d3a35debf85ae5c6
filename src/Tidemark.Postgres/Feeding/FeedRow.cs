namespace Tidemark.Postgres.Feeding;

/// <summary>Columns of a row by name, as the server's output functions write them.</summary>
internal sealed class FeedRow
{
    private readonly Dictionary<string, string?> _values = new(StringComparer.Ordinal);

    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);

    /// <summary>The log left values out, because they are large and did not change, or because the column came later.</summary>
    public bool IsPartial => _missing.Count > 0;

    /// <summary>Of all values.</summary>
    public int Length => _values.Values.Sum(value => value?.Length ?? 0);

    public void Set(string column, string? value)
    {
        _values[column] = value;
        _missing.Remove(column);
    }

    /// <summary>Its value is not told.</summary>
    public void Miss(string column) => _missing.Add(column);

    /// <summary>What is not told is as it was before.</summary>
    public void FillFrom(FeedRow before)
    {
        foreach (var column in _missing.Where(column => before._values.ContainsKey(column) && !before._missing.Contains(column)).ToArray())
        {
            Set(column, before._values[column]);
        }
    }

    /// <summary>Some of its columns.</summary>
    public FeedRow Only(IReadOnlyList<string> columns)
    {
        var row = new FeedRow();
        foreach (var column in columns.Where(_values.ContainsKey))
        {
            row.Set(column, _values[column]);
        }

        return row;
    }

    public string? Find(string column) => _values.GetValueOrDefault(column);
}
