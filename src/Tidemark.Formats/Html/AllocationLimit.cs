namespace Tidemark.Formats;

/// <summary>
/// Stops a page that makes the parser build far more than was written: inline elements that are never closed are opened again by
/// every block, so a few bytes can stand for hundreds of elements. The parser does not tell of those; what it takes from the heap on
/// its thread does, and that is the same for the same page.
/// </summary>
internal sealed class AllocationLimit
{
    /// <summary>
    /// Pages of people take 10 to 60 bytes for each character. Pages that are all table take 70 to 130, so that they
    /// are refused from three to seven million characters on: no number tells them from a page that multiplies.
    /// </summary>
    private const long BytesPerCharacter = 100;

    private const long LeastAllowed = 96L << 20;
    private const long MostAllowed = 512L << 20;

    private readonly string _path;
    private readonly long _end;

    public AllocationLimit(string path, int markupLength)
    {
        _path = path;
        _end = GC.GetAllocatedBytesForCurrentThread()
            + Math.Min(LeastAllowed + (BytesPerCharacter * markupLength), MostAllowed);
    }

    /// <exception cref="ItemException">The parser took more than a page of this length should need.</exception>
    public void Check()
    {
        if (GC.GetAllocatedBytesForCurrentThread() > _end)
        {
            throw new ItemException(
                ErrorCodes.SourceMalformed,
                $"'{_path}' stands for far more elements than it has tags: inline elements that are never closed, or very many of them",
                "close its elements, split it, or exclude it");
        }
    }
}
