namespace Tidemark.Embedding;

/// <summary>From places in a normalised text back to the text that it was made of.</summary>
/// <param name="text">As it was given to <see cref="InputNormalizer"/>, which keeps every code unit but white space.</param>
internal ref struct NormalizedPositions(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _at = EndOfGap(text, 0);
    private int _passed;

    /// <summary>Where a code unit of the normalised text stands; the end of both for its length.</summary>
    /// <param name="position">Ask in ascending order.</param>
    public int Find(int position)
    {
        for (; _passed < position; _passed++)
        {
            // A gap counts as one, and ends where its last white space does.
            _at = char.IsWhiteSpace(_text[_at]) ? EndOfGap(_text, _at) : _at + 1;
        }

        return _at;
    }

    private static int EndOfGap(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }
}
