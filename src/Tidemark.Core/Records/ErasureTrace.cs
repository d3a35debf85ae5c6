namespace Tidemark.Records;

/// <summary>Pieces of a text by which one finds whether bytes of it are left somewhere. Pure.</summary>
public static class ErasureTrace
{
    /// <summary>What is shorter stands in other texts as well, and proves nothing.</summary>
    public const int Least = 16;

    private const int Most = 48;

    /// <returns>A piece from its middle; null: it is too short to tell.</returns>
    public static string? Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length < Least)
        {
            return null;
        }

        var length = Math.Min(Most, text.Length);
        var start = (text.Length - length) / 2;
        start -= char.IsLowSurrogate(text[start]) ? 1 : 0;
        length -= char.IsHighSurrogate(text[start + length - 1]) ? 1 : 0;
        return text.Substring(start, length);
    }
}
