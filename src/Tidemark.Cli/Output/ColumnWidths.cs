namespace Tidemark.Cli.Output;

internal static class ColumnWidths
{
    /// <summary>A cell longer than this does not push the others of its column away.</summary>
    private const int Longest = 60;

    public static int[] Of(IReadOnlyList<string[]> rows)
    {
        var widths = new int[rows.Count == 0 ? 0 : rows.Max(r => r.Length)];
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                widths[i] = Math.Max(widths[i], Math.Min(row[i].Length, Longest));
            }
        }

        return widths;
    }
}
