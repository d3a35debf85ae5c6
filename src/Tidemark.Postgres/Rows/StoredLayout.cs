using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>The chunks of one document in order: keys, spans, headings.</summary>
/// <param name="Headings">Null: none has one.</param>
internal sealed record StoredLayout(long[] Chunks, int[] Starts, int[] Lengths, string?[]? Headings)
{
    public static StoredLayout Empty { get; } = new([], [], [], null);

    /// <summary>Whether its columns are of one length, as they were written.</summary>
    private bool IsWhole =>
        Starts.Length == Chunks.Length && Lengths.Length == Chunks.Length && (Headings is null || Headings.Length == Chunks.Length);

    public LayoutEntry[] Entries =>
        [.. Chunks.Select((chunk, i) => new LayoutEntry(chunk, Starts[i], Lengths[i], HeadingOf(i)))];

    public string? HeadingOf(int ordinal) => Headings?[ordinal] is { } heading ? StoreText.Decode(heading) : null;

    /// <summary>Four columns: chunks, starts, lengths, headings.</summary>
    /// <returns>Null where they are no lists of one length, as they were written.</returns>
    public static StoredLayout? Find(NpgsqlDataReader row, int first)
    {
        var headings = row.IsDBNull(first + 3) ? null : row.FindArray<string?>(first + 3);
        return row.FindArray<long>(first) is { } chunks
            && row.FindArray<int>(first + 1) is { } starts
            && row.FindArray<int>(first + 2) is { } lengths
            && (headings is not null || row.IsDBNull(first + 3))
            && new StoredLayout(chunks, starts, lengths, headings) is { IsWhole: true } layout
                ? layout
                : null;
    }
}
