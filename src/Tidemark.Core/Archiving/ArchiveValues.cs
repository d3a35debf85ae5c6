using Tidemark.Documents;

namespace Tidemark.Archiving;

/// <summary>Whether the values of a row that is copied are such as a store writes. Pure.</summary>
internal static class ArchiveValues
{
    private static readonly Dictionary<ArchiveTable, int[]> Times = ArchiveTables.All.ToDictionary(
        table => table,
        table => StoredTimes.All.Where(time => time.Table == table.Name).Select(time => table.IndexOf(time.Column)).ToArray());

    private static readonly Dictionary<ArchiveTable, int[]> Keys = new()
    {
        [ArchiveTables.Documents] = [ArchiveTables.Documents.IndexOf("key"), ArchiveTables.Documents.IndexOf("source_id")],
        [ArchiveTables.Chunks] = [ArchiveTables.Chunks.IndexOf("key")],
        [ArchiveTables.SourceIds] = [ArchiveTables.SourceIds.IndexOf("id")],
    };

    private static readonly Dictionary<ArchiveTable, int> Objects = new()
    {
        [ArchiveTables.Documents] = ArchiveTables.Documents.IndexOf("metadata"),
        [ArchiveTables.History] = ArchiveTables.History.IndexOf("metadata"),
        [ArchiveTables.Runs] = ArchiveTables.Runs.IndexOf("report"),
    };

    public static bool Hold(ArchiveRow row) =>
        Array.TrueForAll(Times[row.Table], column => row.Values[column] is not long ticks || StoredValue.IsTime(ticks))
        && (!Objects.TryGetValue(row.Table, out var json) || row.Values[json] is not string text || StoredValue.IsObject(text))
        && (!Keys.TryGetValue(row.Table, out var keys) || Array.TrueForAll(keys, column => row.Values[column] is long key && StoredValue.IsKey(key)));
}
