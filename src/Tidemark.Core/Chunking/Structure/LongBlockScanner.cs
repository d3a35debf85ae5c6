namespace Tidemark.Chunking.Structure;

/// <summary>
/// The lines of a fence or table that is too long to stay whole; in code, better behind an empty line.
/// </summary>
internal static class LongBlockScanner
{
    public static void Scan(string text, int start, int end, ChunkScale scale, Outline outline)
    {
        var afterBlank = false;
        for (var at = start; at < end;)
        {
            var line = new Line(text, at);
            if (!line.IsBlank)
            {
                outline.Add(text, at, LevelOf(line, afterBlank), line.Content);
                SentenceScanner.ScanUnbroken(text, line.Content, line.End, scale, outline);
            }

            afterBlank = line.IsBlank;
            at = line.Next;
        }
    }

    private static BoundaryLevel LevelOf(in Line line, bool afterBlank) => (afterBlank, line.Indent == 0) switch
    {
        (true, true) => BoundaryLevel.NestedItem,
        (true, false) => BoundaryLevel.DeepItem,
        (false, true) => BoundaryLevel.Sentence,
        _ => BoundaryLevel.Line,
    };
}
