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
    public bool IsWhole =>
        Starts.Length == Chunks.Length && Lengths.Length == Chunks.Length && (Headings is null || Headings.Length == Chunks.Length);

    public LayoutEntry[] Entries =>
        [.. Chunks.Select((chunk, i) => new LayoutEntry(chunk, Starts[i], Lengths[i], HeadingOf(i)))];

    public string? HeadingOf(int ordinal) => Headings?[ordinal] is { } heading ? StoreText.Decode(heading) : null;

    /// <summary>Four columns: chunks, starts, lengths, headings.</summary>
    public static StoredLayout Read(NpgsqlDataReader row, int first) => new(
        row.GetFieldValue<long[]>(first),
        row.GetFieldValue<int[]>(first + 1),
        row.GetFieldValue<int[]>(first + 2),
        row.IsDBNull(first + 3) ? null : row.GetFieldValue<string?[]>(first + 3));
}
