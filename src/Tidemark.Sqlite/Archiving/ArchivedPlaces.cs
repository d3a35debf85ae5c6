using Tidemark.Archiving;

namespace Tidemark.Sqlite.Archiving;

/// <summary>Where sources lie is kept relative to the file, and copied as it is.</summary>
internal static class ArchivedPlaces
{
    public static IReadOnlyList<ArchiveRow> Move(IReadOnlyList<ArchiveRow> page, Func<string, string, string> move, string path) =>
        page[0].Table != ArchiveTables.Places
            ? page
            : [.. page.Select(row => row with { Values = [row.Values[0], move((string)row.Values[1]!, path)] })];
}
