namespace Tidemark.Formats;

/// <summary>What a content makes whoever carries it out do.</summary>
/// <param name="Letters">Bytes of texts, each of which is a letter at most.</param>
/// <param name="Bytes">Of operators and their numbers.</param>
/// <param name="Operators">How many there are; each is kept while a page is read.</param>
internal readonly record struct PdfDrawing(long Letters, long Bytes, long Operators)
{
    /// <summary>Counted no further than this, so that products stay numbers.</summary>
    private const long Endless = 1L << 40;
    private const long MostTimes = 1L << 20;

    public PdfDrawing Plus(PdfDrawing other, long times) => new(
        Sum(Letters, other.Letters, times), Sum(Bytes, other.Bytes, times), Sum(Operators, other.Operators, times));

    private static long Sum(long count, long other, long times) =>
        Math.Min(Endless, count + (Math.Min(Endless, other) * Math.Min(times, MostTimes)));
}
