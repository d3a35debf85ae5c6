using System.Collections.Frozen;

namespace Tidemark.Chunking;

/// <summary>
/// English words that are one token behind a space in all of OpenAI's vocabularies (r50k, cl100k, o200k), of 4 to 15 letters. Read
/// with the first word that is looked for.
/// </summary>
internal static class CommonWords
{
    private const int Shortest = 4, Longest = 15;

    private static readonly Lazy<FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>>> Words = new(Read);

    /// <param name="word">A letter, and small letters behind it.</param>
    public static bool Contain(ReadOnlySpan<char> word)
    {
        if (word.Length is < Shortest or > Longest)
        {
            return false;
        }

        Span<char> small = stackalloc char[Longest];
        word.CopyTo(small);
        small[0] = char.ToLowerInvariant(small[0]);
        return Words.Value.Contains(small[..word.Length]);
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Read()
    {
        using var stream = typeof(CommonWords).Assembly.GetManifestResourceStream("common-words.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
