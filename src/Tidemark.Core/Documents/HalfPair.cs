namespace Tidemark.Documents;

/// <summary>Half of a surrogate pair is no character: no text with one can be written as UTF-8 and read again.</summary>
internal static class HalfPair
{
    /// <summary>Whether there is one.</summary>
    public static bool IsIn(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}
